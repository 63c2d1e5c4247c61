// Layers for a graph that goes from top to bottom (Sugiyama, Tagawa & Toda, 1981): nodes in layers, so that edges go
// down; in an order by which few of them cross; as straight above one another as that allows.
const LAYER_GAP = 44;
const NODE_GAP = 20;
const SWEEPS = 8;

/**
 * In which layer each node is: one below the lowest that it follows from; what follows from none is above its first,
 * and at the end what has no edges at all.
 */
function layersOf(count, edges) {
  const into = Array.from({ length: count }, () => []);
  const out = Array.from({ length: count }, () => []);
  edges.forEach(({ from, to }) => {
    into[to].push(from);
    out[from].push(to);
  });
  const layers = new Array(count).fill(-1);
  const layerOf = node => {
    if (layers[node] < 0) {
      layers[node] = 1 + Math.max(-1, ...into[node].map(layerOf));
    }
    return layers[node];
  };
  for (let node = 0; node < count; node++) {
    layerOf(node);
  }
  into.forEach((before, node) => {
    if (before.length === 0) {
      layers[node] = out[node].length ? Math.min(...out[node].map(next => layers[next])) - 1 : Math.max(...layers);
    }
  });
  return layers;
}

/** Edges in pieces that go from one layer to the next: where they pass a layer there is a bend, a node without size. */
function piecesOf(sizes, edges, layers) {
  const nodes = sizes.map(({ width, height }, node) => ({ width, height, layer: layers[node], above: [], below: [] }));
  const paths = edges.map(({ from, to }) => {
    const path = [from];
    for (let layer = layers[from] + 1; layer < layers[to]; layer++) {
      path.push(nodes.length);
      nodes.push({ width: 2, height: 0, layer, above: [], below: [] });
    }
    path.push(to);
    for (let i = 1; i < path.length; i++) {
      nodes[path[i - 1]].below.push(path[i]);
      nodes[path[i]].above.push(path[i - 1]);
    }
    return path;
  });
  return { nodes, paths };
}

const mean = numbers => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

function crossings(rows, nodes) {
  let count = 0;
  for (const row of rows) {
    const ends = row.flatMap((node, i) => nodes[node].below.map(next => [i, nodes[next].at]));
    for (let i = 0; i < ends.length; i++) {
      for (let j = 0; j < i; j++) {
        count += (ends[i][0] - ends[j][0]) * (ends[i][1] - ends[j][1]) < 0 ? 1 : 0;
      }
    }
  }
  return count;
}

/** Orders each row by where its neighbours are on the average, down and up again, and keeps the best that is met. */
function orderRows(nodes) {
  let rows = [];
  nodes.forEach((node, i) => (rows[node.layer] ??= []).push(i));
  rows = Array.from(rows, row => row ?? []);
  const number = () => rows.forEach(row => row.forEach((node, at) => { nodes[node].at = at; }));
  number();
  let best = { rows: rows.map(row => [...row]), crossed: crossings(rows, nodes) };
  for (let sweep = 0; sweep < SWEEPS && best.crossed > 0; sweep++) {
    const side = sweep % 2 === 0 ? "above" : "below";
    for (const row of side === "above" ? rows : [...rows].reverse()) {
      const wish = new Map(row.map(node => [node, nodes[node][side].length
        ? mean(nodes[node][side].map(next => nodes[next].at)) : nodes[node].at]));
      row.sort((a, b) => wish.get(a) - wish.get(b));
      row.forEach((node, at) => { nodes[node].at = at; });
    }
    const crossed = crossings(rows, nodes);
    if (crossed < best.crossed) {
      best = { rows: rows.map(row => [...row]), crossed };
    }
  }
  rows = best.rows;
  number();
  return rows;
}

/** Places as near to those that are wished for as can be without overlap: the least squares by pooling neighbours. */
function placeRow(row, nodes, wishes) {
  const pools = [];
  let offset = 0;
  row.forEach((node, i) => {
    offset += i > 0 ? (nodes[row[i - 1]].width + nodes[node].width) / 2 + NODE_GAP : 0;
    let pool = { sum: wishes[i] - offset, count: 1, members: [[node, offset]] };
    while (pools.length && pools[pools.length - 1].sum / pools[pools.length - 1].count > pool.sum / pool.count) {
      const before = pools.pop();
      pool = { sum: before.sum + pool.sum, count: before.count + pool.count, members: [...before.members, ...pool.members] };
    }
    pools.push(pool);
  });
  pools.forEach(({ sum, count, members }) =>
    members.forEach(([node, behind]) => { nodes[node].x = sum / count + behind; }));
}

/**
 * Where nodes of some sizes are, as { x, y } of their upper left corners, and by which points edges go.
 */
function layered(sizes, edges) {
  const { nodes, paths } = piecesOf(sizes, edges, layersOf(sizes.length, edges));
  const rows = orderRows(nodes);
  rows.forEach(row => placeRow(row, nodes, row.map(() => 0)));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const side = sweep % 2 === 0 ? "above" : "below";
    for (const row of side === "above" ? rows : [...rows].reverse()) {
      placeRow(row, nodes, row.map(node => nodes[node][side].length
        ? mean(nodes[node][side].map(next => nodes[next].x)) : nodes[node].x));
    }
  }
  const left = Math.min(0, ...nodes.map(node => node.x - node.width / 2));
  let y = 0;
  rows.forEach(row => {
    const height = Math.max(0, ...row.map(node => nodes[node].height));
    row.forEach(node => {
      nodes[node].y = y + (height - nodes[node].height) / 2;
      nodes[node].passes = [y, y + height];
    });
    y += height + LAYER_GAP;
  });
  nodes.forEach(node => { node.x -= left; });
  return {
    places: nodes.slice(0, sizes.length).map(node => ({ x: node.x - node.width / 2, y: node.y })),
    paths: paths.map(path => path.slice(1, -1).flatMap(node => nodes[node].passes.map(at => ({ x: nodes[node].x, y: at })))),
    width: Math.max(0, ...nodes.map(node => node.x + node.width / 2)),
    height: Math.max(0, y - LAYER_GAP),
  };
}
