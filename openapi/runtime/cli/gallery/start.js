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
  // An image at 100 % is moved by the browser.
  const leads = (key) => (stage.contains(document.activeElement) ? undefined : () => step(key));
  const action = {
    ArrowLeft: leads("ArrowLeft"),
    ArrowRight: leads("ArrowRight"),
    Home: leads("Home"),
    End: leads("End"),
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
  const [first] = shownImages();
  if (!first) return;
  // The slider rounds it to one of its steps.
  controls.size.value = parseFloat(getComputedStyle(first.element).maxWidth) / HIGHEST / ratioOf(first);
  controls.size.defaultValue = controls.size.value;
}

/** Have the controls stay in sight where they leave room for the images, and links lead to what is below them. */
function startBar() {
  const bar = find(".controls");
  const fit = () => {
    const height = bar.offsetHeight;
    const stays = height <= innerHeight / 4;
    bar.classList.toggle("stays", stays);
    document.documentElement.style.setProperty("--bar", stays ? `${height}px` : "0px");
  };
  new ResizeObserver(fit).observe(bar);
  addEventListener("resize", fit);
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
startBar();
followFragment();
startRows();
