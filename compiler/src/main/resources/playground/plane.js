// The plane of a network with two inputs: its output as colours, the points of the data, and drawing more of them.
import { Cells, colourOf, css, greatestOf, mixed, paintPicture, palette, written } from "/cells.js";
import { make } from "/formulas.js";
import { floats } from "/server.js";

const CLASSES = [[46, 134, 171], [226, 120, 45], [95, 150, 75], [150, 95, 165], [190, 160, 50], [200, 80, 110],
  [70, 160, 150], [120, 120, 130]];

export const classColour = k => CLASSES[k % CLASSES.length];

const SIZE = 320;

export class Plane {
  constructor(figure, { draw, drawn }) {
    this.figure = figure;
    this.tools = draw;
    this.drawn = drawn;
    this.brush = 0;
  }

  /** A run begins. */
  open(fixed, drawable) {
    this.fixed = fixed;
    this.points = floats(fixed.points);
    this.targets = floats(fixed.targets);
    this.low = Math.min(...this.targets, 0);
    this.high = Math.max(...this.targets, this.low + 1e-6);
    this.cells = new Cells({
      label: "The output over the plane of " + fixed.input, columns: fixed.side, rows: fixed.side,
      width: SIZE, height: SIZE,
      text: place => this.textAt(place),
      choose: place => drawable && this.add(place),
    });
    this.cells.element.classList.toggle("drawable", drawable);
    this.cells.element.id = "plane";
    const said = drawable ? "Click to add a point of the chosen kind."
      : "The points are those of the training part.";
    this.figure.replaceChildren(this.cells.element, make("figcaption", {}, said));
    this.showTools(drawable);
  }

  showTools(drawable) {
    this.tools.hidden = !drawable;
    if (drawable) {
      const kinds = Math.max(2, this.fixed.classes);
      this.tools.replaceChildren("Draw ", ...Array.from({ length: kinds }, (_, k) => {
        const button = make("button", { type: "button", "aria-pressed": k === this.brush }, "kind " + k);
        button.style.setProperty("--kind", css(classColour(k)));
        button.addEventListener("click", () => {
          this.brush = k;
          this.showTools(true);
        });
        return button;
      }), this.button("Undo", () => this.drawn.undo()), this.button("Clear", () => this.drawn.clear()));
    }
  }

  button(text, act) {
    const button = make("button", { type: "button" }, text);
    button.addEventListener("click", act);
    return button;
  }

  /** The place of a point of the plane, in what the network sees. */
  at(place) {
    const { low, high, side } = this.fixed;
    const [column, row] = [place % side, side - 1 - Math.floor(place / side)];
    return [low[0] + (high[0] - low[0]) * column / (side - 1), low[1] + (high[1] - low[1]) * row / (side - 1)];
  }

  /** The same in the data's own numbers. */
  original([x, y]) {
    const { shift, scale } = this.fixed;
    return [x * scale[0] + shift[0], y * scale[1] + shift[1]];
  }

  add(place) {
    this.drawn.add(...this.original(this.at(place)), this.brush);
  }

  textAt(place) {
    const where = this.original(this.at(place)).map(number => written(number, 3)).join(", ");
    const { count } = this.output;
    const numbers = Array.from({ length: count }, (_, k) => written(this.numbers[place * count + k], 3));
    return this.fixed.input + " = (" + where + "): " + this.output.name + " = " + numbers.join(", ");
  }

  show({ output }) {
    this.output = output;
    this.numbers = floats(output.numbers);
    const picture = paintPicture(this.fixed.side, point => this.colourAt(point));
    this.cells.show((context, width, height) => {
      picture(context, width, height);
      this.drawPoints(context, width, height);
    });
  }

  colourAt(point) {
    const { count } = this.output;
    const { none } = palette();
    if (count === 1) {
      const middle = (this.low + this.high) / 2;
      return colourOf(this.numbers[point] - middle, (this.high - this.low) / 2);
    }
    let best = 0;
    for (let k = 1; k < count; k++) {
      best = this.numbers[point * count + k] > this.numbers[point * count + best] ? k : best;
    }
    const share = Math.max(0, Math.min(1, (this.numbers[point * count + best] - 1 / count) / (1 - 1 / count)));
    return mixed(none, classColour(best), 0.12 + 0.5 * share);
  }

  pointColour(target) {
    if (this.fixed.classes > 0) {
      return css(classColour(target));
    }
    const far = (target - (this.low + this.high) / 2) / ((this.high - this.low) / 2);
    const { none, ink } = palette();
    return css(mixed(mixed(none, ink, 0.2), classColour(far > 0 ? 1 : 0), Math.sqrt(Math.min(1, Math.abs(far)))));
  }

  drawPoints(context, width, height) {
    const { low, high } = this.fixed;
    const { none } = palette();
    for (let i = 0; i < this.points.length / 2; i++) {
      const x = (this.points[2 * i] - low[0]) / (high[0] - low[0]) * width;
      const y = height - (this.points[2 * i + 1] - low[1]) / (high[1] - low[1]) * height;
      context.beginPath();
      context.arc(x, y, 3.6, 0, 7);
      context.fillStyle = this.pointColour(this.targets[i]);
      context.fill();
      context.strokeStyle = css(none);
      context.lineWidth = 1.2;
      context.stroke();
    }
  }
}

/** What a unit is over the plane. */
export function unitPicture(numbers, count, k, side) {
  const own = Float32Array.from({ length: side * side }, (_, point) => numbers[point * count + k]);
  const greatest = greatestOf(own);
  return { own, paint: paintPicture(side, point => colourOf(own[point], greatest)) };
}
