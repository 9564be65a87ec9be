// What the page shows: an entry for each request, with its element. All scripts are joined, and share these names.

const find = (selector, within = document) => within.querySelector(selector);
const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];

const data = JSON.parse(find("#data").textContent);
const grid = find("#images");
const entries = data.cards;

const tableRows = findAll("#table tbody tr");

entries.forEach((entry, place) => {
  // A parameter may be called `constructor`.
  Object.setPrototypeOf(entry.values, null);
  entry.tableRow = tableRows[place];
  entry.prompt ??= find(".text", entry.tableRow).textContent;
  entry.element = document.getElementById(`n${entry.n}`);
  entry.link = find("figure a", entry.element);
  entry.image = find("figure img", entry.element);
});

const entryOf = (element) => {
  const card = element?.closest?.(".card");
  return card ? entries[Number(card.id.slice(1)) - 1] : undefined;
};

/** The images that are shown, in the order in which they are shown. */
const shownImages = () => (grid ? [...grid.children].filter((tile) => !tile.hidden).map(entryOf) : []);

/** An element with a class and a text. */
function made(name, className, text = "") {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

/** Tell a screen reader something that others see. It has to be in the dialog that is open: all else is inert. */
function say(text) {
  const region = find("#said");
  const place = find("dialog[open]") ?? document.body;
  if (region.parentNode !== place) place.append(region);
  // The same text twice is not a change, and would not be read.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
