// @generated from openapi/runtime/cli/gallery/filters.js by `make generate`. Do not edit: change that file.
// Search, filters, order and size: what the controls say, the page shows.

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
  seed: (entry) => integer(entry.values[data.seed]),
  cost: (entry) => (entry.cost === null ? undefined : Number(entry.cost)),
  duration: (entry) => entry.seconds ?? undefined,
  newest: (entry) => entry.at ?? undefined,
};

/** Seeds have more digits than a number of JavaScript; what is not an integer stays a text. */
function integer(text) {
  return /^-?\d+$/.test(text) ? BigInt(text) : text;
}

function compared(order, left, right) {
  const [a, b] = [ORDERS[order](left), ORDERS[order](right)];
  // What is not known comes last.
  if (a === undefined || b === undefined) return (a === undefined) - (b === undefined) || left.n - right.n;
  const areTexts = typeof a === "string" || typeof b === "string";
  const ascending = (areTexts ? collator.compare(a, b) : (a > b) - (a < b)) || left.n - right.n;
  return order === "newest" ? -ascending : ascending;
}

function sortImages() {
  if (!grid) return;
  const order = controls.sort.value;
  const sorted = [...grid.children].map(entryOf).sort((left, right) => compared(order, left, right));
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
