// What is pointed at: its equation and its gradient's, the update with its numbers, and the lines of Java.
import { written } from "/cells.js";
import { make, makeMath, setFormula, setName, setTree } from "/formulas.js";
import { ask } from "/server.js";

const MOST_LINES = 16;
const PERIOD = 400;

/** The longest piece of textbook Java that computes an equation, of lines that no smaller piece has. */
function javaOf(trace, equation) {
  const file = trace.files.find(each => each.target === "textbook");
  const byLine = new Map();
  for (const piece of [...file.pieces].sort((a, b) => (b.to - b.from) - (a.to - a.from))) {
    for (let line = piece.from; line <= piece.to; line++) {
      byLine.set(line, piece.equations);
    }
  }
  const groups = [];
  for (const line of [...byLine.keys()].filter(each => byLine.get(each).includes(equation)).sort((a, b) => a - b)) {
    const last = groups[groups.length - 1];
    last?.[last.length - 1] === line - 1 ? last.push(line) : groups.push([line]);
  }
  const text = file.text.split("\n");
  const lines = groups.reduce((most, group) => group.length > most.length ? group : most, [])
    .slice(0, MOST_LINES).map(line => text[line - 1]);
  const indent = Math.min(...lines.filter(line => line.trim()).map(line => line.search(/\S/)));
  return lines.map(line => line.slice(indent)).join("\n");
}

function equationPart(trace, number, title) {
  const e = trace.equations[number];
  return make("div", { class: e.part === "backward" ? "part backward-side" : "part forward-side" },
    make("h3", {}, title), make("div", { class: "math" }, setFormula(e.formula, e.text, "shapes")),
    ...e.reasons.map(reason => make("p", { class: "reason" }, reason)),
    make("pre", {}, javaOf(trace, number)));
}

/** A number within a formula; below 0 in brackets. */
function number(value) {
  const text = ["mn", written(value)];
  return value < 0 ? ["mrow", ["mo", "("], text, ["mo", ")"]] : text;
}

/** A line of the update: as it is written, and with the numbers put in. */
function updateLine({ formula, names, numbers, result }, constants) {
  const put = (which, constant) => tree => typeof tree === "number" ? which(tree)
    : !Array.isArray(tree) ? tree : tree[0] === "mi" && constant(tree[1]) !== undefined ? ["mn", written(constant(tree[1]))]
    : [tree[0], ...tree.slice(1).map(put(which, constant))];
  const withNames = put(k => setName(names[k], false), () => undefined)(formula);
  const [, , , right] = put(k => number(numbers[k]), name => constants[name])(formula);
  return make("div", { class: "math update" },
    makeMath("math", { displaystyle: "true" }, setTree(withNames, "symbols"), makeMath("mo", {}, "="),
      makeMath("mn", { class: "result" }, written(result, 6))),
    makeMath("math", { displaystyle: "true", class: "numbers" }, makeMath("mo", {}, "="), setTree(right, "symbols")));
}

export class Pointed {
  constructor(element, { mark, inside }) {
    this.element = element;
    this.marks = mark;
    this.inside = inside;
    this.at = null;
  }

  open(run, trace, network) {
    [this.run, this.trace, this.network] = [run, trace, network];
    const same = this.at && trace.values[this.at.value]?.name === this.at.name ? this.at : null;
    this.at = same;
    if (!same) {
      this.element.replaceChildren(make("p", { class: "hint" },
        "Point at a cell, a unit or an equation: here is what it is, how it is computed, "
        + "and what the next step does to it."));
    }
  }

  /** Points at a value, or at one of its numbers. */
  point(at) {
    this.at = { ...at, name: this.trace.values[at.value].name };
    const { forward, backward } = this.equations();
    this.marks([...forward, ...backward]);
    this.show();
  }

  /** The run went on: shows the new numbers, now and then while it plays. */
  follow(playing) {
    if (this.at && (!playing || performance.now() - this.shown > PERIOD)) {
      this.show();
    }
  }

  /** The equations of what is pointed at: forward, then backward. */
  equations() {
    const { values, equations } = this.trace;
    const target = values[this.at.value].role === "GRADIENT"
      ? equations.find(e => e.value === this.at.value)?.gradientOf[0] ?? -1 : this.at.value;
    const forward = target < 0 ? [] : values[target].role === "PARAMETER"
      ? equations.flatMap((e, i) => e.part !== "backward" && e.reads.includes(target) ? [i] : [])
      : [values[target].equation].filter(e => e >= 0);
    const backward = equations.flatMap((e, i) =>
      e.part === "backward" && (e.value === this.at.value || e.gradientOf.includes(target)) ? [i] : []);
    return { forward, backward, target };
  }

  async show() {
    this.shown = performance.now();
    const { at } = this;
    const { value, place, unit } = at;
    const { forward, backward, target } = this.equations();
    const { values, equations } = this.trace;
    const found = this.network.numbers?.get(value);
    const single = place >= 0 && !unit && found;
    const name = single ? this.network.nameOf(value, place, found.steps) : values[value].name;
    const head = make("h2", {}, name, make("small", {}, " " + values[value].shape));
    const parts = [head];
    if (values[value].note) {
      parts.push(make("p", { class: "note" }, values[value].note));
    }
    if (single) {
      parts.push(make("p", { class: "now" }, "now " + written(found.numbers[place], 6), this.gradientSaid(value, place)));
    }
    const parameter = this.network.parameters.indexOf(target);
    if (parameter >= 0 && place >= 0) {
      parts.push(await this.update(parameter, place));
    }
    forward.forEach(e => parts.push(equationPart(this.trace, e, values[target].role === "PARAMETER" ? "It is read by" : "It is")));
    backward.forEach(e => parts.push(equationPart(this.trace, e, "Its gradient")));
    if (at !== this.at) {
      return; // something else is pointed at by now
    }
    const inside = make("button", { type: "button" }, "Look inside with all numbers");
    inside.addEventListener("click", () => this.inside(equations[[...forward, ...backward][0]]?.id ?? ""));
    this.element.replaceChildren(...parts, inside);
  }

  gradientSaid(value, place) {
    const gradient = this.network.gradientOf.get(value);
    const numbers = gradient === undefined ? undefined : this.network.numbers.get(gradient)?.numbers;
    return numbers === undefined || numbers[place] === undefined ? "" : ", its gradient " + written(numbers[place], 6);
  }

  /** What the next step does to one number of a parameter. */
  async update(parameter, place) {
    const answer = await ask("/update", { run: this.run, parameter, place });
    if (!answer.lines) {
      return "";
    }
    return make("div", { class: "part" }, make("h3", {}, "The next step: " + answer.optimizer),
      ...answer.lines.map(line => updateLine(line, answer.constants)));
  }
}
