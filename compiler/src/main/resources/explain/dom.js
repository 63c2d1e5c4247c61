// Making elements. Text of the model only ever comes in as text.
const MATH = "http://www.w3.org/1998/Math/MathML";
const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; strings become text. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

function makeIn(namespace, name, attributes, children) {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** An element of MathML. */
const makeMath = (name, attributes = {}, ...children) => makeIn(MATH, name, attributes, children);

/** An element of SVG. */
const makeSvg = (name, attributes = {}, ...children) => makeIn(SVG, name, attributes, children);
