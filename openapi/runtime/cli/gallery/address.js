// The address: its fragment has the state of the page, so that a reload keeps it, and leads to an image or a request.

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

/** Follow a link within the page; the fragment keeps what the controls say. */
function onLink(event) {
  const link = event.target.closest?.("a[href^='#']");
  if (!link) return;
  event.preventDefault();
  const target = document.getElementById(link.getAttribute("href").slice(1));
  const entry = entryOf(target);
  if (entry?.image) {
    openLightbox(entry);
    return;
  }
  if (target.closest("[hidden]")) resetFilters();
  reveal(target);
  target.tabIndex = target.tabIndex < 0 ? -1 : target.tabIndex;
  target.focus({ preventScroll: true });
}

/** Unfold what an element stands in, and bring it into sight. */
function reveal(element) {
  const folded = element.closest("details");
  if (folded) folded.open = true;
  // Images that come into sight on the way get their own height some frames later.
  let frames = 10;
  const scroll = () => {
    element.scrollIntoView({ block: "start" });
    if (frames-- > 0) requestAnimationFrame(scroll);
  };
  scroll();
}

/** Show what the fragment says: after a reload, Back, or an edit of the address. */
function followFragment() {
  const entry = readFragment();
  resize();
  sortImages();
  applyFilters();
  if (entry?.image) openLightbox(entry, false);
  else if (lightbox.open) lightbox.close();
  else if (entry) reveal(entry.element);
}

function startAddress() {
  document.addEventListener("click", onLink);
  addEventListener("popstate", followFragment);
  followFragment();
}
