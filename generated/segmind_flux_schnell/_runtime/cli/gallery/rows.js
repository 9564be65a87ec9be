// @generated from openapi/runtime/cli/gallery/rows.js by `make generate`. Do not edit: change that file.
// Rows of images that are as wide as the page and about as high as the slider says. The style alone cannot look ahead:
// without this script, a row is filled until the next image has no room.

const HIGHEST = Number(getComputedStyle(document.documentElement).getPropertyValue("--highest"));

/** What a row costs: how far its height is from the usual one, and much more if it would be too high. */
function costOfRow(height, usual) {
  const deviation = Math.log(height / usual);
  return deviation * deviation * (height > HIGHEST * usual ? 16 : 1);
}

/** Where rows start, by the ratios of the images, so that the sum of their costs is the least. */
function rowStarts(ratios, heightOf, usual) {
  const best = [{ cost: 0, start: 0 }];
  for (let end = 1; end <= ratios.length; end += 1) {
    let found = { cost: Infinity, start: end - 1 };
    let sum = 0;
    for (let start = end - 1; start >= 0; start -= 1) {
      sum += ratios[start];
      const height = heightOf(sum, end - start);
      // A last row need not be filled.
      const own = end === ratios.length && height > usual ? 0 : costOfRow(height, usual);
      if (best[start].cost + own < found.cost) found = { cost: best[start].cost + own, start };
      if (height < usual / 4) break;
    }
    best.push(found);
  }
  const starts = [];
  for (let end = ratios.length; end > 0; end = best[end].start) starts.unshift(best[end].start);
  return starts;
}

/** The ratio of a tile, which its class names: to ask the style for a thousand of them takes long. */
const ratioOf = (entry) => (entry.ratio ??= Number(/\br(\d+)\b/.exec(entry.element.className)[1]) / data.precision);

function composeRows() {
  const images = shownImages();
  if (!images.length) return;
  const usual = Number(controls.size.value);
  const gap = parseFloat(getComputedStyle(grid).columnGap);
  // A part of a pixel that is lost by rounding must not end a row.
  const width = grid.clientWidth - 0.5;
  const heightOf = (sum, count) => Math.max(1, width - gap * (count - 1)) / sum;
  const ratios = images.map(ratioOf);
  const starts = rowStarts(ratios, heightOf, usual);
  starts.forEach((start, place) => {
    const end = starts[place + 1] ?? images.length;
    const sum = ratios.slice(start, end).reduce((one, other) => one + other, 0);
    const most = end === images.length ? usual : HIGHEST * usual;
    const height = `${Math.min(most, heightOf(sum, end - start)).toFixed(3)}px`;
    for (const entry of images.slice(start, end)) {
      if (entry.row !== height) entry.element.style.setProperty("--row", (entry.row = height));
    }
  });
  grid.classList.add("composed");
}

function startRows() {
  if (!grid) return;
  let width = 0;
  new ResizeObserver(() => {
    if (width !== grid.clientWidth) composeRows();
    width = grid.clientWidth;
  }).observe(grid);
}
