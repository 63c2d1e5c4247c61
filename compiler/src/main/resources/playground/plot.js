// Lines over steps, time or examples.
import { css, palette, say, written } from "/cells.js";
import { make } from "/formulas.js";

const PAD = { left: 44, right: 8, top: 8, bottom: 18 };

/** Numbers that axes are marked with: a few round ones between two. */
function marks(low, high) {
  const step = 10 ** Math.floor(Math.log10((high - low) / 2 || 1));
  const wide = [1, 2, 5].map(k => k * step).find(s => (high - low) / s <= 4) ?? 10 * step;
  const found = [];
  for (let mark = Math.ceil(low / wide) * wide; mark <= high + wide * 1e-9; mark += wide) {
    found.push(Number(mark.toPrecision(12)));
  }
  return found;
}

/**
 * A chart. Each line is { numbers, from, colour, width, name }: its number at `from + i`.
 */
export class Plot {
  constructor(label, height) {
    this.label = label;
    this.height = height;
    this.canvas = make("canvas", { role: "img", "aria-label": label });
    this.lines = [];
    new ResizeObserver(() => requestAnimationFrame(() => this.draw())).observe(this.canvas);
    this.canvas.style.height = height + "px";
    this.canvas.addEventListener("pointermove", event => say(this.textAt(event), event));
    this.canvas.addEventListener("pointerleave", () => say(""));
  }

  show(lines, axis, said) {
    this.lines = lines;
    this.axis = axis;
    this.canvas.setAttribute("aria-label", said ?? this.label);
    this.draw();
  }

  bounds() {
    const all = this.lines.flatMap(line => [...line.numbers].filter(Number.isFinite));
    if (all.length === 0) {
      return [0, 1];
    }
    const sorted = Float64Array.from(all).sort();
    const [low, high] = [sorted[0], sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.995))]];
    return [Math.min(low, low > 0 ? 0 : low), high > low ? high * (high > 0 ? 1.04 : 1) : low + 1];
  }

  textAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const [from, to] = this.extent();
    const share = (event.clientX - box.left - PAD.left) / (box.width - PAD.left - PAD.right);
    const at = Math.round(from + share * (to - from));
    const parts = this.lines.filter(line => line.name && line.numbers[at - line.from] !== undefined)
      .map(line => line.name + " " + written(line.numbers[at - line.from]));
    return parts.length ? this.axis + " " + at + ": " + parts.join(", ") : "";
  }

  extent() {
    const from = Math.min(...this.lines.map(line => line.from));
    const to = Math.max(from + 1, ...this.lines.map(line => line.from + line.numbers.length - 1));
    return [from, to];
  }

  draw() {
    const width = this.canvas.clientWidth;
    if (width === 0 || this.lines.length === 0) {
      return;
    }
    const scale = Math.min(2, window.devicePixelRatio || 1);
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(this.height * scale);
    const context = this.canvas.getContext("2d");
    context.scale(scale, scale);
    const [low, high] = this.bounds();
    const [from, to] = this.extent();
    const x = at => PAD.left + (at - from) / (to - from) * (width - PAD.left - PAD.right);
    const y = number => this.height - PAD.bottom - (number - low) / (high - low) * (this.height - PAD.top - PAD.bottom);
    this.drawAxes(context, width, low, high, from, to, x, y);
    this.lines.forEach(line => drawLine(context, line, x, y, width));
  }

  drawAxes(context, width, low, high, from, to, x, y) {
    const { line, faint } = palette();
    context.font = "11px " + getComputedStyle(document.body).getPropertyValue("--mono");
    context.fillStyle = css(faint);
    context.strokeStyle = css(line);
    context.lineWidth = 1;
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const mark of marks(low, high)) {
      context.beginPath();
      context.moveTo(PAD.left, Math.round(y(mark)) + 0.5);
      context.lineTo(width - PAD.right, Math.round(y(mark)) + 0.5);
      context.stroke();
      context.fillText(written(mark, 3), PAD.left - 6, y(mark));
    }
    context.textBaseline = "alphabetic";
    context.textAlign = "left";
    context.fillText(this.axis + " " + from, PAD.left, this.height - 4);
    context.textAlign = "right";
    context.fillText(String(to), width - PAD.right, this.height - 4);
  }
}

function drawLine(context, { numbers, from, colour, width, dots }, x, y, wide) {
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.beginPath();
  const every = Math.max(1, Math.floor(numbers.length / (2 * wide)));
  for (let i = 0; i < numbers.length; i += every) {
    if (Number.isFinite(numbers[i])) {
      context.lineTo(x(from + i), y(numbers[i]));
    }
  }
  context.stroke();
  if (dots) {
    numbers.forEach((number, i) => {
      context.beginPath();
      context.arc(x(from + i), y(number), 2, 0, 7);
      context.fill();
    });
  }
}
