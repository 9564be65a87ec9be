// @generated from openapi/runtime/cli/gallery/dialogs.js by `make generate`. Do not edit: change that file.
// What the dialogs have in common: they close alike, show originals, and copy texts.

function startDialogs() {
  for (const dialog of findAll("dialog")) {
    find(".close", dialog).addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    // The region for announcements has to be where the reader is.
    dialog.addEventListener("close", () => document.body.append(find("#said")));
  }
  find("#keys").addEventListener("click", () => find("#key-list").showModal());
}

/** Show the original of an image, or its thumbnail where it is missing; `told` learns which it is. */
function showOriginal(image, entry, told = () => {}) {
  image.onerror = () => {
    image.onerror = null;
    image.src = entry.image.src;
    told(false);
  };
  told(true);
  image.alt = entry.image.alt;
  image.width = entry.image.width;
  image.height = entry.image.height;
  image.src = entry.link.href || entry.image.src;
}

async function copy(text, what, button) {
  const isCopied = (await written(text)) || selectedAndCopied(text);
  say(isCopied ? `Copied: ${what}` : `The browser does not let this page copy: ${what}`);
  if (!isCopied) return;
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), 1500);
}

async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not there, or not allowed.
    return false;
  }
}

/** The old way to copy, for browsers that give a file no clipboard. */
function selectedAndCopied(text) {
  const focused = document.activeElement;
  const field = made("textarea", "unseen");
  field.value = text;
  (find("dialog[open]") ?? document.body).append(field);
  field.select();
  let isCopied = false;
  try {
    isCopied = document.execCommand("copy");
  } catch {}
  field.remove();
  focused?.focus();
  return isCopied;
}
