// What a network says along time or along examples, beside what it should say.
import { css, mixed, palette } from "/cells.js";
import { make } from "/formulas.js";
import { classColour } from "/plane.js";
import { Plot } from "/plot.js";
import { floats } from "/server.js";

const MOST_LINES = 6;

export class Series {
  constructor(figure) {
    this.figure = figure;
  }

  open() {
    this.plot = new Plot("What the network says, and what it should say", 220);
    this.caption = make("figcaption", {});
    this.figure.replaceChildren(this.plot.canvas, this.caption);
  }

  show({ over, part, output, lines, right, said, wanted }) {
    const [numbers, targets] = [floats(said), floats(wanted)];
    const only = (all, k) => all.filter((_, i) => i % lines === k);
    const all = [];
    for (let k = 0; k < Math.min(lines, MOST_LINES); k++) {
      const colour = classColour(k + 1);
      all.push({ numbers: only(targets, k), from: 0, colour: css(mixed(colour, palette().none, 0.6)), width: 5,
        name: right ? "" : "should be" });
      all.push({ numbers: only(numbers, k), from: 0, colour: css(colour), width: 1.6, name: output });
    }
    this.plot.show(all, over === "time" ? "t" : "example");
    this.caption.textContent = (right ? "The probability that " + output + " gives to the right answer"
      : "Thin, what " + output + " says; broad, what it should be")
      + (over === "time" ? ": over the time steps of an example" : ": over the examples") + " of the " + part + " part.";
  }
}
