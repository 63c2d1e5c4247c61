// The data of the page, and what belongs to what in it.
const trace = JSON.parse(document.getElementById("data").textContent);
const equations = trace.equations;
const values = trace.values;
const numberById = new Map(equations.map((e, number) => [e.id, number]));
const nodeById = new Map(trace.graph.nodes.map((node, number) => [node.id, number]));

/** How each recurrence goes through time, by its equation: whether from the end, and how far gradients are carried. */
const loopsOf = (steps, found = new Map()) => {
  for (const [equation, computation] of steps) {
    if (computation[0] === "loop") {
      found.set(equation, { reversed: computation[2], piece: computation[3] });
      loopsOf(computation[computation.length - 1], found);
    }
  }
  return found;
};
const loops = loopsOf(trace.program.steps);

/** The equations that have a place on each line of a source. */
function equationsBySourceLine(source) {
  const lines = new Map();
  equations.forEach((equation, number) => {
    for (const place of equation.places) {
      if (place.source === source) {
        for (let line = place.line; line <= place.endLine; line++) {
          lines.set(line, [...(lines.get(line) || []), number]);
        }
      }
    }
  });
  return lines;
}

/** All equations of a node of the graph and of what is in it. */
function equationsWithin(node) {
  const within = new Set(trace.graph.nodes[node].equations);
  trace.graph.nodes.forEach(({ parent }, inner) => {
    if (parent === node) {
      equationsWithin(inner).forEach(equation => within.add(equation));
    }
  });
  return within;
}

/** The equations that an address means: one by its id, those of a layer by its own, or those of a line of a source. */
function meantBy(address) {
  if (numberById.has(address)) {
    return [numberById.get(address)];
  } else if (nodeById.has(address)) {
    return [...equationsWithin(nodeById.get(address))];
  }
  const colon = address.lastIndexOf(":");
  const line = Number(address.slice(colon + 1));
  const found = new Set();
  trace.sources.forEach((source, number) => {
    if (colon > 0 && source.file === address.slice(0, colon)) {
      (equationsBySourceLine(number).get(line) || []).forEach(e => found.add(e));
    }
  });
  return [...found];
}

/** The equations that stand beside some: the gradients of forward ones, and the other way round. */
function partnersOf(chosen) {
  const found = new Set(chosen.flatMap(number => equations[number].partners)
    .filter(number => equations[number].value >= 0));
  chosen.forEach(number => found.delete(number));
  return found;
}
