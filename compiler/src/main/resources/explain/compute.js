// Computes the equations for one example. How each is computed comes as data (Computations.java).
const BATCH = -1;
const OPEN = -2;
const lengthOf = axis => axis === BATCH ? 1 : axis === OPEN ? trace.example.steps : axis;
const lengthsOf = axes => axes.map(lengthOf);
const sizeOf = axes => lengthsOf(axes).reduce((product, length) => product * length, 1);

/** A place along an axis: of where a loop stands, for a run. */
function placeOf(tree) {
  if (typeof tree === "number") {
    return (run, at) => at[tree];
  }
  const [constant, ...pairs] = tree;
  const terms = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const [variable, factor] = [pairs[i], pairs[i + 1]];
    const value = typeof variable === "number" ? (run, at) => at[variable]
      : variable === "t" ? run => run.times[run.times.length - 1]
      : variable === "T" ? () => trace.example.steps
      : variable[0] === "quotient" ? quotientOf(variable)
      : numberOf(variable);
    terms.push((run, at) => factor * value(run, at));
  }
  return (run, at) => terms.reduce((sum, term) => sum + term(run, at), constant);
}

/** A place divided by a number. */
function quotientOf([, tree, by]) {
  const place = placeOf(tree);
  return (run, at) => Math.floor(place(run, at) / by);
}

/** The place of a number in its value's array. */
function offsetOf(value, places) {
  const lengths = lengthsOf(values[value].axes);
  const positions = places.map(placeOf);
  return (run, at) => {
    let offset = 0;
    for (let axis = 0; axis < lengths.length; axis++) {
      offset = offset * lengths[axis] + positions[axis](run, at);
    }
    return offset;
  };
}

/** A number of a loop: of where the loop stands, for a run. */
function numberOf(tree) {
  if (typeof tree === "number") {
    return () => tree;
  }
  const [kind, ...rest] = tree;
  if (kind === "load") {
    const [value, ...places] = rest;
    const offset = offsetOf(value, places);
    return (run, at) => run.now[value][offset(run, at)];
  } else if (kind === "op") {
    const apply = OPS[trace.program.ops[rest[0]].name];
    const [a, b, c] = rest.slice(1).map(numberOf);
    return c ? (run, at) => apply(a(run, at), b(run, at), c(run, at))
      : b ? (run, at) => apply(a(run, at), b(run, at))
      : (run, at) => apply(a(run, at));
  }
  const chosen = chosenOf(tree);
  if (chosen) {
    const [then, otherwise] = rest.slice(-2).map(numberOf);
    return (run, at) => chosen(run, at) ? then(run, at) : otherwise(run, at);
  } else if (kind === "before") {
    const [place, limit] = [placeOf(rest[0]), numberOf(rest[1])];
    return (run, at) => place(run, at) < limit(run, at) ? 1 : 0;
  }
  return { infinite: () => rest[0] * Infinity, N: () => 1, training: () => 1, joined: run => run.joined }[kind];
}

/** Which of two branches a number is, if it has two by its place; only that one may be computed. */
function chosenOf([kind, ...rest]) {
  if (kind === "same") {
    const [left, right] = [placeOf(rest[0]), placeOf(rest[1])];
    return (run, at) => left(run, at) === right(run, at);
  } else if (kind === "within") {
    const [position, from, to, step] = rest;
    const place = placeOf(position);
    return (run, at) => place(run, at) >= from && place(run, at) < to && place(run, at) % step === 0;
  }
  return null;
}

/** Goes through all places of a domain. */
function forEachPlace(lengths, visit) {
  const at = new Array(lengths.length).fill(0);
  const count = lengths.reduce((product, length) => product * length, 1);
  for (let k = 0; k < count; k++) {
    visit(at, k);
    for (let axis = at.length - 1; axis >= 0 && ++at[axis] === lengths[axis]; axis--) {
      at[axis] = 0;
    }
  }
}

function filled(axes, number) {
  const lengths = lengthsOf(axes);
  return run => {
    const array = new Float64Array(sizeOf(axes));
    forEachPlace(lengths, (at, k) => { array[k] = number(run, at); });
    return array;
  };
}

/** How each kind of equation is computed: a function that keeps its result in a run. */
const KINDS = {
  each(out, domain, tree) {
    const array = filled(domain, numberOf(tree));
    return run => run.keep(out, array(run));
  },

  join(out, domain, axes, op, tree, finish) {
    const lengths = lengthsOf(domain);
    const left = domain.map((_, axis) => axis).filter(axis => !axes.includes(axis));
    const offset = offsetOf(out, left);
    const number = numberOf(tree);
    const join = OPS[trace.program.ops[op].name];
    const start = join(-Infinity, 0) === 0 ? -Infinity : 0;
    const last = numberOf(finish);
    return run => {
      const joined = new Float64Array(sizeOf(values[out].axes)).fill(start);
      forEachPlace(lengths, at => {
        const place = offset(run, at);
        joined[place] = join(joined[place], number(run, at));
      });
      const array = new Float64Array(joined.length);
      forEachPlace(lengthsOf(values[out].axes), (at, k) => {
        run.joined = joined[k];
        array[k] = last(run, at);
      });
      run.keep(out, array);
    };
  },

  product(out, form, left, right, ...extents) {
    const product = factorsOf(form, ...extents);
    return run => {
      const [a, b] = [run.now[left], run.now[right]];
      const array = new Float64Array(sizeOf(values[out].axes));
      for (let k = 0; k < array.length; k++) {
        const { from, to, count, fromStep, toStep } = product(k);
        let sum = 0;
        for (let i = 0; i < count; i++) {
          sum += a[from + i * fromStep] * b[to + i * toStep];
        }
        array[k] = sum;
      }
      run.keep(out, array);
    };
  },

  scatter(out, rows, label) {
    return run => {
      const array = new Float64Array(sizeOf(values[out].axes));
      const width = run.now[rows].length / run.now[label].length;
      run.now[rows].forEach((number, k) => {
        array[run.now[label][Math.floor(k / width)] * width + k % width] += number;
      });
      run.keep(out, array);
    };
  },

  given: out => run => run.keep(out, run.given.get(out)),

  same: (out, of) => run => run.keep(out, run.now[of]),

  loop(length, reversed, piece, states, sequences, results, body) {
    const steps = lengthOf(length);
    const first = states.map(([, , , axes, tree]) => filled(axes, numberOf(tree)));
    const wanted = wantedOf(states, results);
    const inner = stepsOf(body);
    return run => {
      const all = wanted.map(([inside]) => new Float64Array(steps * sizeOf(values[inside].axes)));
      for (let k = 0; k < steps; k++) {
        const t = reversed ? steps - 1 - k : k;
        const begins = beginsAt(k, steps, piece);
        const before = states.map(([, after, , , tree], i) =>
          begins ? run.alone(tree, () => first[i](run)) : run.now[after]);
        run.times.push(t);
        states.forEach(([value], i) => run.keep(value, before[i]));
        for (const [inside, sequence] of sequences) {
          const size = sizeOf(values[inside].axes);
          run.keep(inside, run.now[sequence].subarray(t * size, (t + 1) * size));
        }
        inner.forEach(step => step(run));
        wanted.forEach(([inside], i) => all[i].set(run.now[inside], t * run.now[inside].length));
        run.times.pop();
      }
      wanted.forEach(([, sequence], i) => run.keep(sequence, all[i]));
    };
  },
};

/** What a recurrence leaves of each time step, and the sequence of it: its states, and its results. */
const wantedOf = (states, results) => [...states.map(([, after, all]) => [after, all]), ...results];

/** Whether a recurrence begins anew at the k-th step that it takes. */
const beginsAt = (k, steps, piece) => k === 0 || piece > 0 && (steps - k) % piece === 0;

/** Which numbers of two matrices meet in each number of their product. */
function factorsOf(form, ...extents) {
  const [, rows, inner, columns] = extents.map(sizeOf);
  return k => {
    const p = Math.floor(k / (rows * columns));
    const i = Math.floor(k / columns) % rows;
    const j = k % columns;
    const left = form === "LEFT_TRANSPOSED";
    const right = form === "RIGHT_TRANSPOSED";
    return {
      count: inner,
      from: p * rows * inner + (left ? i : i * inner),
      fromStep: left ? rows : 1,
      to: p * inner * columns + (right ? j * inner : j),
      toStep: right ? 1 : columns,
    };
  };
}

const isBackward = (equation, out) =>
  equation >= 0 ? equations[equation].part === "backward" : values[out].role === "GRADIENT";

const stepsOf = body => body.map(([, computation]) => {
  const step = KINDS[computation[0]](...computation.slice(1));
  return run => run.alone(computation, () => step(run));
});

function numbersIn(text) {
  const bytes = Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 4 }, (_, k) => view.getFloat32(4 * k, true));
}

/** A run of the equations, with the numbers of all values. */
class Run {
  /**
   * Numbers take the place of others where changes say so: { value, key, place, to or by }. If there is an only, one
   * computation alone reads another number: { value, place, by, computation, at }.
   */
  constructor(given, changes, only) {
    this.given = given;
    this.changes = changes;
    this.only = only;
    this.now = [];
    this.times = [];
    this.kept = values.map(() => new Map());
    given.forEach((numbers, value) => this.keep(value, numbers));
  }

  keep(value, numbers) {
    const key = this.times.join();
    let array = numbers;
    for (const change of this.changes) {
      if (change.value === value && change.key === key) {
        array = array === numbers ? numbers.slice() : array;
        array[change.place] = change.to ?? array[change.place] + change.by;
      }
    }
    this.now[value] = array;
    this.kept[value].set(key, array);
  }

  alone(computation, step) {
    const { only } = this;
    if (only?.computation !== computation || only.at !== this.times.join()) {
      return step();
    }
    const numbers = this.now[only.value];
    this.now[only.value] = numbers.slice();
    this.now[only.value][only.place] += only.by;
    const result = step();
    this.now[only.value] = numbers;
    return result;
  }

  get loss() {
    return this.now[trace.program.loss][0];
  }
}

const hasNumbers = trace.example.given.length > 0;
const given = new Map(trace.example.given.map(({ value, numbers }) => [value, numbersIn(numbers)]));
const compiled = new Map();

/** Computes everything, or what the loss needs. */
function compute(changes, backward, only) {
  if (!compiled.has(backward)) {
    compiled.set(backward, stepsOf(trace.program.steps
      .filter(([equation, computation]) => backward || !isBackward(equation, computation[1]))));
  }
  const run = new Run(given, changes, only);
  compiled.get(backward).forEach(step => step(run));
  return run;
}
