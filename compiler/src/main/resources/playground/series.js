// What a network says along time or along examples, beside what it should say.
import { css, palette } from "/cells.js";
import { make } from "/formulas.js";
import { Plot } from "/plot.js";
import { floats } from "/server.js";

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
    const { plus, minus, faint } = palette();
    const [numbers, targets] = [floats(said), floats(wanted)];
    const only = (all, k) => all.filter((_, i) => i % lines === k);
    const all = [];
    for (let k = 0; k < Math.min(lines, 3); k++) {
      all.push({ numbers: only(targets, k), from: 0, colour: css(right ? faint : minus), width: 1.5,
        name: right ? "" : "should be" });
      all.push({ numbers: only(numbers, k), from: 0, colour: css(plus), width: 2,
        name: right ? "probability of the right answer" : output });
    }
    this.plot.show(all, over === "time" ? "t" : "example");
    this.caption.replaceChildren(
      make("span", { class: "key" }, "— " + output), " ",
      right ? "the probability of the right answer" : "beside what it should be",
      over === "time" ? ", over the time steps of an example" : ", over the examples",
      " of the " + part + " part");
  }
}
