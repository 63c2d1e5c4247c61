// Formulas: trees of MathML in which a number stands for a value.

/** A name as it is set: W_f and W1 have indices, p_o_t two of them, dW is the gradient of W, x_tW_i the product of two. */
function setName(name, gradient) {
  if (gradient && /^d./.test(name)) {
    return makeMath("mrow", {}, makeMath("mi", { mathvariant: "normal" }, "d"), setName(name.slice(1), false));
  }
  const factors = name.split(/(?<=_[\p{Ll}\d]+)(?=\p{Lu})/u);
  if (factors.length > 1) {
    return makeMath("mrow", {}, ...factors.map(factor => setName(factor, false)));
  }
  const parts = /^(\p{L}+?)(?:_?(\d+)|_(.+))$/u.exec(name);
  return parts
    ? makeMath("msub", {}, makeMath("mi", {}, parts[1]),
      makeMath(parts[2] ? "mn" : "mi", {}, parts[2] || parts[3].replaceAll("_", ",")))
    : makeMath("mi", {}, name);
}

/** A value in a formula, with its shape below if asked for. */
function setValue(number, depth) {
  const value = values[number];
  const name = setName(value.name, value.role === "GRADIENT");
  const kind = { GRADIENT: "gradient", PARAMETER: "parameter", VALUE: "" }[value.role] ?? "given";
  name.setAttribute("class", ("value " + kind).trim());
  name.dataset.value = number;
  return depth === "shapes"
    ? makeMath("munder", {}, name, makeMath("mtext", { class: "shape" }, value.shape))
    : name;
}

const BRACKETS = { "(": "prefix", "[": "prefix", "{": "prefix", ")": "postfix", "]": "postfix" };

function setTree(tree, depth) {
  if (typeof tree === "number") {
    return setValue(tree, depth);
  }
  if (typeof tree === "string" || tree instanceof Element) {
    return tree;
  }
  const [name, ...children] = tree;
  if (name === "mark") {
    return makeMath("mrow", { class: "mark" }, setTree(children[0], depth));
  }
  const element = makeMath(name, {}, ...children.map(child => setTree(child, depth)));
  if (name === "mo" && BRACKETS[children[0]]) {
    element.setAttribute("form", BRACKETS[children[0]]);
  } else if (name === "mrow" && !element.querySelector("mfrac, munder, mtable")) {
    element.querySelectorAll("mo").forEach(sign => sign.setAttribute("stretchy", "false"));
  }
  return element;
}

/** A formula for the page; its text is what screen readers without MathML read. */
function setFormula(tree, text, depth) {
  return makeMath("math", text ? { alttext: text } : {}, setTree(tree, depth));
}
