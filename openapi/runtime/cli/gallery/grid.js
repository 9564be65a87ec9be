// The rows of images: one of them can be reached by Tab, and the arrow keys move among them.

let current;
let column;

/** Make an image the one that Tab reaches. */
function setCurrent(entry) {
  if (current) current.link.tabIndex = -1;
  current = entry;
  if (current) current.link.tabIndex = 0;
}

/** Have an image that is shown be reached by Tab, whatever was hidden. */
function keepFocusInGrid() {
  if (!current || current.element.hidden) setCurrent(shownImages()[0]);
}

function focusImage(entry) {
  if (!entry) return;
  setCurrent(entry);
  entry.link.focus({ preventScroll: true });
  entry.element.scrollIntoView({ block: "nearest" });
}

/** The image above or below: the one whose middle is the nearest, in the next row. Up and down lead back. */
function imageInNextRow(images, from, direction) {
  const box = from.element.getBoundingClientRect();
  const middle = (column ??= box.left + box.width / 2);
  const beyond = images
    .map((entry) => ({ entry, box: entry.element.getBoundingClientRect() }))
    .filter((one) => (one.box.top - box.top) * direction > 1);
  const top = direction > 0 ? Math.min(...beyond.map((one) => one.box.top)) : Math.max(...beyond.map((one) => one.box.top));
  const distance = (one) => Math.abs(one.box.left + one.box.width / 2 - middle);
  const row = beyond.filter((one) => Math.abs(one.box.top - top) < 1);
  return row.sort((left, right) => distance(left) - distance(right))[0]?.entry;
}

/** The image that a key leads to from another one; undefined if it leads nowhere. */
function imageByKey(key, images, from) {
  const place = images.indexOf(from);
  switch (key) {
    case "ArrowLeft": return images[place - 1];
    case "ArrowRight": return images[place + 1];
    case "Home": return images[0];
    case "End": return images.at(-1);
    default: return undefined;
  }
}

function moveInGrid(event) {
  const from = entryOf(document.activeElement);
  const images = shownImages();
  const isInside = from?.link && document.activeElement === from.link;
  let next;
  if (!isInside) {
    if (document.activeElement !== document.body || !event.key.match(/^Arrow(Left|Right)$/)) return;
    next = current;
  } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    next = imageInNextRow(images, from, event.key === "ArrowDown" ? 1 : -1);
  } else {
    next = imageByKey(event.key, images, from);
    if (next) column = undefined;
    if (!next && !/^(Arrow(Left|Right)|Home|End)$/.test(event.key)) return;
  }
  event.preventDefault();
  focusImage(next);
}

function startGrid() {
  if (!grid) return;
  for (const entry of entries) if (entry.link) entry.link.tabIndex = -1;
  setCurrent(shownImages()[0]);
  grid.addEventListener("focusin", (event) => {
    const entry = entryOf(event.target);
    if (entry?.link) setCurrent(entry);
  });
  grid.addEventListener("click", (event) => {
    const link = event.target.closest("figure a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openLightbox(entryOf(link));
  });
}
