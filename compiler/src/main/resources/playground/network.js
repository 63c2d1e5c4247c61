// The network as it flows: each equation with what it computes, its parameters and the gradients.
import { Cells, css, greatestOf, paintMatrix, palette, written } from "/cells.js";
import { make, setFormula } from "/formulas.js";
import { unitPicture } from "/plane.js";
import { floats } from "/server.js";

const MOST_ROWS = 6;
const MOST_COLUMNS = 32;
const WIDTH = 190;

/** How a value's numbers are laid out: rows of the last axis, an example or a time step each. */
function layout(axes, count, steps) {
  const last = axes.length > 0 && axes[axes.length - 1] > 0 ? axes[axes.length - 1] : 1;
  const columns = Math.min(last, MOST_COLUMNS);
  const rows = Math.max(1, Math.min(Math.floor(count / last), steps ? 24 : MOST_ROWS));
  return { columns, rows, width: last };
}

const cellOf = (columns, most) => Math.max(4, Math.min(most, Math.floor(WIDTH / columns)));

export class Network {
  /** @param point is called with what is pointed at: { value, place } */
  constructor(element, point) {
    this.element = element;
    this.point = point;
  }

  /** A run begins. */
  open(trace, fixed) {
    this.trace = trace;
    this.fixed = fixed;
    this.shown = new Map();
    this.numbers = new Map();
    this.parameters = trace.values.map((v, i) => i).filter(i => trace.values[i].role === "PARAMETER");
    this.gradientOf = new Map();
    trace.equations.forEach(e => e.gradientOf.forEach(v => this.gradientOf.set(v, e.value)));
    const products = new Set(trace.program.steps.flatMap(productsIn));
    const rows = trace.equations.map((e, number) => ({ e, number })).filter(({ e }) => e.part !== "backward");
    this.element.replaceChildren(...rows.map(({ e, number }) => this.row(e, number, products)));
  }

  row(e, number, products) {
    const row = make("div", { class: e.value < 0 ? "flow loop-begin" : "flow", "data-equation": number });
    if (e.loop >= 0) {
      row.classList.add("in-loop");
    }
    if (e.value < 0) {
      row.append(make("span", {}, "at each time step, " + e.id));
      return row;
    }
    const head = make("button", { type: "button", class: "formula", "aria-label": e.text }, setFormula(e.formula, e.text, "symbols"));
    head.addEventListener("click", () => this.point({ value: e.value, place: -1, equation: number }));
    const pictures = make("div", { class: "pictures" });
    row.append(head, pictures);
    this.trace.equations[number].reads.filter(v => this.parameters.includes(v) && !this.placed(v))
      .forEach(v => pictures.append(this.holder(v, "parameter"), this.holder(this.gradientOf.get(v), "gradient", v)));
    if (!products.has(e.value)) {
      pictures.append(this.holder(e.value, "value"));
      const gradient = this.gradientOf.get(e.value);
      if (gradient !== undefined && gradient >= 0) {
        pictures.append(this.holder(gradient, "gradient"));
      }
    }
    return row;
  }

  placed(value) {
    return [...this.shown.keys()].includes(value);
  }

  /** A place for a value's picture. */
  holder(value, kind, parameter) {
    if (value === undefined || value < 0 || this.shown.has(value)) {
      return "";
    }
    const { name, shape } = this.trace.values[value];
    const canvas = make("div", { class: "canvas" });
    const small = make("small", {}, " " + shape);
    const figure = make("figure", { class: kind }, make("figcaption", {}, name, small), canvas);
    this.shown.set(value, { canvas, small, kind, parameter, cells: null });
    return figure;
  }

  show(seen) {
    const side = this.fixed.plane?.unitSide;
    const units = new Map((seen.plane?.units ?? []).map(unit => [unit.name, unit]));
    seen.parameters.forEach((text, i) => this.numbers.set(this.parameters[i], { numbers: floats(text), steps: 0 }));
    for (const { value, steps, count, numbers } of seen.values ?? []) {
      if (!this.parameters.includes(value)) {
        this.numbers.set(value, { numbers: floats(numbers), steps, count });
      }
    }
    seen.gradients.forEach((text, i) =>
      this.numbers.set(this.gradientOf.get(this.parameters[i]), { numbers: floats(text), steps: 0 }));
    for (const [value, holder] of this.shown) {
      const unit = units.get(this.trace.values[value].name);
      if (holder.kind === "value" && unit) {
        this.showUnits(value, holder, unit, side);
      } else if (this.numbers.has(value)) {
        this.showNumbers(value, holder, this.numbers.get(value));
      }
    }
  }

  showUnits(value, holder, { name, count, numbers }, side) {
    const all = floats(numbers);
    const size = count > 24 ? 26 : count > 8 ? 34 : 44;
    holder.pictures ??= Array.from({ length: count }, (_, k) => {
      const cells = new Cells({ label: name + "[" + k + "] over the plane", columns: side, rows: side, width: size,
        height: size, text: place => name + "[" + k + "] = " + written(holder.own[k][place]),
        choose: () => this.point({ value, place: k, unit: true }) });
      holder.canvas.append(cells.element);
      return cells;
    });
    holder.own = [];
    holder.pictures.forEach((cells, k) => {
      const { own, paint } = unitPicture(all, count, k, side);
      holder.own.push(own);
      cells.show(paint);
    });
  }

  showNumbers(value, holder, { numbers, steps, count }) {
    const { axes, name, role } = this.trace.values[value];
    const { columns, rows, width } = layout(axes, count ?? numbers.length, steps);
    const parameter = role === "PARAMETER" || holder.parameter !== undefined;
    const all = parameter ? Math.max(1, Math.min(MOST_COLUMNS, Math.floor(numbers.length / width))) : rows;
    const place = cell => Math.floor(cell / columns) * width + cell % columns;
    if (!holder.cells || holder.cells.columns !== columns || holder.cells.rows !== all) {
      holder.cells = new Cells({ label: name, columns, rows: all, cell: cellOf(columns, parameter ? 16 : 10),
        text: cell => this.nameOf(value, place(cell), steps) + " = " + written(this.numbers.get(value).numbers[place(cell)]),
        choose: cell => this.point({ value, place: place(cell) }) });
      holder.canvas.replaceChildren(holder.cells.element);
if (steps) {
        holder.small.textContent = " at each t ↓";
      }
    }
    const greatest = greatestOf(numbers);
    const shown = Float32Array.from({ length: columns * all }, (_, cell) => numbers[place(cell)]);
    holder.cells.show(paintMatrix(shown, columns, all, greatest));
  }

  /** A number's name, such as W1[0, 3]; at which time step it is, comes first. */
  nameOf(value, place, steps) {
    const { axes, name } = this.trace.values[value];
    const lengths = axes.map(length => length < 0 ? 0 : length);
    const at = [];
    let rest = place;
    for (let axis = lengths.length - 1; axis >= 0; axis--) {
      at.unshift(lengths[axis] ? rest % lengths[axis] : rest);
      rest = lengths[axis] ? Math.floor(rest / lengths[axis]) : 0;
    }
    if (steps) {
      at.shift();
      return name + (at.length ? "[" + at.join(", ") + "]" : "") + " at t = " + rest;
    }
    return at.length ? name + "[" + at.join(", ") + "]" : name;
  }

  /** Marks the equations that belong to what is pointed at. */
  mark(equations) {
    this.element.querySelectorAll(".flow").forEach(row =>
      row.classList.toggle("chosen", equations.includes(Number(row.dataset.equation))));
  }

  redraw() {
    for (const { cells, pictures } of this.shown?.values() ?? []) {
      cells?.draw();
      pictures?.forEach(picture => picture.draw());
    }
  }
}

/** The values that are products of matrices: what follows from them, with the bias, says more. */
function productsIn([, [kind, ...rest]]) {
  return kind === "product" ? [rest[0]] : kind === "loop" ? rest[6].flatMap(productsIn) : [];
}
