// @generated from openapi/runtime/cli/gallery/start.js by `make generate`. Do not edit: change that file.
// The keys of the page, its links to itself, and the start of all the rest.

const TYPING = "input, select, textarea";

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.matches?.(TYPING)) {
    if (event.key === "Escape" && event.target === controls.search && !controls.search.value) controls.search.blur();
    return;
  }
  if (lightbox.open) return onKeyInLightbox(event);
  if (find("dialog[open]")) return;
  const entry = entryOf(document.activeElement);
  const action = {
    "/": () => controls.search.focus(),
    "?": () => find("#key-list").showModal(),
    C: openComparison,
    f: () => entry?.image && toggleFavourite(entry),
    c: () => entry?.image && toggleChosen(entry),
  }[event.key];
  if (!action) return moveInGrid(event);
  event.preventDefault();
  action();
}

function onKeyInLightbox(event) {
  if (stage.contains(document.activeElement)) return;
  const action = {
    ArrowLeft: () => step("ArrowLeft"),
    ArrowRight: () => step("ArrowRight"),
    Home: () => step("Home"),
    End: () => step("End"),
    f: () => toggleFavourite(opened),
    c: () => toggleChosen(opened),
    z: () => setZoom(!isPressed(parts.zoom)),
    "?": () => find("#key-list").showModal(),
  }[event.key];
  if (!action) return;
  event.preventDefault();
  action();
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
  element.scrollIntoView({ block: "start" });
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

/** Set the slider to the height that the style gives the rows. */
function startSize() {
  const tile = shownImages()[0]?.element;
  const style = tile && getComputedStyle(tile);
  const height = style ? parseFloat(style.maxWidth) / HIGHEST / ratioOf(entryOf(tile)) : 240;
  controls.size.defaultValue = String(Math.round((height || 240) / 20) * 20);
}

/** Print what is folded about failures. */
function startPrinting() {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = findAll("article details:not([open])");
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });
}

startSize();
startFilters();
startGrid();
startMarks();
startDialogs();
startLightbox();
startComparison();
startPrinting();
document.addEventListener("keydown", onKey);
document.addEventListener("click", onLink);
addEventListener("popstate", followFragment);
find(".controls").hidden = false;
followFragment();
startRows();
