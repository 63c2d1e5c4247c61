// What the optimizer makes of one number of a parameter in the first step of training.

/** The numbers of an optimizer's values for a number of a parameter and its gradient. */
function updated({ given: [parameter, gradient, step], begins, lines }, weight, slope) {
  const run = { now: [], times: [], joined: 0, keyOf: () => "" };
  run.now[parameter] = [weight];
  run.now[gradient] = [slope];
  run.now[step] = [1];
  begins.forEach(({ value, initial }) => { run.now[value] = [initial]; });
  return lines.map(({ value, formula, text, number }) => {
    const numbers = putNumber(number, run, [0]).nodes.map(node => node.textContent ?? node).join("");
    const result = numberOf(number)(run, [0]);
    run.now[value] = [result];
    return { formula, text, numbers, result };
  });
}

/** The update of a number, line by line: as the library writes it, and with the numbers put in. */
function updateDetails(cell) {
  const gradient = gradientOf(cell.value);
  const update = trace.program.updates.find(({ parameters }) => parameters.includes(cell.value));
  if (!update || values[cell.value].role !== "PARAMETER" || gradient === undefined || !isThere(gradient, "")) {
    return [];
  }
  const lines = updated(update, numberAt(cell), numberAt({ value: gradient, key: "", place: cell.place }));
  const rows = lines.map(({ formula, text, numbers, result }) => make("li", {},
    setFormula(formula, text, "symbols"), line("= " + numbers + " = " + written(result))));
  const after = lines[lines.length - 1].result;
  return [make("details", { class: "update" },
    make("summary", {}, "What the first step of " + update.optimizer + " makes of it: " + written(after)),
    make("p", { class: "numbers aside" }, "parameter is " + nameOf(cell) + ", gradient is " + values[gradient].name
      + " of this example alone, before the plan clips or averages anything"),
    make("ol", {}, ...rows))];
}
