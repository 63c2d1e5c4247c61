// The formula of one number, with the numbers put in that it is computed of.
const MOST_TERMS = 8;
const ATOM = 7;
const SUM = 2;
const PRODUCT = 4;

/** What a computation reads, as of some time steps. */
function environment(key) {
  const times = key === "" ? [] : key.split(",").map(Number);
  const now = values.map((_, value) => {
    const depth = keyAt(value, 0) === "" ? 0 : keyAt(value, 0).split(",").length;
    return state.run.kept[value].get(times.slice(0, depth).join());
  });
  return { now, times, joined: 0, keyOf: value => keyAt(value, 0) === "" ? "" : key };
}

/** A number that can be chosen. */
function put(cell, environment) {
  const number = environment.now[cell.value]?.[cell.place];
  const link = make("button", { type: "button", class: "put", title: nameOf(cell) }, written(number));
  link.cell = cell;
  const text = written(number);
  const negative = text.startsWith("−");
  return { nodes: [link], binding: negative ? PRODUCT : ATOM, negative };
}

function plain(content, binding = ATOM) {
  return { nodes: [content], binding };
}

/** In brackets if it binds less tightly, or if its sign would stand behind another. */
const within = (part, least, behind = false) =>
  part.binding < least || behind && part.negative && least >= SUM ? ["(", ...part.nodes, ")"] : part.nodes;

/** A number's formula, at a place of its loop. */
function putNumber(tree, environment, at, joined) {
  if (typeof tree === "number") {
    return { ...plain(written(tree), tree < 0 ? PRODUCT : ATOM), negative: tree < 0 };
  }
  const [kind, ...rest] = tree;
  if (kind === "load") {
    const [value, ...places] = rest;
    const place = offsetOf(value, places)(environment, at);
    return put({ value, key: environment.keyOf(value), place }, environment);
  } else if (kind === "op") {
    const op = trace.program.ops[rest[0]];
    if (op.name === "where") {
      const taken = numberOf(rest[1])(environment, at) ? rest[2] : rest[3];
      return putNumber(taken, environment, at, joined);
    }
    const operands = rest.slice(1).map(part => putNumber(part, environment, at, joined));
    const nodes = op.template.split(/(\{\d\})/).flatMap(piece => /^\{\d\}$/.test(piece)
      ? within(operands[piece[1]], op.operands[piece[1]], piece[1] > 0) : piece === "" ? [] : [piece]);
    return { nodes, binding: op.binding };
  }
  const chosen = chosenOf(tree);
  if (chosen) {
    return putNumber(rest[rest.length - (chosen(environment, at) ? 2 : 1)], environment, at, joined);
  }
  return kind === "joined" ? joined : plain(written(Number(numberOf(tree)(environment, at))));
}

/** Terms, of which some are left out if they are many. */
function joinTerms(count, term, sign, binding, most) {
  const nodes = [];
  for (let i = 0; i < count; i++) {
    if (count > most && i === most - 1) {
      nodes.push(sign, "… " + (count - most) + " more …");
      i = count - 2;
      continue;
    }
    nodes.push(...(i > 0 ? [sign] : []), ...within(term(i), binding, i > 0));
  }
  return { nodes, binding: count > 1 ? binding : ATOM };
}

const PUT_IN = {
  each: ([out, , tree], environment, place) =>
    putNumber(tree, environment, placesOf(lengthsOf(values[out].axes), place)),

  join([out, domain, axes, op, tree, finish], environment, place, most) {
    const own = placesOf(lengthsOf(values[out].axes), place);
    const lengths = lengthsOf(domain);
    const over = axes.map(axis => lengths[axis]);
    const count = over.reduce((product, length) => product * length, 1);
    const at = i => {
      const inner = placesOf(over, i);
      let next = 0;
      return lengths.map((_, axis) => axes.includes(axis) ? inner[axes.indexOf(axis)] : own[next++]);
    };
    const isSum = trace.program.ops[op].name === "add";
    const terms = joinTerms(count, i => putNumber(tree, environment, at(i)), isSum ? " + " : ", ", isSum ? SUM : 0, most);
    const joined = isSum ? terms : { nodes: ["max(", ...terms.nodes, ")"], binding: ATOM };
    return putNumber(finish, environment, own, joined);
  },

  product([, form, left, right, ...extents], environment, place, most) {
    const { from, to, count, fromStep, toStep } = factorsOf(form, ...extents)(place);
    const factor = (value, at) => within(put({ value, key: environment.keyOf(value), place: at }, environment), PRODUCT + 1);
    return joinTerms(count, i => ({
      nodes: [...factor(left, from + i * fromStep), " · ", ...factor(right, to + i * toStep)],
      binding: PRODUCT,
    }), " + ", SUM, most);
  },

  scatter([out, rows, label], environment, place, most) {
    const width = environment.now[rows].length / environment.now[label].length;
    const labelled = [...environment.now[label].keys()]
      .filter(i => environment.now[label][i] === Math.floor(place / width));
    return labelled.length === 0 ? plain("0") : joinTerms(labelled.length, i => put({
      value: rows, key: environment.keyOf(rows), place: labelled[i] * width + place % width,
    }, environment), " + ", SUM, most);
  },

  given: () => plain("drawn at random"),

  same: ([, of], environment, place) => put({ value: of, key: environment.keyOf(of), place }, environment),
};

function placesOf(lengths, place) {
  const at = [];
  let rest = place;
  for (const length of [...lengths].reverse()) {
    at.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return at;
}

/** What a number is computed of, as nodes; nothing if no equation of its own computes it. */
function putIn({ value, key, place }, most = MOST_TERMS) {
  const number = values[value].equation;
  if (number < 0 || equations[number].value !== value) {
    return [];
  }
  const [kind, ...rest] = computations.get(number);
  return PUT_IN[kind](rest, environment(key), place, most).nodes;
}
