// What is said below the equation that is chosen.

function valueChips(numbers) {
  const list = make("ul", { class: "chips" });
  numbers.forEach(number => {
    const value = values[number];
    const shape = make("span", { class: "shape" }, " " + value.shape);
    shape.style.border = "0";
    shape.style.padding = "0";
    const chip = value.equation >= 0
      ? make("a", { href: "#" + encodeURIComponent(equations[value.equation].id) }, value.name, shape)
      : make("span", {}, value.name, shape);
    chip.title = value.note;
    list.append(make("li", {}, chip));
  });
  return list;
}

/** How the parameters among some values get their first numbers. */
function firstValues(numbers) {
  const drawn = trace.first.filter(({ parameter }) => numbers.includes(parameter));
  return drawn.length ? [make("h3", {}, "First values"),
    ...drawn.flatMap(({ lines }) => lines.map(({ formula, text }) =>
      make("div", { class: "rule", role: "img", "aria-label": text }, make("span", { class: "pieces" }, ...setPieces(formula, "symbols")))))] : [];
}

function equationChips(numbers) {
  const list = make("ul", { class: "chips" });
  numbers.forEach(number => list.append(make("li", {},
    make("a", { href: "#" + encodeURIComponent(equations[number].id) }, equations[number].text))));
  return list;
}

function rule(share) {
  const line = make("div", { class: "rule" });
  if (share.forward.length) {
    line.append(setFormula(share.forward, "", "symbols"));
  }
  if (share.gradient.length) {
    line.append(make("span", { class: "arrow" }, "⟹"), setFormula(share.gradient, "", "symbols"));
  }
  return line;
}

function gradientDetails(equation) {
  const parts = [];
  if (equation.gradientOf.length) {
    const names = equation.gradientOf.map(number => values[number].name);
    parts.push(make("p", {}, "∂loss/∂" + [...new Set(names)].join(", ∂loss/∂")
      + ": how the loss changes with each number of it."));
  }
  const incoming = equation.reads.filter(number => values[number].role === "GRADIENT");
  if (incoming.length) {
    parts.push(make("h3", {}, "Gradients that come in"), valueChips(incoming));
  }
  const rules = equation.shares.filter(share => share.gradient.length);
  if (rules.length) {
    parts.push(make("h3", {}, rules.length === 1 ? "The rule" : "The rules, one after another"));
    rules.forEach(share => parts.push(rule(share)));
  }
  if (equation.reasons.length) {
    parts.push(make("h3", {}, "Why"),
      make("ul", {}, ...equation.reasons.map(reason => make("li", {}, reason))));
  }
  if (equation.partners.length) {
    parts.push(make("h3", {}, "Derived from"), equationChips(equation.partners.filter(p => equations[p].value >= 0)));
  }
  return parts;
}

function forwardDetails(equation) {
  const parts = [];
  if (equation.value >= 0) {
    parts.push(make("h3", {}, "Made of"), valueChips(equation.reads), ...firstValues(equation.reads));
  }
  const gradients = equation.partners.filter(p => equations[p].value >= 0);
  if (gradients.length) {
    parts.push(make("h3", {}, "Gradients that follow from it"), equationChips(gradients));
  }
  return parts;
}

/** Says more below an equation and what stands beside it, and no longer below another. */
function showDetails(number) {
  document.querySelectorAll(".more").forEach(more => more.remove());
  const element = document.getElementById("equation-" + number);
  if (!element) {
    return;
  }
  const equation = equations[number];
  const value = values[equation.value];
  const what = make("p", {}, value.name + " is " + value.shape + (value.note ? ", " + value.note : "") + ".");
  const more = make("div", { class: "more" }, what,
    ...(hasNumbers && equation.value >= 0 ? [make("div", { class: "of-numbers" }, ...numbersDetails(equation))] : []),
    ...(equation.part === "backward" ? gradientDetails(equation) : forwardDetails(equation)));
  more.style.setProperty("--row", Number(element.style.getPropertyValue("--row")) + 1);
  element.after(more);
}
