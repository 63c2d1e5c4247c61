// Making elements. Text of the model only ever comes in as text.
const MATH = "http://www.w3.org/1998/Math/MathML";

/** An element with attributes and children; strings become text. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** An element of MathML. */
function makeMath(name, attributes = {}, ...children) {
  const element = document.createElementNS(MATH, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}
