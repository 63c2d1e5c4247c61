// The page's own data: points that are drawn, and tables that are added.
import { make } from "/formulas.js";

/** A file of drawn points. */
export const DRAWN = "points.csv";

export function addPoint(text, x, y, kind) {
  return text.replace(/\n*$/, "\n") + x.toFixed(3) + "," + y.toFixed(3) + "," + kind + "\n";
}

/** The points without the last one; the header stays. */
export function withoutLast(text) {
  const lines = text.trimEnd().split("\n");
  return lines.slice(0, Math.max(1, lines.length - 1)).join("\n") + "\n";
}

/** A point of each kind, so that there is something to learn. */
export const CLEARED = "x1,x2,kind\n-0.5,0.000,0\n0.5,0.000,1\n";

const quoted = text => '"' + text.replaceAll("\\", "\\\\").replaceAll('"', '\\"') + '"';

/** The fields of a row; in quotes a comma is a comma. */
function fields(row) {
  return [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)]
    .map(([, inQuotes, plain]) => inQuotes === undefined ? plain.trim() : inQuotes.replaceAll('""', '"'));
}

/** A model to begin with for a table: all columns but the last are its inputs, the last one its target. */
export function modelFor(name, text) {
  const [header, ...rows] = text.split(/\r?\n/).filter(line => line.trim() !== "");
  const columns = fields(header);
  const answers = rows.map(row => fields(row).pop());
  const kinds = new Set(answers);
  const isNumber = answers.every(answer => answer !== "" && Number.isFinite(Number(answer)));
  const classes = !isNumber || kinds.size <= 6 && answers.every(answer => /^\d+$/.test(answer)) ? kinds.size : 0;
  const inputs = columns.slice(0, -1);
  return `/// A model to begin with, for ${name}.
network Own {
  input  x: [${inputs.length}]
  target y: ${classes ? `class(${classes})` : "[1]"}

  h = x |> dense(8) |> tanh
${classes ? `  logits = dense(h, ${classes})
  output p = softmax(logits)
  loss cross_entropy(logits, y)` : `  output p = dense(h, 1)
  loss mse(p, y)`}
}

train Own {
  data        csv(${quoted(name)}) {
    x = columns ${inputs.map(quoted).join(", ")}
    y = column ${quoted(columns[columns.length - 1])}
  }
  split       80 / 20
  standardize x${classes ? "" : ", y"}
  batch       16
  epochs      200
  optimizer   adam(rate: 0.01)
  seed        1
}
`;
}

/** The page's files, each with a button that takes it away. */
export function showFiles(element, files, given, remove) {
  const own = Object.entries(files).map(([name, text]) => {
    const button = make("button", { type: "button", "aria-label": "Remove " + name }, "×");
    button.addEventListener("click", () => remove(name));
    return make("li", {}, name + ", " + (text.trimEnd().split("\n").length - 1) + " rows ", button);
  });
  const all = [...own, ...given.filter(name => !(name in files)).map(name => make("li", {}, name))];
  element.replaceChildren(...all.length ? ["Data that models can name: ", make("ul", {}, ...all)] : []);
}
