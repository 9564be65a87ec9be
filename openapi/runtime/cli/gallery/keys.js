// The keys of the page and of the lightbox. Those that move among the images are the grid's.

const TYPING = "input, select, textarea";

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.matches?.(TYPING)) {
    if (event.key === "Escape" && event.target === controls.search && !controls.search.value) controls.search.blur();
    return;
  }
  if (find("dialog[open]:not(#lightbox)")) return;
  if (lightbox.open) return onKeyInLightbox(event);
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

function startKeys() {
  document.addEventListener("keydown", onKey);
}
