// What concerns the page as a whole, and the start of all the rest.

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
startKeys();
find(".controls").hidden = false;
startBar();
startAddress();
startRows();
