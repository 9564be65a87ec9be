// @generated from openapi/runtime/cli/gallery/lightbox.js by `make generate`. Do not edit: change that file.
// One image alone: the original beside the page, what is known of it, and the way to the next one.

const lightbox = find("#lightbox");
const stage = find(".stage", lightbox);
const original = made("img", "");
stage.append(original);
const parts = Object.fromEntries(
  ["previous", "next", "position", "favourite", "choose", "zoom", "about", "note", "prompt", "warnings", "values", "outcome",
    "copy-prompt", "copy-seed", "copy-command"].map((name) => [name, find(`.${name}`, lightbox)]),
);
let opened;

const openedEntry = () => (lightbox.open ? opened : undefined);

/** Open the lightbox; `isNew` makes an entry in the history, so that Back closes it. */
function openLightbox(entry, isNew = true) {
  if (!entry?.image) return;
  if (!lightbox.open) {
    lightbox.showModal();
    if (isNew) {
      try {
        history.pushState({ lightbox: true }, "", fragment(entry));
      } catch {}
    }
  }
  show(entry);
}

function show(entry) {
  opened = entry;
  const images = shownImages();
  const place = images.indexOf(entry);
  const position = place < 0 ? `#${entry.n}` : `${place + 1} of ${images.length}`;
  parts.position.textContent = position;
  lightbox.setAttribute("aria-label", `Image ${position}: ${entry.image.alt}`);
  setZoom(false);
  showOriginal(original, entry, (isThere) => { parts.note.hidden = isThere; });
  parts.prompt.textContent = entry.prompt;
  parts.previous.setAttribute("aria-disabled", String(place <= 0));
  parts.next.setAttribute("aria-disabled", String(place < 0 || place === images.length - 1));
  parts["copy-seed"].hidden = !entry.values[data.seed];
  parts["copy-command"].hidden = !entry.command;
  parts.warnings.replaceChildren(...entry.warnings.map((text) => made("p", "", text)));
  list(parts.values, Object.entries(entry.values));
  list(parts.outcome, entry.facts);
  parts.about.scrollTop = 0;
  showMarkButtons();
  writeFragment(entry);
  for (const one of [images[place + 1], images[place - 1]]) if (one) new Image().src = one.link.href;
}

function list(element, pairs) {
  element.hidden = pairs.length === 0;
  element.replaceChildren(...pairs.flatMap(([name, value]) => [made("dt", "", name), made("dd", "", value)]));
}

/** The command that makes an image again; a long prompt stands in it as a NUL. */
const commandOf = (entry) => entry.command.replaceAll("\0", () => entry.prompt);

function step(key) {
  const images = shownImages();
  const next = imageByKey(key, images, opened);
  if (!next || next === opened) return;
  show(next);
  say(lightbox.getAttribute("aria-label"));
}

/** Show the image in its own size, or so that it fits; where it was clicked stays in sight. */
function setZoom(isWhole, at = { x: 0.5, y: 0.5 }) {
  stage.classList.toggle("whole", isWhole);
  press(parts.zoom, isWhole);
  if (isWhole) {
    stage.tabIndex = 0;
    stage.scrollTo(at.x * stage.scrollWidth - stage.clientWidth / 2, at.y * stage.scrollHeight - stage.clientHeight / 2);
  } else {
    stage.removeAttribute("tabindex");
  }
}

/** Where a click hit the image, from 0 to 1; undefined beside it. */
function hit(event) {
  const box = original.getBoundingClientRect();
  const scale = Math.min(box.width / original.naturalWidth, box.height / original.naturalHeight);
  const [width, height] = [original.naturalWidth * scale, original.naturalHeight * scale];
  const x = (event.clientX - box.left - (box.width - width) / 2) / width;
  const y = (event.clientY - box.top - (box.height - height) / 2) / height;
  return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? { x, y } : undefined;
}

function startSwipes() {
  let start;
  let swiped = false;
  // A finger on a page that two fingers have enlarged moves the page.
  const isPinched = () => window.visualViewport?.scale > 1.01;
  window.visualViewport?.addEventListener("resize", () => stage.classList.toggle("pinched", isPinched()));
  stage.addEventListener("touchstart", (event) => {
    swiped = false;
    const isSwipe = event.touches.length === 1 && !isPressed(parts.zoom) && !isPinched();
    start = isSwipe ? event.touches[0] : undefined;
  }, { passive: true });
  stage.addEventListener("touchend", (event) => {
    if (!start) return;
    const [x, y] = [event.changedTouches[0].clientX - start.clientX, event.changedTouches[0].clientY - start.clientY];
    swiped = Math.abs(x) > 40 && Math.abs(x) > 2 * Math.abs(y);
    if (swiped) step(x < 0 ? "ArrowRight" : "ArrowLeft");
    start = undefined;
  });
  stage.addEventListener("click", (event) => {
    const at = hit(event);
    if (swiped) swiped = false;
    else if (at) setZoom(!isPressed(parts.zoom), at);
    else lightbox.close();
  });
}

function startLightbox() {
  parts.previous.addEventListener("click", () => step("ArrowLeft"));
  parts.next.addEventListener("click", () => step("ArrowRight"));
  parts.favourite.addEventListener("click", () => toggleFavourite(opened));
  parts.choose.addEventListener("click", () => toggleChosen(opened));
  parts.zoom.addEventListener("click", () => setZoom(!isPressed(parts.zoom)));
  parts["copy-prompt"].addEventListener("click", (event) => copy(opened.prompt, "prompt", event.currentTarget));
  parts["copy-seed"].addEventListener("click", (event) => copy(opened.values[data.seed], "seed", event.currentTarget));
  parts["copy-command"].addEventListener("click", (event) => copy(commandOf(opened), "command", event.currentTarget));
  startSwipes();
  lightbox.addEventListener("close", () => {
    original.removeAttribute("src");
    if (history.state?.lightbox) history.back();
    else writeFragment(undefined);
    focusImage(opened.element.hidden ? current : opened);
  });
}
