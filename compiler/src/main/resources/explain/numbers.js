// The numbers that the page shows: of one example, at one time step, as far as one has walked.
const CLOSE = 1e-4; // how far a number is nudged for a central difference
const computations = new Map(); // by equation
const walk = []; // each equation at each time step, in the order computed
const walked = new Map(); // how many steps it takes until an equation at a time step is there
const loopLength = new Map(); // by the equation of the loop

/** How many numbers are computed in a run, each term of a product counted. */
let cost = 0;

function addToWalk(body, times) {
  for (const [equation, computation] of body) {
    computations.set(equation, computation);
    if (computation[0] !== "loop") {
      const terms = computation[0] === "product" ? sizeOf(computation[7]) : 1;
      cost += sizeOf(values[computation[1]].axes) * terms;
      if (equation >= 0) {
        walk.push({ equation, key: times.join(), times });
        walked.set(equation + "@" + times.join(), walk.length);
      }
      continue;
    }
    const [, length, reversed] = computation;
    const steps = lengthOf(length);
    loopLength.set(equation, { steps, reversed });
    for (let k = 0; k < steps; k++) {
      addToWalk(computation[computation.length - 1], [...times, reversed ? steps - 1 - k : k]);
    }
  }
}

const state = {
  changes: [],
  changed: null,
  time: 0,
  done: Infinity,
  asked: null,
  focus: null,
  shown: null,
  ways: false,

  /** The numbers before any of them was changed; computed when they are first asked for. */
  get first() {
    firstRun ??= compute([], true);
    return firstRun;
  },

  /** The numbers that are shown. */
  get run() {
    return this.changed ?? this.first;
  },
};
let firstRun;

/** How many time steps the longest recurrence has; 0 if there is none. */
let timeSteps = 0;

function beginNumbers() {
  if (hasNumbers) {
    addToWalk(trace.program.steps, []);
    timeSteps = Math.max(0, ...[...loopLength.values()].map(({ steps }) => steps));
  }
}

/** The time steps that a value has at the one that is shown, joined: a key of a run's numbers. */
function keyAt(value, time) {
  const times = [];
  for (let loop = values[value].loop; loop >= 0; loop = equations[loop].loop) {
    times.unshift(Math.min(time, loopLength.get(loop).steps - 1));
  }
  return times.join();
}

/** A value's numbers at a time step, of this run or another. */
const numbersAt = (value, key, run = state.run) => run.kept[value].get(key);

/** After how many steps of the walk a value is there. */
function thereAfter(value, key) {
  const { equation, loop } = values[value];
  if (equation < 0) {
    return 0;
  }
  const own = walked.get(equation + "@" + key);
  if (own !== undefined) {
    return own;
  }
  const before = loop >= 0 && equations[equation].loop === loop; // a state, of the time step before
  if (before) {
    const earlier = Number(key) + (loopLength.get(loop).reversed ? 1 : -1);
    return walked.get(equation + "@" + earlier) ?? 0;
  }
  const inner = loopLength.get(equations[equation].loop);
  return inner ? walked.get(equation + "@" + (inner.reversed ? 0 : inner.steps - 1)) ?? 0 : 0;
}

const isThere = (value, key) => thereAfter(value, key) <= state.done;

/** Where a place of an array is along the axes that are not the batch: h[3], W[0, 2]. */
function nameOf({ value, place }) {
  const lengths = values[value].axes.filter(axis => axis !== BATCH).map(lengthOf);
  const at = [];
  let rest = place;
  for (const length of [...lengths].reverse()) {
    at.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return values[value].name + (at.length ? "[" + at.join(", ") + "]" : "");
}

/** A number for people; what is not there yet is a dot, and never 0. */
function written(number, digits = 4) {
  if (number === undefined) {
    return "·";
  }
  const size = Math.abs(number);
  const text = Number.isInteger(number) && size < 1e6 ? String(number)
    : !Number.isFinite(number) ? (size === Infinity ? "∞" : "not a number")
    : size >= 1e5 || size < 1e-3 ? number.toExponential(digits - 2)
    : String(Number(number.toPrecision(digits)));
  return text.replace(/^-/, "−").replace("e-", "e−").replace("e+", "e");
}

const sameLoops = (a, b) => (values[a].loop < 0) === (values[b].loop < 0)
  && sizeOf(values[a].axes) === sizeOf(values[b].axes);

/** The value whose gradient a value is, if it is a whole one. */
function gradientTarget(value) {
  const equation = equations[values[value].equation];
  return values[value].role === "GRADIENT" && equation && equation.value === value
    ? equation.gradientOf.find(target => sameLoops(target, value)) : undefined;
}

/** The gradient of a value, if an equation computes it. */
function gradientOf(value) {
  return equations.find(equation => equation.value >= 0 && equation.gradientOf.includes(value)
    && sameLoops(equation.value, value))?.value;
}

/** The slope of the loss at a number, by a central difference. */
function centralDifference({ value, key, place }) {
  const loss = by => compute([...state.changes.filter(change => change.value !== value
    || change.key !== key || change.place !== place), nudge(by)], false).loss;
  const now = numbersAt(value, key)[place];
  const nudge = by => ({ value, key, place, to: now + by });
  return (loss(CLOSE) - loss(-CLOSE)) / (2 * CLOSE);
}

/** Whether nudging a number says what its gradient should be: not in the copies that the way back reads. */
const canNudge = value => !trace.example.unlikeSlopes && values[value].role !== "GRADIENT"
  && values[value].classes === 0 && equations[values[value].loop]?.part !== "backward";
