// The loss of each step, its mean over an epoch, and that of the validation part.
import { css, mixed, palette, written } from "/cells.js";
import { make } from "/formulas.js";
import { Plot } from "/plot.js";
import { floats } from "/server.js";

/** Means of as many losses as an epoch has, so that the batches' own noise goes away. */
function smoothed(numbers, width) {
  const means = new Float32Array(numbers.length);
  let sum = 0;
  numbers.forEach((number, i) => {
    sum += number - (i >= width ? numbers[i - width] : 0);
    means[i] = sum / Math.min(i + 1, width);
  });
  return means;
}

export class Losses {
  constructor(figure) {
    this.plot = new Plot("The loss", 130);
    this.caption = make("figcaption", {});
    figure.append(this.plot.canvas, this.caption);
  }

  /** A run begins, of so many batches an epoch. */
  open(batches) {
    this.batches = batches;
    this.all = [];
    this.validations = [];
  }

  /** Takes in the losses from a step on; what there was behind it is over. */
  add({ from, losses }) {
    this.all.length = from;
    this.all.push(...floats(losses));
    this.validations = this.validations.filter(([step]) => step <= from);
  }

  show({ step, loss, validation }) {
    if (validation !== undefined) {
      this.validations.push([step, validation]);
    }
    const { plus, ink, faint, none } = palette();
    const lines = [{ numbers: this.all, from: 1, colour: css(mixed(faint, none, 0.5)), width: 1, name: "loss" },
      { numbers: smoothed(this.all, this.batches), from: 1, colour: css(ink), width: 1.8, name: "mean" }];
    const validated = this.validations.length > 1;
    if (validated) {
      const numbers = new Float32Array(this.all.length).fill(NaN);
      this.validations.forEach(([at, number]) => { numbers[Math.max(0, at - 1)] = number; });
      lines.push({ numbers, from: 1, colour: css(plus), width: 1.8, name: "validation" });
    }
    this.plot.show(lines, "step", "The loss of each step, now " + written(loss));
    this.caption.textContent = this.all.length === 0 ? "The loss of each step will be here."
      : "loss of each batch, and its mean over an epoch" + (validated ? "; orange: the validation part" : "");
  }
}
