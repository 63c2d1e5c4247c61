// Two networks side by side: what differs is shown, and what is the same folded away.
const comparison = JSON.parse(document.getElementById("data").textContent);
const { values, equations, left, right } = comparison;
const KEPT = 2; // lines of code that are shown around what differs
const PARTS = { forward: "Forward", outputs: "Outputs", loss: "Loss", backward: "Gradients" };
const TEXTS = { model: "Model", textbook: "Textbook Java", fast: "Fast Java", opencl: "OpenCL" };

/** What is the same, folded away. */
function folded(count, what, ...nodes) {
  return make("details", {}, make("summary", {}, count + " " + what + (count === 1 ? "" : "s") + " the same"), ...nodes);
}

/** An equation in one of the networks, or the place where it would be. */
function halfElement(side, halves) {
  const element = make("div", { class: "half " + side });
  for (const { formula, text, shape, reasons } of halves) {
    if (formula.length) {
      const pieces = make("span", { class: "pieces", role: "img", "aria-label": text }, ...setPieces(formula, "symbols"));
      element.append(pieces, make("span", { class: "shape" }, shape));
    } else {
      element.append(make("p", { class: "recurrence" }, text));
    }
    if (reasons.length) {
      element.append(make("details", { class: "why" }, make("summary", {}, "Why"),
        make("ul", {}, ...reasons.map(reason => make("li", {}, reason)))));
    }
  }
  if (!halves.length) {
    element.append(make("span", { class: "absent" }, "—"));
  }
  return element;
}

function rowElement(row) {
  const kind = row.same ? "same" : row.left.length && row.right.length ? "changed" : row.left.length ? "gone" : "new";
  const element = make("div", { class: "beside " + kind + (row.loop >= 0 ? " in-loop" : "") },
    halfElement("left", row.left), halfElement("right", row.right));
  element.dataset.id = (row.left[0] ?? row.right[0]).id;
  return element;
}

/** Rows in their order; those that are the same are folded away, some at a time. */
function foldedRows(rows) {
  const nodes = [];
  let same = [];
  const close = () => {
    if (same.length) {
      nodes.push(folded(same.length, "equation", ...same.map(rowElement)));
      same = [];
    }
  };
  for (const row of rows) {
    if (row.same) {
      same.push(row);
    } else {
      close();
      nodes.push(rowElement(row));
    }
  }
  close();
  return nodes;
}

function lineElement(number, text) {
  return make("span", { class: "row", "data-line": number }, ...coloured(text));
}

function linesElement(side, from, lines) {
  const element = make("div", { class: "text half " + side });
  lines.forEach((line, i) => element.append(lineElement(from + i, line), "\n"));
  return element;
}

const sameLines = (stretch, from, to) => make("div", { class: "beside same" },
  linesElement("left", stretch.leftFrom + from, stretch.left.slice(from, to)),
  linesElement("right", stretch.rightFrom + from, stretch.right.slice(from, to)));

/** Lines that are the same: some before and after what differs are kept, the rest is folded away. */
function sameStretch(stretch, isFirst, isLast) {
  const count = stretch.left.length;
  const from = isFirst ? 0 : KEPT;
  const to = count - (isLast ? 0 : KEPT);
  if (to - from < 2) {
    return [sameLines(stretch, 0, count)];
  }
  const lazily = make("details", {}, make("summary", {}, to - from + " lines the same"));
  lazily.addEventListener("toggle", () => {
    if (lazily.open && lazily.childElementCount === 1) {
      lazily.append(sameLines(stretch, from, to));
    }
  });
  return [...(from ? [sameLines(stretch, 0, from)] : []), lazily, ...(to < count ? [sameLines(stretch, to, count)] : [])];
}

function stretchElements(stretches) {
  return stretches.flatMap((stretch, i) => stretch.same
    ? sameStretch(stretch, i === 0, i === stretches.length - 1)
    : [make("div", { class: "beside changed" }, linesElement("left", stretch.leftFrom, stretch.left),
      linesElement("right", stretch.rightFrom, stretch.right))]);
}

function textElement({ target, left: one, right: other, stretches }) {
  const panel = make("div", { id: "text-" + target });
  if (stretches.every(({ same }) => same)) {
    panel.append(make("p", { class: "absent" }, "No line differs."));
  }
  panel.append(make("div", { class: "beside names" }, make("h3", {}, one), make("h3", {}, other)),
    ...stretchElements(stretches));
  return panel;
}

function equationsElement() {
  const section = make("section", { "aria-label": "Equations" }, make("h2", {}, "Equations"));
  for (const [part, title] of Object.entries(PARTS)) {
    const rows = equations.filter(row => row.part === part);
    if (rows.length) {
      section.append(make("h3", {}, title), ...foldedRows(rows));
    }
  }
  return section;
}

function summary() {
  const count = test => equations.filter(test).length;
  const counted = [[count(row => !row.same && row.left.length && row.right.length), "different"],
    [count(row => !row.right.length), "only on the left"], [count(row => !row.left.length), "only on the right"],
    [count(row => row.same), "the same"]].filter(([number]) => number > 0);
  return "Equations: " + counted.map(([number, what]) => number + " " + what).join(", ") + ".";
}

function beginComparison() {
  const name = ({ network, file }) => network + " (" + file + ")";
  document.title = left.network + " and " + right.network + ", by Peephole";
  document.getElementById("networks").textContent = name(left) + " — " + name(right);
  document.getElementById("summary").textContent = summary();
  beginTheme();
  const texts = comparison.texts.map(textElement);
  const code = tabs("Style of the code", texts.slice(1), comparison.texts.slice(1).map(({ target }) => TEXTS[target]), () => {});
  document.getElementById("comparison").append(
    make("section", { "aria-label": "Model" }, make("h2", {}, "Model"), texts[0]),
    equationsElement(),
    make("section", { "aria-label": "Generated code" }, make("h2", {}, "Generated code"), code.bar, ...texts.slice(1)));
  code.show(0);
  const unfold = document.getElementById("unfold");
  unfold.addEventListener("click", () => {
    const open = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", open);
    document.querySelectorAll("#comparison details:not(.why)").forEach(details => { details.open = open; });
  });
}

beginComparison();
