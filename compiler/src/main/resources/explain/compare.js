// Two networks side by side: what differs is shown, and what is the same folded away. Equations go by the number of
// their row, so that what is the same in both belongs together, too.
const comparison = JSON.parse(document.getElementById("data").textContent);
const { values, equations, partners, left, right } = comparison;
const KEPT = 2; // lines of code that are shown around what differs
const PARTS = { forward: "Forward", outputs: "Outputs", loss: "Loss", backward: "Gradients" };
const TEXTS = { model: "Model", textbook: "Textbook Java", fast: "Fast Java", opencl: "OpenCL" };

/** Where a row is said to be: what only the left network has may be called as something else is in the right one. */
const addressOfRow = ({ left: [one], right: [other] }) => other ? other.id : "left/" + one.id;

/** What is the same, folded away; what is in it is written out when it is first unfolded. */
function folded(count, what, rows, write) {
  const element = make("details", {}, make("summary", {}, count + " " + what + (count === 1 ? "" : "s") + " the same"));
  element.rows = new Set(rows);
  element.write = () => {
    if (element.childElementCount === 1) {
      element.append(...write());
      markAgain();
    }
  };
  element.addEventListener("toggle", element.write);
  return element;
}

/** Unfolds where some rows are folded away. */
function unfold(chosen) {
  for (const element of document.querySelectorAll("details:not(.why, [open])")) {
    if (chosen.some(row => element.rows.has(row))) {
      element.write();
      element.open = true;
    }
  }
}

/** An equation in one of the networks, or the place where it would be. */
function halfElement(side, halves, row) {
  const element = make("div", { class: "half " + side });
  for (const { formula, text, shape, reasons } of halves) {
    const link = make("a", { class: "formula", href: "#" + encodeURIComponent(addressOfRow(equations[row])) });
    element.classList.add("part");
    element.dataset.equations = row;
    if (formula.length) {
      link.setAttribute("aria-label", text);
      link.append(make("span", { class: "pieces" }, ...setPieces(formula, "symbols")), make("span", { class: "shape" }, shape));
    } else {
      link.classList.add("recurrence");
      link.append(text);
    }
    element.append(link);
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

function rowElement(number) {
  const row = equations[number];
  const kind = row.same ? "same" : row.left.length && row.right.length ? "changed" : row.left.length ? "gone" : "new";
  const element = make("div", { class: "beside " + kind + (row.loop >= 0 ? " in-loop" : "") },
    halfElement("left", row.left, number), halfElement("right", row.right, number));
  element.dataset.id = (row.left[0] ?? row.right[0]).id;
  return element;
}

/** Rows in their order; those that are the same are folded away, some at a time. */
function foldedRows(rows) {
  const nodes = [];
  let same = [];
  const close = () => {
    if (same.length) {
      const these = same;
      nodes.push(folded(these.length, "equation", these, () => these.map(rowElement)));
      same = [];
    }
  };
  for (const row of rows) {
    if (equations[row].same) {
      same.push(row);
    } else {
      close();
      nodes.push(rowElement(row));
    }
  }
  close();
  return nodes;
}

/** A text of both networks: how its lines are written, and which equations they belong to. */
function textElement(text) {
  const byLine = { left: equationsByLine(text.left.pieces), right: equationsByLine(text.right.pieces) };
  const addressOfLine = (side, line, rows) => text.target === "model"
    ? side + ":" + line
    : addressOfRow(equations[rows.at(-1)]);

  function linesElement(side, from, lines) {
    const element = make("div", { class: "text half " + side });
    lines.forEach((line, i) => {
      const row = make("span", { class: "row", "data-line": from + i }, ...coloured(line));
      const rows = byLine[side].get(from + i);
      if (rows) {
        row.classList.add("part");
        row.dataset.equations = rows.join(" ");
        if (line.trim()) {
          row.setAttribute("role", "button");
          row.setAttribute("tabindex", "-1");
          row.dataset.address = addressOfLine(side, from + i, rows);
        }
      }
      element.append(row, "\n");
    });
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
    const rows = stretch.left.slice(from, to).flatMap((_, i) => byLine.left.get(stretch.leftFrom + from + i) ?? []);
    return [...(from ? [sameLines(stretch, 0, from)] : []),
      folded(to - from, "line", rows, () => [sameLines(stretch, from, to)]),
      ...(to < count ? [sameLines(stretch, to, count)] : [])];
  }

  const { stretches } = text;
  const panel = make("div", { id: "text-" + text.target });
  if (stretches.every(({ same }) => same)) {
    panel.append(make("p", { class: "absent" }, "No line differs."));
  }
  panel.append(make("div", { class: "beside names" }, make("p", {}, text.left.title), make("p", {}, text.right.title)),
    ...stretches.flatMap((stretch, i) => stretch.same
      ? sameStretch(stretch, i === 0, i === stretches.length - 1)
      : [make("div", { class: "beside changed" }, linesElement("left", stretch.leftFrom, stretch.left),
        linesElement("right", stretch.rightFrom, stretch.right))]));
  return panel;
}

function showEquations(pane) {
  for (const [part, title] of Object.entries(PARTS)) {
    const rows = [...equations.keys()].filter(row => equations[row].part === part);
    if (rows.length) {
      pane.append(make("h2", {}, title), ...foldedRows(rows));
    }
  }
}

function summary() {
  const count = test => equations.filter(test).length;
  const counted = [[count(row => !row.same && row.left.length && row.right.length), "different"],
    [count(row => !row.right.length), "only on the left"], [count(row => !row.left.length), "only on the right"],
    [count(row => row.same), "the same"]].filter(([number]) => number > 0);
  return "Equations: " + counted.map(([number, what]) => number + " " + what).join(", ") + ".";
}

const panes = ["equations", "texts"].map(id => document.getElementById(id));
let chosen = [];

const markAgain = () => markChosen(chosen, chosen.flatMap(row => partners[row]));

/** The rows that an address means: one, or those of a line of a model. */
function meantBy(address) {
  const row = equations.findIndex(each => addressOfRow(each) === address);
  const line = document.querySelector(`#text-model [data-address="${CSS.escape(address)}"]`);
  return row >= 0 ? [row] : line ? equationsOf(line) : [];
}

/** Marks some rows in all panes, unfolds where they are, and scrolls all panes but one there. */
function choose(rows, from) {
  chosen = rows;
  unfold(rows);
  markAgain();
  panes.filter(pane => pane !== from).forEach(revealChosen);
}

function open(address, from) {
  const hash = "#" + encodeURIComponent(address);
  if (location.hash !== hash) {
    history.pushState(null, "", hash);
  }
  choose(meantBy(address), from);
}

const followAddress = () => choose(meantBy(decodeURIComponent(location.hash.slice(1))), null);

function listen(pane) {
  pane.addEventListener("click", event => {
    const part = event.target.closest(".part");
    if (part && !event.target.closest("details.why") && addressOf(part)) {
      event.preventDefault();
      open(addressOf(part), pane);
      (part.matches("[role=button]") ? part : part.querySelector("a"))?.focus();
    }
  });
  listenToParts(pane, event => goOn(event, pane, address => open(address, pane)));
}

function beginComparison() {
  const name = ({ network, file }) => network + " (" + file + ")";
  document.title = left.network + " and " + right.network + ", by Peephole";
  document.getElementById("networks").textContent = name(left) + " — " + name(right);
  document.getElementById("summary").textContent = summary();
  beginTheme();
  const texts = comparison.texts.map(textElement);
  const { bar, show } = tabs("Texts", texts, comparison.texts.map(({ target }) => TEXTS[target]),
    () => revealChosen(panes[1]));
  showEquations(panes[0]);
  panes[1].append(bar, ...texts);
  show(0);
  panes.forEach(listen);
  const button = document.getElementById("unfold");
  button.addEventListener("click", () => {
    const isOpen = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", isOpen);
    document.querySelectorAll("main details:not(.why)").forEach(details => {
      details.write();
      details.open = isOpen;
    });
  });
  addEventListener("popstate", followAddress);
  addEventListener("hashchange", followAddress);
  followAddress();
}

beginComparison();
