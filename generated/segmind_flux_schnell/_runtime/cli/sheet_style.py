# @generated from openapi/runtime/cli/sheet_style.py by `make generate`. Do not edit: change that file.
"""How a contact sheet looks."""

STYLE = """
:root {
  color-scheme: light dark;
  --page: #f6f6f4; --card: #fff; --ink: #1d1d1f; --quiet: #66666b; --line: #dfdfdc; --shade: #ecece8;
  --accent: #2f5fd0; --failed: #b3261e; --unknown: #8a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #161618; --card: #1f1f22; --ink: #ececee; --quiet: #a0a0a6; --line: #35353a; --shade: #2a2a2e;
    --accent: #8fb0ff; --failed: #ff8f86; --unknown: #f0b75a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem clamp(1rem, 3vw, 3rem) 4rem; max-width: 120rem;
  background: var(--page); color: var(--ink); font: 0.9375rem/1.45 system-ui, sans-serif;
}
h1 { margin: 0 0 0.25rem; font-size: 1.5rem; font-weight: 650; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.0625rem; font-weight: 600; }
header p { margin: 0 0 1.25rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
.choice { position: absolute; opacity: 0; pointer-events: none; }
.choice + label {
  display: inline-block; margin: 0 0.375rem 1.25rem 0; padding: 0.25rem 0.875rem; cursor: pointer;
  border: 1px solid var(--line); border-radius: 2rem; background: var(--card);
}
.choice:checked + label { border-color: var(--ink); background: var(--ink); color: var(--page); }
.choice:focus-visible + label { outline: 2px solid var(--accent); outline-offset: 2px; }
.grid {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1.25rem;
  margin: 0; padding: 0; list-style: none; align-items: start;
}
.card {
  overflow: hidden; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card);
  content-visibility: auto; contain-intrinsic-size: auto 24rem;
}
figure { margin: 0; }
figure img, .blank { display: block; width: 100%; height: auto; aspect-ratio: 1; background: var(--shade); }
figure img { object-fit: contain; }
.blank { display: grid; place-items: center; padding: 1rem; color: var(--quiet); text-align: center; }
.failed .blank { color: var(--failed); }
.unknown .blank { color: var(--unknown); }
figcaption, .said { padding: 0.75rem 0.875rem 0.875rem; }
.prompt {
  display: -webkit-box; overflow: hidden; margin: 0 0 0.375rem; overflow-wrap: anywhere;
  -webkit-box-orient: vertical; -webkit-line-clamp: 3; line-clamp: 3;
}
.facts {
  margin: 0; color: var(--quiet); font-size: 0.8125rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
.message { margin: 0 0 0.375rem; font-size: 0.8125rem; overflow-wrap: anywhere; }
details { margin-top: 0.5rem; font-size: 0.8125rem; }
summary { color: var(--quiet); cursor: pointer; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0.125rem 0.75rem; margin: 0.5rem 0 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
a { color: var(--accent); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
figure a { display: block; }
figure a:focus-visible { outline-offset: -2px; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card); }
table { width: 100%; border-collapse: collapse; font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.4375rem 0.75rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
tbody tr:last-child > * { border-bottom: 0; }
th { color: var(--quiet); font-weight: 500; white-space: nowrap; }
.number { text-align: end; white-space: nowrap; }
td.text { min-width: 16rem; max-width: 40rem; overflow-wrap: anywhere; }
tr.failed td.state { color: var(--failed); }
tr.unknown td.state { color: var(--unknown); }
#show-done:checked ~ main :is(.failed, .unknown),
#show-failed:checked ~ main :is(.done, .unknown),
#show-unknown:checked ~ main :is(.done, .failed) { display: none; }
@media print { .choice + label { display: none; } .card { content-visibility: visible; break-inside: avoid; } }
"""
