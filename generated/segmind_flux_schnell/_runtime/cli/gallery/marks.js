// @generated from openapi/runtime/cli/gallery/marks.js by `make generate`. Do not edit: change that file.
// Favourites, which the browser keeps, and the two images that are chosen for comparing.

// Favourites are digests of files. Many browsers have one store for all files of a disk, so that a path or a name would
// mark images of another gallery; and an image that is moved with its folder stays what it is.
let favourites = new Set();
let isStored = true;
const chosen = [];

/** A page of a file or in a private window may have no store: favourites then last as long as the page. */
function readFavourites() {
  try {
    const stored = JSON.parse(localStorage.getItem(data.store));
    favourites = new Set(Array.isArray(stored) ? stored : []);
  } catch {}
}

function keepFavourites() {
  try {
    localStorage.setItem(data.store, JSON.stringify([...favourites]));
    isStored = true;
  } catch {
    isStored = false;
  }
}

const isFavourite = (entry) => Boolean(entry.image) && favourites.has(entry.digest);
const favouriteImages = () => entries.filter(isFavourite);

function toggleFavourite(entry) {
  // Other pages have the same store.
  if (isStored) readFavourites();
  const isMarked = !favourites.delete(entry.digest);
  if (isMarked) favourites.add(entry.digest);
  keepFavourites();
  for (const copy of entries) if (copy.digest === entry.digest) showMarks(copy);
  showMarkButtons();
  if (isPressed(controls.favourites)) applyFilters();
  const kept = isStored ? "" : " until this page is closed: the browser keeps nothing for it";
  say(isMarked ? `Marked as favourite${kept}` : "Not a favourite any more");
}

/** Choose an image for comparing, in place of the older one of two. */
function toggleChosen(entry) {
  const place = chosen.indexOf(entry);
  const removed = place >= 0 ? chosen.splice(place, 1) : chosen.length > 1 ? chosen.splice(0, 1) : [];
  if (place < 0) chosen.push(entry);
  for (const one of new Set([...removed, ...chosen, entry])) showMarks(one);
  showMarkButtons();
  say(place < 0 ? `Chosen for comparing, ${chosen.length} of 2` : "Not chosen for comparing");
}

function showMarks(entry) {
  find(".marks", entry.element)?.remove();
  entry.element.classList.toggle("chosen", chosen.includes(entry));
  const marks = made("div", "marks");
  if (isFavourite(entry)) marks.append(mark("\u2605", "Favourite"));
  if (chosen.includes(entry)) marks.append(mark("\u21c4", "Chosen for comparing"));
  if (marks.children.length) entry.element.append(marks);
}

function mark(sign, meaning) {
  const element = made("span", "", sign);
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", meaning);
  return element;
}

function showMarkButtons() {
  find("#export").disabled = find("#copy-files").disabled = favouriteImages().length === 0;
  find("#compare").disabled = chosen.length < 2;
  const entry = openedEntry();
  if (entry) {
    press(find("#lightbox .favourite"), isFavourite(entry));
    press(find("#lightbox .choose"), chosen.includes(entry));
  }
}

/** The requests of the favourites as JSON lines, which a batch of the command line reads. */
function exportFavourites() {
  const images = favouriteImages();
  const known = images.filter((entry) => entry.line !== null);
  const lines = known.map((entry) => {
    const prompt = `${JSON.stringify(data.prompt)}: ${JSON.stringify(entry.prompt)}`;
    return `{${[prompt, entry.line].filter(Boolean).join(", ")}}\n`;
  });
  const link = made("a", "");
  link.href = URL.createObjectURL(new Blob(lines, { type: "application/x-ndjson" }));
  link.download = `${data.title}-favourites.jsonl`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  const unknown = images.length - known.length;
  say(`Exported: ${known.length}${unknown ? `; left out, since their requests are not known: ${unknown}` : ""}`);
}

/** Buttons for a mouse on the image below it. Others have the keys, and the same buttons in the lightbox. */
function startTools() {
  const tools = made("div", "tools");
  tools.setAttribute("aria-hidden", "true");
  for (const [sign, title, act] of [["\u2605", "Favourite (f)", toggleFavourite], ["\u21c4", "Compare (c)", toggleChosen]]) {
    const button = made("button", "", sign);
    Object.assign(button, { type: "button", title, tabIndex: -1 });
    // The focus stays where the keys work.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => act(entryOf(tools)));
    tools.append(button);
  }
  grid?.addEventListener("pointerover", (event) => {
    const tile = event.target.closest(".tile");
    if (tile && event.pointerType === "mouse" && tools.parentNode !== tile) tile.append(tools);
  });
  grid?.addEventListener("pointerleave", () => tools.remove());
}

function startMarks() {
  readFavourites();
  for (const entry of favouriteImages()) showMarks(entry);
  showMarkButtons();
  startTools();
  find("#export").addEventListener("click", exportFavourites);
  find("#copy-files").addEventListener("click", (event) => {
    const files = favouriteImages().map((entry) => `${entry.file}\n`);
    copy(files.join(""), `${files.length} file names`, event.currentTarget);
  });
  addEventListener("storage", (event) => {
    if (event.key !== data.store) return;
    const before = favouriteImages();
    readFavourites();
    for (const entry of new Set([...before, ...favouriteImages()])) showMarks(entry);
    showMarkButtons();
    applyFilters();
  });
}
