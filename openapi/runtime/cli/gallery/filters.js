// Search, filters and order, and their state in the fragment of the address, so that a reload keeps it.

const controls = {
  search: find("#search"), sort: find("#sort"), state: find("#state"), size: find("#size"),
  favourites: find("#favourites-only"), parameters: findAll("select.filter"),
};
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** A text without case and accents, as it is searched. */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();

const searched = (entry) => (entry.plain ??= plain(entry.prompt));

const ORDERS = {
  "": (entry) => entry.n,
  prompt: (entry) => entry.prompt || undefined,
  // Seeds have more digits than a number of JavaScript.
  seed: (entry) => entry.values[data.seed],
  cost: (entry) => (entry.cost === null ? undefined : Number(entry.cost)),
  duration: (entry) => entry.seconds ?? undefined,
  newest: (entry) => entry.at ?? undefined,
};

function compared(key, left, right) {
  const [a, b] = [key(left), key(right)];
  // What is not known comes last.
  if (a === undefined || b === undefined) return (a === undefined) - (b === undefined) || left.n - right.n;
  return (typeof a === "number" ? a - b : collator.compare(a, b)) || left.n - right.n;
}

function sortImages() {
  if (!grid) return;
  const order = controls.sort.value;
  const sorted = [...grid.children].map(entryOf).sort((left, right) => compared(ORDERS[order], left, right));
  if (order === "newest") sorted.reverse();
  if (sorted.every((entry, place) => grid.children[place] === entry.element)) return;
  const focused = document.activeElement;
  grid.append(...sorted.map((entry) => entry.element));
  composeRows();
  if (grid.contains(focused)) focused.focus({ preventScroll: true });
}

function matcher() {
  const words = plain(controls.search.value).split(/\s+/).filter(Boolean);
  const state = controls.state.value;
  const wanted = controls.parameters.filter((one) => one.value).map((one) => [one.name, one.value]);
  const favouritesOnly = isPressed(controls.favourites);
  return (entry) =>
    (!state || (state === "warnings" ? entry.warnings.length > 0 : entry.state === state)) &&
    (!favouritesOnly || isFavourite(entry)) &&
    wanted.every(([name, value]) => entry.values[name] === value) &&
    words.every((word) => searched(entry).includes(word));
}

/** Show what the controls say, and how many that are. */
function applyFilters() {
  const matches = matcher();
  let shown = 0;
  for (const entry of entries) {
    const hidden = !matches(entry);
    if (entry.element.hidden !== hidden) entry.element.hidden = entry.tableRow.hidden = hidden;
    shown += !hidden;
  }
  for (const group of findAll("#failures article")) group.hidden = !find("li:not([hidden])", group);
  const failures = find("#failures");
  if (failures) failures.hidden = !find("article:not([hidden])", failures);
  const nothing = find(".nothing");
  if (nothing) nothing.hidden = shown > 0;
  find("#count").textContent = `${shown} of ${entries.length} shown`;
  composeRows();
  keepFocusInGrid();
}

function resetFilters() {
  controls.search.value = controls.state.value = "";
  for (const one of controls.parameters) one.value = "";
  press(controls.favourites, false);
  applyFilters();
  writeFragment();
}

const isPressed = (button) => button.getAttribute("aria-pressed") === "true";
const press = (button, value) => button.setAttribute("aria-pressed", String(value));

/** The state of the page as a fragment: `n12&q=tiger&sort=seed&p.steps=8`. */
function fragment(opened) {
  const parts = new URLSearchParams();
  if (controls.search.value) parts.set("q", controls.search.value);
  if (controls.sort.value) parts.set("sort", controls.sort.value);
  if (controls.state.value) parts.set("state", controls.state.value);
  for (const one of controls.parameters) if (one.value) parts.set(`p.${one.name}`, one.value);
  if (controls.size.value !== controls.size.defaultValue) parts.set("size", controls.size.value);
  if (isPressed(controls.favourites)) parts.set("favourites", "only");
  return `#${[opened ? `n${opened.n}` : "", parts.toString()].filter(Boolean).join("&")}`;
}

function writeFragment(opened = openedEntry()) {
  // Some browsers allow no such thing for files, or not so often: the page works without.
  try {
    const text = fragment(opened);
    history.replaceState(history.state, "", text === "#" ? location.pathname + location.search : text);
  } catch {}
}

/** Set the controls by the fragment, and return the entry that it names. */
function readFragment() {
  const [first, ...rest] = location.hash.slice(1).split("&");
  const named = /^n(\d+)$/.exec(first);
  const parts = new URLSearchParams((named ? rest : [first, ...rest]).join("&"));
  controls.search.value = parts.get("q") ?? "";
  choose(controls.sort, parts.get("sort"));
  choose(controls.state, parts.get("state"));
  for (const one of controls.parameters) choose(one, parts.get(`p.${one.name}`));
  press(controls.favourites, parts.has("favourites"));
  if (parts.get("size")) controls.size.value = parts.get("size");
  return named ? entries[Number(named[1]) - 1] : undefined;
}

function choose(select, value) {
  select.value = value ?? "";
  if (select.selectedIndex < 0) select.selectedIndex = 0;
}

function resize() {
  document.documentElement.style.setProperty("--height", `${controls.size.value}px`);
  composeRows();
}

function startFilters() {
  let waiting = 0;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { applyFilters(); writeFragment(); }, 120);
  };
  controls.search.addEventListener("input", later);
  for (const select of [controls.state, ...controls.parameters]) {
    select.addEventListener("change", () => { applyFilters(); writeFragment(); });
  }
  controls.sort.addEventListener("change", () => { sortImages(); writeFragment(); });
  let isResizing = false;
  controls.size.addEventListener("input", () => {
    if (!isResizing) requestAnimationFrame(() => { isResizing = false; resize(); });
    isResizing = true;
  });
  controls.size.addEventListener("change", () => writeFragment());
  controls.favourites.addEventListener("click", () => {
    press(controls.favourites, !isPressed(controls.favourites));
    applyFilters();
    writeFragment();
  });
  find("#reset")?.addEventListener("click", () => { resetFilters(); controls.search.focus(); });
}
