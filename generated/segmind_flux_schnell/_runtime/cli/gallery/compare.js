// @generated from openapi/runtime/cli/gallery/compare.js by `make generate`. Do not edit: change that file.
// Two images side by side, with what differs between them first.

const comparison = find("#comparison");

function openComparison() {
  if (chosen.length < 2) return say(`Chosen for comparing, ${chosen.length} of 2`);
  find(".pair", comparison).replaceChildren(...chosen.map((entry) => {
    const image = made("img", "");
    showOriginal(image, entry);
    return image;
  }));
  find(".pair", comparison).classList.toggle("wide", chosen.every((entry) => entry.image.width > entry.image.height));
  const rows = comparedValues(...chosen).map(([name, left, right]) => row(name, left, right));
  find("thead", comparison).replaceChildren(columnHeads());
  const differing = rows.filter((one) => one.className);
  find("tbody", comparison).replaceChildren(...differing, ...rows.filter((one) => !one.className));
  const count = differing.length === 1 ? "1 difference" : `${differing.length} differences`;
  find(".title", comparison).textContent = `Compare ${chosen.map((entry) => `#${entry.n}`).join(" and ")}: ${count}`;
  comparison.showModal();
}

function columnHeads() {
  const element = made("tr", "");
  element.append(made("td", ""), ...chosen.map((entry) => {
    const head = made("th", "", `#${entry.n}`);
    head.scope = "col";
    return head;
  }));
  return element;
}

function comparedValues(left, right) {
  const names = new Set([...Object.keys(left.values), ...Object.keys(right.values)]);
  const values = [...names].map((name) => [name, left.values[name] ?? "", right.values[name] ?? ""]);
  const facts = [new Map(left.facts), new Map(right.facts)];
  const further = ["size", "cost", "time"].map((name) => [name, facts[0].get(name) ?? "", facts[1].get(name) ?? ""]);
  return [["prompt", left.prompt, right.prompt], ...values, ...further.filter(([, a, b]) => a || b)];
}

function row(name, left, right) {
  const element = made("tr", left === right ? "" : "differs");
  const head = made("th", "", name);
  head.scope = "row";
  if (left !== right) head.append(made("span", "unseen", " differs"));
  const cells = [left, right].map((text) => {
    const cell = made("td", "", text);
    cell.dir = "auto";
    return cell;
  });
  element.append(head, ...cells);
  return element;
}

function startComparison() {
  find("#compare").addEventListener("click", openComparison);
}
