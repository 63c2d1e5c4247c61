// Ten steps through the page, of whatever network it is.

/** The last gradient of a parameter: the first that is derived after a whole way back. */
const lastGradient = () => equations[[...walk].reverse().map(({ equation }) => equation)
  .find(number => equations[number].gradientOf.some(isParameter)) ?? 0];

const isParameter = value => values[value].role === "PARAMETER";
const firstForward = () => equations.find(equation => equation.reads.some(isParameter)) ?? equations[0];
const firstBackward = () => equations.find(equation => equation.part === "backward" && equation.value >= 0) ?? equations[0];
const lossEquation = () => equations[values[trace.program.loss].equation] ?? equations[0];
const show = (equation, pane = "equations") => () => {
  showPane("equations");
  showPane(pane);
  open(equation().id, null, "replaceState");
};
const inNumbers = choose => () => {
  document.querySelector("#depths [value=numbers]").click();
  choose();
};

/** The gradient of a parameter, at its greatest number. */
function showGradient() {
  show(lastGradient)();
  focusOn({ value: lastGradient().value, key: "", place: greatestPlace() });
}

function greatestPlace() {
  const sizes = numbersAt(lastGradient().value, "").map(Math.abs);
  return sizes.indexOf(Math.max(...sizes));
}

/** The same number of the parameter, in the tables of an equation that reads it. */
function showParameter() {
  const parameter = lastGradient().gradientOf.find(isParameter);
  show(() => equations.find(equation => equation.reads.includes(parameter)))();
  focusOn({ value: parameter, key: "", place: greatestPlace() });
}

function showWays() {
  state.ways = true;
  showParameter();
}

const TOUR = [
  ["#sources", () => showPane("sources"), () => "This is the model. Behind it stand the declarations of the library that it applies: "
    + "nothing is built in. Every line that computes something can be chosen."],
  ["#graph", () => showPane("graph"), () => "The same as a graph, with the shape of each value. What is applied can be unfolded "
    + "(▸): then it shows the expressions in it, and “source” leads to where it is declared."],
  ["#code", show(firstForward, "code"), () => "A line becomes equations, and these become code, in three styles: one that reads like the formulas, a fast one, "
    + "and one for graphics cards. What belongs to the first equation is marked everywhere."],
  ["#equations .at-a-glance", inNumbers(show(firstForward)), () => "With numbers, each formula has cells: orange above 0, blue below. They are of one "
    + "example: " + trace.example.from + "; the parameters are those before training."],
  ["#equations .chosen", show(lossEquation), () => "Forward ends in a single number, the loss: " + written(state.run.loss) + ". Training makes it smaller."],
  ["#equations .chosen", show(firstBackward), () => "Here the way back begins. Each gradient stands beside the equation that it follows from, and says how the loss "
    + "changes with each number of a value."],
  ["#equations .more", showGradient, () => "At the end of the way back: the gradient of a parameter. Below it the rule by which it was derived, "
    + "and why something is transposed or summed."],
  [".of-numbers .slope", showGradient, () => "Is it right? The page nudges the parameter and looks at the loss: this is the central difference, "
    + "and how far the gradient is from it."],
  [".ways", showWays, () => "The loss may depend on a number in several ways, in a recurrent network at each time step. What comes back on "
    + "each of them adds up to the gradient. See how little it is at some."],
  [".what-if", showParameter, () => "What if it were another number? Change it: everything is computed anew, and the loss is beside what the gradient "
    + "alone promised. The slider at the top goes through all of this step by step."],
];

let tourStep = -1;

function tourTo(step) {
  document.querySelectorAll(".spot").forEach(element => element.classList.remove("spot"));
  const tour = document.getElementById("tour");
  tourStep = step >= 0 && step < TOUR.length ? step : -1;
  tour.hidden = tourStep < 0;
  if (tourStep < 0) {
    document.getElementById("begin-tour").focus();
    return;
  }
  const [spot, go, text] = TOUR[tourStep];
  go();
  const element = document.querySelector(spot);
  element?.classList.add("spot");
  element?.scrollIntoView({ block: "nearest" });
  document.getElementById("tour-text").textContent = tourStep + 1 + " of " + TOUR.length + ". " + text();
  document.getElementById("tour-back").disabled = tourStep === 0;
  document.getElementById("tour-on").textContent = tourStep === TOUR.length - 1 ? "Done" : "On";
}

function beginTour() {
  document.getElementById("begin-tour").hidden = !hasNumbers;
  document.getElementById("begin-tour").addEventListener("click", () => {
    tourTo(0);
    document.getElementById("tour-on").focus();
  });
  document.getElementById("tour-back").addEventListener("click", () => tourTo(tourStep - 1));
  document.getElementById("tour-on").addEventListener("click", () => tourTo(tourStep + 1));
  document.getElementById("tour-end").addEventListener("click", () => tourTo(-1));
  document.getElementById("tour").addEventListener("keydown", event => {
    if (event.key === "Escape") {
      tourTo(-1);
    }
  });
}
