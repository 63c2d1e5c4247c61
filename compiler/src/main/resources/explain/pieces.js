// Formulas in pieces, between which a line may break: before a sign, behind a comma, behind an opening bracket.
const BREAKS = [["+", "−"], ["⊙", "·"]];
const IF = "\u00a0if\u00a0";
const ELSE = "\u00a0else\u00a0";
const OTHER_SIGNS = ["=", "≠", "<", ">", "≤", "≥", IF, ELSE];
const WIDE = 24; // letters; what takes fewer stays together

/** A part of a formula, marked or not. */
const bare = tree => tree[0] === "mark" ? tree[1] : tree;

const isSign = (tree, signs) => ["mo", "mtext"].includes(bare(tree)[0]) && signs.includes(bare(tree)[1]);

/** About how many letters wide a tree is set. */
function widthOf(tree, depth) {
  if (typeof tree === "number") {
    const { name, shape } = values[tree];
    return depth === "shapes" ? Math.max(name.length, 0.7 * shape.length) : name.length;
  } else if (!Array.isArray(tree)) {
    return tree.length;
  }
  const widths = tree.slice(1).map(child => widthOf(child, depth));
  return ["mfrac", "munder", "mtable"].includes(tree[0])
    ? Math.max(...widths)
    : widths.reduce((sum, width) => sum + width, 0);
}

/** A formula's terms, each with the sign before it; where there are none, its factors. */
function brokenUp(tree, signs) {
  if (Array.isArray(tree) && tree[0] === "mrow" && tree.length === 4 && isSign(tree[2], signs)) {
    const [first, ...rest] = brokenUp(tree[3], signs);
    return [...brokenUp(tree[1], signs), ["mrow", tree[2], first], ...rest];
  }
  return [tree];
}

/** The children of a row; those of a choice in one line, with a comma by itself. */
function inLine([, ...children]) {
  if (isSign(children[0], ["{"]) && children[1]?.[0] === "mtable") {
    const [[, [, value], [, , condition]], [, [, other]]] = children[1].slice(1);
    return [value, ["mtext", IF], condition, ["mtext", ELSE], other];
  }
  return children.flatMap(child => child[0] === "mtext" && child[1].startsWith(", ")
    ? [["mtext", ",\u00a0"], ["mtext", child[1].slice(2)]]
    : [child]);
}

/**
 * The parts of a tree: lists of trees that stay together in a line, and lists of parts. A part that does not fit
 * into a line begins a new one, and is broken up if it fits into none.
 */
function breakable(tree, depth) {
  if (!Array.isArray(tree) || widthOf(tree, depth) <= WIDE) {
    return [{ together: [tree] }];
  }
  for (const signs of BREAKS) {
    const terms = brokenUp(tree, signs);
    if (terms.length > 1) {
      return terms.map(term => onePart(breakable(term, depth)));
    }
  }
  const [name, base, script] = tree;
  if (name === "msub" || name === "msup") {
    const parts = breakable(base, depth);
    const last = endOf(parts, -1);
    last.together = [[name, ["mrow", ...last.together], script]];
    return parts;
  }
  return name === "mrow" ? breakableRow(inLine(tree), depth) : [{ together: [tree] }];
}

const onePart = parts => parts.length === 1 ? parts[0] : parts;

/** The first or the last of some parts that is no list of parts. */
function endOf(parts, place) {
  const end = parts.at(place);
  return Array.isArray(end) ? endOf(end, place) : end;
}

/** The parts of what stands in a row: a line may break where it may in the children, and at other signs. */
function breakableRow(children, depth) {
  const all = [];
  let mayBreak = true;
  for (const child of children) {
    const parts = breakable(child, depth);
    if (!mayBreak && !isSign(child, OTHER_SIGNS)) {
      endOf(all, -1).together.push(...endOf(parts, 0).together);
      dropFirst(parts);
    }
    all.push(...parts);
    mayBreak = isSign(child, [",\u00a0", ",", ";", "(", "["]);
  }
  return all;
}

function dropFirst(parts) {
  if (Array.isArray(parts[0])) {
    dropFirst(parts[0]);
  } else {
    parts.shift();
  }
}

/** A formula as elements between which a line may break; each is a formula by itself, or has such elements in it. */
function setPieces(tree, depth) {
  const [, left, sign, right] = tree;
  return [setFormula(["mrow", left, sign], "", depth), ...setParts(breakable(right, depth), depth, true)];
}

function setParts(parts, depth, isFirst) {
  return parts.map((part, i) => {
    if (Array.isArray(part)) {
      return make("span", { class: "pieces" }, ...setParts(part, depth, isFirst && i === 0));
    }
    const formula = setFormula(["mrow", ...part.together], "", depth);
    const [first] = part.together;
    const begin = bare(first)[0] === "mrow" ? bare(first)[1] : first;
    if (!(isFirst && i === 0) && bare(begin)[0] === "mo" && isSign(begin, [...BREAKS.flat(), ...OTHER_SIGNS])) {
      formula.querySelector("mo").setAttribute("form", "infix");
    }
    return formula;
  });
}
