// The network as a graph. What is applied can be unfolded, and has its own expressions in it.
const { nodes, edges } = trace.graph;
const NETWORK = -1;
const APPLIED = ["layer", "cell", "function"];
const TERMINALS = ["input", "target", "output"];
const PADDING = 14;
const unfolded = new Set();
const insideOf = new Map([[NETWORK, []], ...nodes.map((_, number) => [number, []])]);
nodes.forEach((node, number) => insideOf.get(node.parent).push(number));

/** Of a node within another one, what lies directly in that one; undefined if it is not within it. */
function childWithin(number, around) {
  let at = number;
  while (at >= 0 && nodes[at].parent !== around) {
    at = nodes[at].parent;
  }
  return at >= 0 ? at : undefined;
}

/** What is drawn in a node, or in the network: the nodes in it, what comes in from outside, and what goes out. */
function levelOf(around) {
  const parts = insideOf.get(around).map(node => ({ node }));
  const byKey = new Map(parts.map(part => [part.node, part]));
  const terminal = (key, about) => {
    if (!byKey.has(key)) {
      byKey.set(key, about);
      parts.push(about);
    }
    return byKey.get(key);
  };
  const links = new Map();
  for (const edge of edges) {
    const [from, to] = [childWithin(edge.from, around), childWithin(edge.to, around)];
    const elsewhere = from === undefined && to === undefined;
    if (elsewhere || from === to && (isApplied(from) || !edge.before)) {
      continue;
    }
    const key = edge.from + " " + edge.value;
    const source = edge.before || from === undefined
      ? terminal("in " + edge.before + key, { comes: edge, before: edge.before }) : byKey.get(from);
    const target = edge.before && to === undefined ? undefined
      : to === undefined ? terminal("out " + key, { goes: edge }) : byKey.get(to);
    if (target) {
      const shape = from === undefined || edge.before ? edge.read : to === undefined ? edge.produced : edge.handed;
      links.set([parts.indexOf(source), parts.indexOf(target), key].join(), { source, target, key, edge, shape });
    }
  }
  return { parts, links: [...links.values()] };
}

const isApplied = number => APPLIED.includes(nodes[number].kind);
const valueName = edge => edge.value || nodes[edge.from].name;

/** Something that can be chosen, if equations belong to it. */
function named(element, address, own, name) {
  if (own.size && address) {
    element.classList.add("part");
    element.dataset.equations = [...own].join(" ");
    return make("a", { class: "name", href: "#" + encodeURIComponent(address) }, name);
  }
  return make("span", { class: "name" }, name);
}

function terminalElement({ comes, goes, before }) {
  const edge = comes ?? goes;
  const element = make("div", { class: "node terminal" + (before ? " before" : "") });
  const from = nodes[edge.from];
  const said = valueName(edge) + (before ? " of the time step before" : "");
  element.append(named(element, from.id, new Set(from.equations), said));
  return element;
}

/** How many numbers the parameters have that a node and what is in it read. */
function parametersWithin(number) {
  const own = new Set(nodes[number].parameters);
  insideOf.get(number).forEach(inner => parametersWithin(inner).forEach(value => own.add(value)));
  return own;
}

const sizeOfAll = parameters => [...parameters].reduce((sum, value) => sum + sizeOf(values[value].axes), 0);

/** What stands in a node below its name. */
function aboutNode(number) {
  const { kind, text, parameters } = nodes[number];
  if (isApplied(number)) {
    const within = parametersWithin(number);
    const numbers = within.size ? ", " + within.size + (within.size === 1 ? " parameter of " : " parameters of ")
      + sizeOfAll(within) + " numbers" : "";
    return [make("span", { class: "about" }, kind + numbers)];
  }
  if (TERMINALS.includes(kind)) {
    const alone = edges.every(edge => edge.from !== number && edge.to !== number);
    return [make("span", { class: "about" }, kind + (alone ? " " + text : ""))];
  }
  return [make("code", { title: text }, text),
    ...(parameters.length ? [make("span", { class: "parameters" }, parameters.map(value => values[value].name
      + " " + values[value].shape).join(", "))] : [])];
}

function nodeElement(number, redraw) {
  const { id, kind, name } = nodes[number];
  const element = make("div", { class: "node " + kind + (unfolded.has(number) ? " unfolded" : "") });
  element.dataset.node = number;
  const head = make("div", { class: "node-head" }, named(element, id, equationsWithin(number), name));
  if (isApplied(number)) {
    const open = unfolded.has(number);
    const fold = make("button", { type: "button", class: "fold", "aria-expanded": open,
      "aria-label": (open ? "Fold " : "Unfold ") + name }, open ? "▾" : "▸");
    fold.addEventListener("click", () => redraw(number));
    head.prepend(fold);
    const source = make("button", { type: "button", class: "to-source", "aria-label": "Source of " + name }, "source");
    source.addEventListener("click", () => showDeclaration(nodes[number].places[0]));
    head.append(source);
  }
  element.append(head, ...aboutNode(number));
  return element;
}

/** A curve from one point down to another, by others between them. */
function curve(points) {
  const [first, ...rest] = points;
  let path = `M${first.x},${first.y}`;
  let from = first;
  for (const to of rest) {
    const half = (to.y - from.y) / 2;
    path += `C${from.x},${from.y + half} ${to.x},${to.y - half} ${to.x},${to.y}`;
    from = to;
  }
  return path;
}

/** Draws what is in a node; says how great it is. Elements must be in the page, to be measured. */
function drawLevel(around, place, redraw) {
  const { parts, links } = levelOf(around);
  const lines = makeSvg("svg", { "aria-hidden": "true" });
  place.append(lines);
  for (const part of parts) {
    part.element = part.node === undefined ? terminalElement(part) : nodeElement(part.node, redraw);
    place.append(part.element);
    if (unfolded.has(part.node)) {
      const inner = make("div", { class: "inner" });
      part.element.append(inner);
      const { width, height } = drawLevel(part.node, inner, redraw);
      inner.style.width = width + "px";
      inner.style.height = height + "px";
    }
  }
  const sizes = parts.map(({ element }) => ({ width: element.offsetWidth, height: element.offsetHeight }));
  const plan = layered(sizes, links.map(link => ({ from: parts.indexOf(link.source), to: parts.indexOf(link.target) })));
  parts.forEach((part, i) => {
    Object.assign(part, plan.places[i], sizes[i]);
    part.element.style.left = part.x + "px";
    part.element.style.top = part.y + "px";
  });
  drawLinks(links, plan, lines, place);
  lines.setAttribute("width", plan.width);
  lines.setAttribute("height", plan.height);
  return plan;
}

/** Each value leaves its node at a place of its own, where its shape stands once. */
function drawLinks(links, plan, lines, place) {
  const ports = new Map();
  links.forEach(({ source, key }) => ports.set(source, new Set([...(ports.get(source) ?? []), key])));
  links.forEach(({ source, target, key, edge, shape }, i) => {
    const keys = [...ports.get(source)];
    const start = { x: source.x + source.width * (keys.indexOf(key) + 1) / (keys.length + 1), y: source.y + source.height };
    const end = { x: target.x + target.width / 2, y: target.y };
    const path = makeSvg("path", { d: curve([start, ...plan.paths[i], { ...end, y: end.y - 5 }]),
      class: "edge" + (source.before ? " before" : "") });
    lines.append(path, makeSvg("path", { d: `M${end.x - 4},${end.y - 7}L${end.x},${end.y}L${end.x + 4},${end.y - 7}Z`, class: "tip" }));
    source.said ??= new Set();
    if (!source.said.has(key)) {
      source.said.add(key);
      const label = make("span", { class: "edge-shape" }, (keys.length > 1 ? valueName(edge) + " " : "") + shape);
      label.style.left = start.x + 6 + "px";
      label.style.top = start.y + 2 + "px";
      place.append(label);
    }
  });
}

/** Draws the graph anew, as far as it is unfolded; the focus stays on the node that it was on. */
function drawGraph(pane, focused) {
  const place = make("div", { class: "graph" });
  pane.querySelector(".graph")?.remove();
  pane.querySelector(".graph-tools").after(place);
  const { width, height } = drawLevel(NETWORK, place, number => {
    fold(number);
    drawGraph(pane, number);
  });
  place.style.width = width + "px";
  place.style.height = height + "px";
  markAgain();
  const element = place.querySelector(`[data-node="${focused}"] .fold`);
  element?.focus({ preventScroll: true });
  (element ?? place.querySelector(".node")).scrollIntoView({ block: "nearest", inline: "center" });
}

/** Below the graph, the formulas of what is chosen, and those of its gradients. */
function showFormulas(chosen, partners) {
  const link = number => {
    const { id, text, formula } = equations[number];
    return make("a", { class: "formula", href: "#" + encodeURIComponent(id), "aria-label": text },
      make("span", { class: "pieces" }, ...setPieces(formula, "symbols")));
  };
  const column = (title, numbers) => make("div", {}, make("h2", {}, title),
    ...numbers.filter(number => equations[number].value >= 0).map(link));
  const isBackward = number => equations[number].part === "backward";
  const all = [...chosen, ...partners];
  document.getElementById("graph-formulas").replaceChildren(...(chosen.length ? [
    column("Formula", all.filter(number => !isBackward(number))),
    column("Gradients", all.filter(isBackward))] : []));
}

function fold(number) {
  if (!unfolded.delete(number)) {
    unfolded.add(number);
  }
}

/** The pane of the graph, which is drawn when it is first seen. */
function showGraph(pane) {
  const all = nodes.map((_, number) => number).filter(isApplied);
  const button = (text, numbers) => {
    const element = make("button", { type: "button" }, text);
    element.addEventListener("click", () => {
      unfolded.clear();
      numbers.forEach(number => unfolded.add(number));
      drawGraph(pane);
    });
    return element;
  };
  pane.append(make("div", { class: "graph-tools" }, button("Unfold all", all), button("Fold all", [])));
  pane.addEventListener("keydown", event => {
    const number = Number(event.target.closest(".node")?.dataset.node ?? NETWORK);
    const opens = { ArrowRight: true, ArrowLeft: false }[event.key];
    if (number >= 0 && isApplied(number) && opens === !unfolded.has(number)) {
      fold(number);
      drawGraph(pane, number);
    }
  });
}
