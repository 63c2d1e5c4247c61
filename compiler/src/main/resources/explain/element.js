// One number: what it is computed of, its gradient, what nudging it says, and what if it were another.
const MOST_FOR_NUDGING = 2e7; // numbers computed: a fraction of a second

function line(...nodes) {
  return make("p", { class: "numbers" }, ...nodes);
}

function gradientLine(cell) {
  const gradient = gradientOf(cell.value);
  if (gradient === undefined) {
    return [];
  }
  const key = keyAt(gradient, Number(cell.key.split(",")[0]));
  const link = make("button", { type: "button", class: "put" },
    written(shownNumber({ value: gradient, key, place: cell.place })));
  link.cell = { value: gradient, key, place: cell.place };
  return [line("∂loss/∂", nameOf(cell), " = ", link, ...nudged(cell, shownNumber(link.cell)))];
}

/** What the loss does when a number is nudged, beside the gradient, once that is there. */
function nudged(cell, gradient) {
  if (!canNudge(cell.value) || gradient === undefined) {
    return trace.example.unlikeSlopes
      ? [make("span", { class: "aside" }, "no slope of the loss: " + trace.example.unlikeSlopes)] : [];
  }
  const slope = centralDifference(cell);
  return [make("span", { class: "aside slope", title: "(L(" + nameOf(cell) + " + h) − L(" + nameOf(cell)
    + " − h)) / 2h with h = " + CLOSE },
  "by nudging " + nameOf(cell) + " ± " + CLOSE + ": " + written(slope, 6)
    + ", which differs by " + written(Math.abs(slope - gradient), 2))];
}

function whatIf(cell) {
  const { role, classes } = values[cell.value];
  if (role === "GRADIENT" || role === "GIVEN" || usesOf(cell).length === 0) {
    return [];
  }
  const limits = classes > 0 ? { min: 0, max: classes - 1, step: 1 } : { step: "any" };
  const input = make("input", { type: "number", value: String(numberAt(cell)), ...limits });
  input.addEventListener("change", () => {
    if (input.checkValidity() && Number.isFinite(input.valueAsNumber)) {
      change(cell, input.valueAsNumber);
    } else {
      input.reportValidity();
    }
  });
  const parts = [make("label", {}, "What if it were ", input)];
  if (state.changes.length) {
    const before = numberAt(cell, state.first);
    const gradient = gradientOf(cell.value);
    const slope = gradient === undefined ? undefined
      : state.first.kept[gradient].get(keyAt(gradient, Number(cell.key.split(",")[0])))[cell.place];
    const expected = state.first.loss + slope * (numberAt(cell) - before);
    const reset = make("button", { type: "button" }, "as it was");
    reset.addEventListener("click", () => changeTo([]));
    parts.push(" ", reset, make("span", { class: "aside" },
      "loss " + written(state.first.loss) + " → " + written(state.run.loss)
        + (slope !== undefined && state.changes.length === 1 && numberAt(cell) !== before
          ? "; along its gradient it would be " + written(expected) : "")));
  }
  return [make("p", { class: "numbers what-if" }, ...parts)];
}

/** Says all about the number that is chosen. */
function elementDetails(cell) {
  const target = gradientTarget(cell.value);
  const formula = isThere(cell.value, cell.key) || isAsked(cell) ? putIn(cell) : [];
  const { role, note } = values[cell.value];
  const time = values[cell.value].loop >= 0 ? " at time step " + cell.key : "";
  const parts = [line(make("strong", {}, nameOf(cell)), time, " = ",
    ...formula.length ? [...formula, " = "] : [], make("strong", {}, written(shownNumber(cell))),
    ...formula.length || !note ? [] : [make("span", { class: "aside" }, note)])];
  if (role === "GRADIENT") {
    const of = { value: target, key: cell.key, place: cell.place };
    if (target !== undefined && numbersAt(target, cell.key)) {
      parts.push(line("It is ∂loss/∂", nameOf(of), ...nudged(of, shownNumber(cell))));
    }
  } else {
    parts.push(...gradientLine(cell));
  }
  return [...parts, ...whatIf(cell), ...updateDetails(cell), ...waysDetails(cell)];
}

function change(cell, to) {
  const others = state.changes.filter(other => other.value !== cell.value || other.key !== cell.key
    || other.place !== cell.place);
  changeTo(to === numberAt(cell, state.first) ? others : [...others, { ...cell, to }]);
}

function changeTo(changes) {
  state.changes = changes;
  state.changed = changes.length ? compute(changes, true) : null;
  refreshNumbers();
}

/** Chooses one number; the time step that it is of is shown. */
function focusOn(cell) {
  state.focus = cell;
  if (values[cell.value].loop >= 0) {
    state.time = Number(cell.key.split(",")[0]);
  }
  refreshNumbers();
}

/** The numbers of an equation: its own, the one that is chosen, and those that it reads. */
function numbersDetails(equation) {
  const shown = [...new Set([equation.value, ...equation.reads])];
  const stays = state.shown === equation ? shown : [equation.value];
  state.shown = equation;
  if (!state.focus || !stays.includes(state.focus.value)) {
    state.focus = { value: equation.value, key: keyAt(equation.value, state.time), place: 0 };
  } else if (values[state.focus.value].loop >= 0) {
    state.focus.key = keyAt(state.focus.value, state.time);
  }
  const parts = [make("h3", {}, "Numbers of one example: " + trace.example.from),
    ...elementDetails(state.focus)];
  const used = new Set(isThere(state.focus.value, state.focus.key)
    ? putIn(state.focus, Infinity).filter(node => node.cell).map(node => idOf(node.cell)) : []);
  const tables = make("div", { class: "tables" });
  shown.forEach(value => tables.append(make("div", {},
    make("div", { class: "table-name" }, values[value].name), pictures(value, used), grid(value, used))));
  return [...parts, allNudged(equation), tables];
}

let nudging;

/** All central differences of a gradient, soon, if they are few enough. */
function allNudged(equation) {
  const target = gradientTarget(equation.value);
  const key = keyAt(equation.value, state.time);
  const element = make("p", { class: "numbers aside" });
  clearTimeout(nudging);
  if (target === undefined || !canNudge(target) || !isThere(equation.value, key)
      || sizeOf(values[target].axes) * cost > MOST_FOR_NUDGING) {
    return element;
  }
  const gradient = numbersAt(equation.value, key);
  nudging = setTimeout(() => {
    let worst = 0;
    gradient.forEach((number, place) => {
      worst = Math.max(worst, Math.abs(centralDifference({ value: target, key, place }) - number));
    });
    element.textContent = "Nudged one by one, its " + gradient.length
      + " numbers agree with what the loss does to within " + written(worst, 2) + ".";
  }, 100);
  return element;
}
