// The ways on which the loss depends on a number: how much comes back on each adds up to its gradient.
const MOST_FOR_WAYS = 2e8; // numbers computed: a second or two

/** The values that a computation reads. */
function readsOf(tree, found = new Set()) {
  if (Array.isArray(tree)) {
    if (tree[0] === "load") {
      found.add(tree[1]);
    }
    tree.forEach(part => readsOf(part, found));
  }
  return found;
}

function readBy([kind, ...rest]) {
  return kind === "each" || kind === "join" ? readsOf(rest)
    : new Set({ product: () => rest.slice(2, 4), scatter: () => rest.slice(1), same: () => rest.slice(1), given: () => [] }[kind]());
}

/** Where a number is read, or handed on as it is: { equation, key, only } or { equation, key, moved }. */
function usesOf(cell, body = trace.program.steps, loop = -1, times = []) {
  const uses = [];
  const here = values[cell.value].loop < 0 || values[cell.value].loop === loop && cell.key === times.join();
  for (const [equation, computation] of body) {
    if (computation[0] === "loop") {
      uses.push(...usesOfLoop(cell, equation, computation, times, values[cell.value].loop === loop && here));
    } else if (here && !isBackward(equation, computation[1]) && readBy(computation).has(cell.value)) {
      uses.push({ equation, key: times.join(), only: { computation, at: times.join() } });
    }
  }
  return uses;
}

function usesOfLoop(cell, equation, [, length, reversed, piece, states, sequences, results, body], times, around) {
  if (equations[equation].part === "backward") {
    return [];
  }
  const steps = lengthOf(length);
  const uses = [];
  const moved = (value, key, place) => uses.push({ equation, key, moved: { value, key, place } });
  states.map(([, , , , tree]) => tree).filter(tree => around && readsOf(tree).has(cell.value)).forEach(tree =>
    uses.push({ equation, key: "", only: { computation: tree, at: times.join() } }));
  for (const [inside, all] of around ? sequences : []) {
    const size = sizeOf(values[inside].axes);
    if (all === cell.value) {
      moved(inside, [...times, Math.floor(cell.place / size)].join(), cell.place % size);
    }
  }
  for (let k = 0; k < steps; k++) {
    const t = reversed ? steps - 1 - k : k;
    uses.push(...usesOf(cell, body, equation, [...times, t]));
    if (values[cell.value].loop === equation && cell.key === [...times, t].join()) {
      const size = sizeOf(values[cell.value].axes);
      wantedOf(states, results).filter(([inside]) => inside === cell.value).forEach(([, all]) =>
        moved(all, times.join(), t * size + cell.place));
      if (k + 1 < steps && !beginsAt(k + 1, steps, piece)) {
        states.filter(([, after]) => after === cell.value).forEach(([before]) =>
          moved(before, [...times, reversed ? t - 1 : t + 1].join(), cell.place));
      }
    }
  }
  return uses;
}

/** How much of a number's gradient comes back on one way: a central difference. */
function comesBack(cell, { only, moved }) {
  const loss = by => only
    ? compute(state.changes, false, { ...only, value: cell.value, place: cell.place, by }).loss
    : compute([...state.changes, { ...moved, by }], false).loss;
  return (loss(CLOSE) - loss(-CLOSE)) / (2 * CLOSE);
}

/** The ways of a number by the equation that reads it, each with what comes back at each time step. */
function waysOf(cell) {
  const byEquation = new Map();
  for (const use of usesOf(cell)) {
    const share = comesBack(cell, use);
    const what = use.moved ? "as " + values[use.moved.value].name
      + (use.moved.key === "" ? "" : " at time step " + use.moved.key) : equations[use.equation]?.text ?? "";
    const key = use.moved ? what : use.equation;
    const way = byEquation.get(key) || { equation: use.equation, what, shares: [], moved: use.moved };
    way.shares.push({ key: use.key, share });
    byEquation.set(key, way);
  }
  return [...byEquation.values()].filter(({ shares }) => shares.some(({ share }) => share !== 0));
}

const total = shares => shares.reduce((sum, { share }) => sum + share, 0);

function wayRow({ equation, what, shares, moved }, greatest) {
  const strip = make("div", { class: "over-time" });
  for (const { key, share } of shares.length > 1 ? shares : []) {
    const label = "at time step " + key + ": " + written(share);
    const button = make("button", { type: "button", class: "cell", title: label, "aria-label": label });
    colour(button, share, greatest);
    button.addEventListener("click", () => {
      state.time = Number(key.split(",")[0]);
      open(equations[equation].id, null);
      refreshNumbers();
    });
    strip.append(button);
  }
  const name = moved ? make("button", { type: "button", class: "put" }, what)
    : make("a", { href: "#" + encodeURIComponent(equations[equation].id) }, what);
  name.cell = moved;
  return make("tr", {}, make("td", {}, written(total(shares))), make("td", {}, name), make("td", {}, strip));
}

/** The ways, once they are asked for. */
function waysDetails(cell) {
  const gradient = gradientOf(cell.value);
  if (!canNudge(cell.value) || gradient === undefined) {
    return [];
  }
  const details = make("details", { class: "ways" }, make("summary", {}, "Ways on which the loss depends on it"));
  const fill = () => {
    const uses = usesOf(cell);
    if (uses.length * cost > MOST_FOR_WAYS) {
      details.append(make("p", {}, "They are " + uses.length + ", too many for a network of this size."));
      return;
    }
    const ways = waysOf(cell);
    const greatest = Math.max(...ways.flatMap(({ shares }) => shares.map(({ share }) => Math.abs(share)))) || 1;
    const key = keyAt(gradient, Number(cell.key.split(",")[0]));
    details.append(make("table", {}, ...ways.map(way => wayRow(way, greatest))),
      make("p", {}, "On each way comes back what the loss does when " + nameOf(cell) + " is nudged for that equation alone, "
        + "and its number is the sum over all time steps. Together: " + written(total(ways.flatMap(({ shares }) => shares)), 6) + "; its gradient: "
        + written(numbersAt(gradient, key)[cell.place], 6) + "."));
  };
  details.addEventListener("toggle", () => {
    state.ways = details.open;
    if (details.open && !details.querySelector("p")) {
      fill();
    }
  });
  if (state.ways) {
    fill();
    details.open = true;
  }
  return [details];
}
