// The equations: each forward one beside the gradients that follow from it.
const PARTS = { forward: "Forward", outputs: "Outputs", loss: "Loss" };
const BEFORE_ALL = -1;

/** The forward equation that a gradient stands beside: the last of those that it comes from. */
function besideWhich(gradient) {
  const forward = gradient.partners.filter(p => equations[p].value >= 0
    && (gradient.loop < 0 || equations[p].loop >= 0));
  const own = gradient.gradientOf.map(number => values[number].equation);
  return Math.max(BEFORE_ALL, ...(forward.length ? forward : own));
}

function equationElement(number) {
  const equation = equations[number];
  const link = make("a", { class: "formula", href: "#" + encodeURIComponent(equation.id) });
  const element = make("div", { class: "equation part", id: "equation-" + number }, link);
  element.dataset.equations = number;
  return element;
}

/** Below each formula its numbers, and how the first or the chosen one of them is computed. */
function drawNumbers(depth) {
  document.querySelectorAll(".at-a-glance").forEach(element => element.remove());
  if (depth !== "numbers" || !hasNumbers) {
    return;
  }
  for (const link of document.querySelectorAll(".equation > .formula")) {
    const { value } = equations[link.parentElement.dataset.equations];
    const key = keyAt(value, state.time);
    const cell = state.focus?.value === value ? state.focus : { value, key, place: 0 };
    const glance = make("div", { class: "at-a-glance" }, swatches(value));
    if (isThere(value, key) && !link.parentElement.nextElementSibling?.matches(".more")) {
      const formula = putIn(cell, 3);
      glance.append(line(nameOf(cell), " = ", ...formula, ...(formula.length ? [" = "] : []), written(numberAt(cell))));
    }
    link.after(glance);
  }
}

function drawFormulas(depth) {
  for (const link of document.querySelectorAll(".equation > .formula")) {
    const equation = equations[link.parentElement.dataset.equations];
    link.setAttribute("aria-label", equation.text);
    link.replaceChildren(make("span", { class: "pieces" }, ...setPieces(equation.formula, depth)));
    const inside = equation.loop >= 0 && equation.part === "backward";
    const fromLoop = equation.part === "backward" && equation.loop < 0
      && equation.partners.some(p => equations[p].loop >= 0);
    if (inside || fromLoop) {
      link.append(make("span", { class: "when" }, inside ? "each t" : "all t"));
    }
  }
}

/** A forward equation and its gradients, each in a row of its own with room for details below. */
function pairElement(forward, gradients) {
  const pair = make("div", { class: "pair" });
  if (forward >= 0) {
    const element = equationElement(forward);
    element.classList.add("left");
    element.style.setProperty("--row", 1);
    pair.append(element);
  }
  gradients.forEach((number, i) => {
    const element = equationElement(number);
    element.classList.add("right");
    element.style.setProperty("--row", 2 * i + 1);
    pair.append(element);
  });
  return pair;
}

function loopElement(number) {
  const loop = equations[number];
  const backward = loop.partners.filter(p => equations[p].value < 0);
  const ways = ["from the first time step to the last", "from the last to the first"];
  const [there, back] = loops.get(number).reversed ? ways.reverse() : ways;
  const truncated = backward.map(other => loops.get(other).piece).find(piece => piece > 0);
  const head = make("a", { class: "loop-head part", href: "#" + encodeURIComponent(loop.id) },
    loop.text + ": forward " + there + ", backward " + back
      + (truncated ? ", gradients over " + truncated + " time steps at most" : ""));
  head.dataset.equations = [number, ...backward].join(" ");
  return make("div", { class: "loop" }, head);
}

function showEquations(pane) {
  pane.append(make("div", { class: "columns" },
    make("div", { class: "forward-side" }, "Forward, from top to bottom"),
    make("div", { class: "backward-side" }, "Gradients beside what they follow from, from bottom to top")));
  const beside = new Map();
  equations.forEach((equation, number) => {
    if (equation.part === "backward" && equation.value >= 0) {
      const row = besideWhich(equation);
      beside.set(row, [...(beside.get(row) || []), number]);
    }
  });
  const loopElements = new Map();
  let part = "";
  equations.forEach((equation, number) => {
    if (equation.part === "backward") {
      return;
    }
    if (equation.part !== part) {
      part = equation.part;
      pane.append(make("h2", {}, PARTS[part]));
    }
    const place = loopElements.get(equation.loop) || pane;
    if (equation.value < 0) {
      const loop = loopElement(number);
      loopElements.set(number, loop);
      place.append(loop);
    } else {
      place.append(pairElement(number, beside.get(number) || []));
    }
  });
  if (beside.has(BEFORE_ALL)) {
    pane.append(pairElement(-1, beside.get(BEFORE_ALL)));
  }
}
