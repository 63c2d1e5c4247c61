// Numbers as coloured cells: orange above 0, blue below, the stronger the farther.
import { make } from "/formulas.js";

const scheme = () => getComputedStyle(document.documentElement);
let colours = null;

function parsed(name) {
  const hex = scheme().getPropertyValue(name).trim().slice(1);
  return [0, 2, 4].map(at => parseInt(hex.slice(at, at + 2), 16));
}

/** Reads the colours anew, after the theme was changed. */
export function refreshColours() {
  colours = { plus: parsed("--plus"), minus: parsed("--minus"), none: parsed("--sheet"),
    ink: parsed("--ink"), line: parsed("--line"), faint: parsed("--faint") };
}

export function palette() {
  if (!colours) {
    refreshColours();
  }
  return colours;
}

export const mixed = (from, to, share) => from.map((c, i) => Math.round(c + (to[i] - c) * share));
export const css = rgb => "rgb(" + rgb.join(",") + ")";

/** The colour of a number among numbers of which the greatest is this far from 0. */
export function colourOf(number, greatest) {
  const { plus, minus, none } = palette();
  if (!Number.isFinite(number) || !(greatest > 0)) {
    return none;
  }
  return mixed(none, number < 0 ? minus : plus, Math.sqrt(Math.min(1, Math.abs(number) / greatest)));
}

export function greatestOf(numbers) {
  let greatest = 0;
  for (const number of numbers) {
    greatest = Number.isFinite(number) ? Math.max(greatest, Math.abs(number)) : greatest;
  }
  return greatest;
}

/** A number for readers: few digits, and a minus sign. */
export function written(number, digits = 4) {
  if (number === undefined || number === null) {
    return "·";
  } else if (typeof number !== "number" || !Number.isFinite(number)) {
    return String(number).replace("-", "−");
  }
  const size = Math.abs(number);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6)
    ? number.toExponential(digits - 1) : String(Number(number.toPrecision(digits)));
  return text.replaceAll("-", "−");
}

const tip = () => document.getElementById("tip");

/** Says something beside the pointer, or nothing. */
export function say(text, event) {
  const element = tip();
  element.hidden = !text;
  element.textContent = text;
  if (text) {
    const box = element.getBoundingClientRect();
    element.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - box.width - 8)) + "px";
    element.style.top = Math.max(4, Math.min(event.clientY + 16, innerHeight - box.height - 8)) + "px";
  }
}

/**
 * A canvas of cells that can be pointed at, with the mouse or with the arrow keys.
 *
 * What it shows is given by `paint(context, width, height)`; `columns` and `rows` say how it is divided;
 * `text(place)` says what a cell is, and `choose(place)` is called when one is chosen.
 */
export class Cells {
  constructor({ label, columns, rows, cell, width, height, text, choose }) {
    this.columns = columns;
    this.rows = rows;
    this.width = width ?? columns * cell;
    this.height = height ?? rows * cell;
    this.label = label;
    this.text = text;
    this.choose = choose;
    this.place = -1;
    this.element = make("canvas", { class: "cells", tabindex: "0", role: "img", "aria-label": label });
    this.element.style.width = this.width + "px";
    this.element.style.height = this.height + "px";
    const scale = Math.min(2, window.devicePixelRatio || 1);
    this.element.width = Math.round(this.width * scale);
    this.element.height = Math.round(this.height * scale);
    this.context = this.element.getContext("2d");
    this.context.scale(scale, scale);
    this.listen();
  }

  listen() {
    this.element.addEventListener("pointermove", event => {
      const place = this.placeAt(event);
      say(place < 0 ? "" : this.text(place), event);
    });
    this.element.addEventListener("pointerleave", () => say(""));
    this.element.addEventListener("click", event => this.point(this.placeAt(event)));
    this.element.addEventListener("keydown", event => {
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: this.columns, ArrowUp: -this.columns }[event.key];
      const next = this.place < 0 ? 0 : this.place + (step ?? 0);
      if ((step || event.key === "Enter") && next >= 0 && next < this.columns * this.rows) {
        event.preventDefault();
        this.point(next);
        say(this.text(next), this.middleOf(next));
      }
    });
    this.element.addEventListener("focus", () => this.draw());
    this.element.addEventListener("blur", () => {
      say("");
      this.draw();
    });
  }

  placeAt(event) {
    const box = this.element.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / box.width * this.columns);
    const row = Math.floor((event.clientY - box.top) / box.height * this.rows);
    return column < 0 || row < 0 || column >= this.columns || row >= this.rows ? -1 : row * this.columns + column;
  }

  /** Where a cell is, as an event of the pointer says it. */
  middleOf(place) {
    const box = this.element.getBoundingClientRect();
    return { clientX: box.left + (place % this.columns + 0.5) / this.columns * box.width,
      clientY: box.top + (Math.floor(place / this.columns) + 0.5) / this.rows * box.height };
  }

  point(place) {
    if (place >= 0) {
      this.place = place;
      this.element.setAttribute("aria-label", this.text(place));
      this.choose?.(place);
      this.draw();
    }
  }

  show(paint) {
    this.paint = paint ?? this.paint;
    this.draw();
  }

  draw() {
    this.context.clearRect(0, 0, this.width, this.height);
    this.paint?.(this.context, this.width, this.height);
    if (this.place >= 0 && document.activeElement === this.element) {
      const [w, h] = [this.width / this.columns, this.height / this.rows];
      this.context.strokeStyle = css(palette().ink);
      this.context.lineWidth = 1.5;
      this.context.strokeRect(this.place % this.columns * w + 0.75, Math.floor(this.place / this.columns) * h + 0.75,
        w - 1.5, h - 1.5);
    }
  }
}

/** A matrix of numbers: a cell each. */
export function paintMatrix(numbers, columns, rows, greatest) {
  return (context, width, height) => {
    const [w, h] = [width / columns, height / rows];
    const gap = w > 5 ? 1 : 0;
    for (let place = 0; place < columns * rows; place++) {
      context.fillStyle = css(colourOf(numbers[place], greatest));
      context.fillRect(place % columns * w, Math.floor(place / columns) * h, w - gap, h - gap);
      if (gap) {
        context.strokeStyle = css(palette().line);
        context.lineWidth = 0.5;
        context.strokeRect(place % columns * w + 0.25, Math.floor(place / columns) * h + 0.25, w - gap - 0.5, h - gap - 0.5);
      }
    }
  };
}

const scratch = document.createElement("canvas");

/** A picture of `side` × `side` points, drawn over all of a canvas; `rgb(point)` is the colour of one. */
export function paintPicture(side, rgb) {
  const image = new ImageData(side, side);
  for (let point = 0; point < side * side; point++) {
    const [r, g, b] = rgb(point);
    image.data.set([r, g, b, 255], 4 * point);
  }
  return (context, width, height) => {
    scratch.width = side;
    scratch.height = side;
    scratch.getContext("2d").putImageData(image, 0, 0);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.drawImage(scratch, 0, 0, width, height);
  };
}
