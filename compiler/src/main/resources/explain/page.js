// Choosing a part of the page, and what follows from it in the others.
const panes = ["sources", "graph", "equations", "code"].map(id => document.getElementById(id));
let chosen = [];

const markAgain = () => markChosen(chosen, partnersOf(chosen));

/** Shows what belongs to some equations in all panes, and scrolls all but one of them there. */
function choose(numbers, from) {
  chosen = numbers;
  showDetails(numbers.length === 1 ? numbers[0] : -1);
  showFormulas(chosen, partnersOf(chosen));
  markAgain();
  panes.filter(pane => pane !== from).forEach(revealChosen);
  document.getElementById("told").textContent =
    numbers.map(number => equations[number].text).join("; ");
}

const depth = () => document.querySelector("#depths :checked").value;

/** Shows numbers anew where they are shown; the focus stays in its table. */
function refreshNumbers() {
  const active = document.activeElement;
  const wasInGrid = active?.matches("[role=gridcell]");
  const wasInput = active?.matches(".what-if input");
  drawNumbers(depth());
  if (chosen.length === 1) {
    const element = document.querySelector(".of-numbers");
    element?.replaceChildren(...numbersDetails(equations[chosen[0]]));
  }
  sayWhere();
  if (wasInGrid) {
    document.querySelector("[role=gridcell].focus")?.focus({ preventScroll: true });
  } else if (wasInput) {
    document.querySelector(".what-if input")?.focus({ preventScroll: true });
  }
}

function open(address, from, how = "pushState") {
  const numbers = meantBy(address);
  if (numbers.length) {
    const hash = "#" + encodeURIComponent(address);
    if (location.hash !== hash) {
      history[how](null, "", hash);
    }
    choose(numbers, from);
  }
}

function followAddress() {
  choose(meantBy(decodeURIComponent(location.hash.slice(1))), null);
}

/** The part that an event is about. A name in a formula stands for what computes it. */
function addressAt(target) {
  const name = target.closest(".value");
  const value = name && values[name.dataset.value];
  if (value && value.equation >= 0 && target.closest(".chosen")) {
    return equations[value.equation].id;
  }
  const link = target.closest("a[href^='#']");
  if (link) {
    return decodeURIComponent(link.hash.slice(1));
  }
  const part = target.closest(".text [role=button]");
  return part ? part.dataset.address : "";
}

function listen(pane) {
  pane.addEventListener("click", event => {
    const number = event.target.closest(".put, .grid .cell");
    if (number?.cell) {
      chooseNumber(number.cell);
      return;
    }
    const address = addressAt(event.target);
    if (address) {
      event.preventDefault();
      const jumps = event.target.closest(".more, .value");
      open(address, jumps ? null : pane);
      event.target.closest(".text [role=button]")?.focus();
    }
  });
  listenToParts(pane, event => {
    if (!moveInTable(event) && !event.target.matches("input, .put")) {
      goOn(event, pane, address => open(address, pane));
    }
  });
}

/** Chooses a number: in the tables that are shown, or else in those of its equation. */
function chooseNumber(cell) {
  const number = values[cell.value].equation;
  const shown = chosen.length === 1
    && [equations[chosen[0]].value, ...equations[chosen[0]].reads].includes(cell.value);
  if (shown || number < 0 || equations[number].value !== cell.value) {
    focusOn(cell);
  } else {
    state.focus = cell;
    open(equations[number].id, null);
    focusOn(cell);
  }
}

/** Arrow keys go from cell to cell in a table. Whether the event was in one. */
function moveInTable(event) {
  if (!event.target.matches("[role=gridcell]")) {
    return false;
  }
  const next = neighbour(event.target, event.key);
  if (next || event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
  }
  if (next) {
    next.focus();
    focusOn(next.cell);
  }
  return true;
}

const MIDDLE = ["equations", "graph"];
let middleTabs;

/** What is shown alone on a small screen; else only which of two panes is in the middle. */
function showPane(id) {
  if (MIDDLE.includes(id)) {
    middleTabs.show(MIDDLE.indexOf(id));
  }
  for (const section of document.querySelectorAll("main > section")) {
    section.classList.toggle("shown", section.id === (MIDDLE.includes(id) ? "middle" : id));
  }
  for (const button of document.querySelectorAll("#panes button")) {
    button.setAttribute("aria-pressed", button.dataset.pane === id);
  }
  const pane = document.getElementById(id);
  revealChosen(pane);
}

function begin() {
  document.title = trace.network + ", by Peephole";
  document.getElementById("network").textContent = trace.network;
  document.getElementById("doc").textContent = trace.doc;
  document.getElementById("sizes").textContent = trace.sizes;
  beginTheme();
  beginNumbers();
  showSources(panes[0]);
  showGraph(panes[1]);
  showEquations(panes[2]);
  drawFormulas("symbols");
  showCode(panes[3]);
  document.getElementById("depths").addEventListener("change", () => {
    drawFormulas(depth());
    drawNumbers(depth());
    reveal(panes[2], panes[2].querySelector(".chosen"));
  });
  document.querySelector("#depths [value=numbers]").disabled = !hasNumbers;
  beginWalk();
  beginTour();
  panes.forEach(listen);
  middleTabs = tabs("Mathematics", MIDDLE.map(pane => document.getElementById(pane)), ["Equations", "Graph"], shown => {
    if (shown.id === "graph" && !shown.querySelector(".graph")) {
      drawGraph(shown);
    }
    reveal(shown, shown.querySelector(".chosen"));
  });
  document.getElementById("middle").prepend(middleTabs.bar);
  document.querySelectorAll("#panes button").forEach(button =>
    button.addEventListener("click", () => showPane(button.dataset.pane)));
  showPane("equations");
  addEventListener("popstate", followAddress);
  addEventListener("hashchange", followAddress);
  followAddress();
}

begin();

// For the browser's console: peephole.numbers("lstm.i", 3) are the numbers of an equation at time step 3.
globalThis.peephole = {
  numbers: (id, time = state.time) => {
    const { value } = equations[numberById.get(id)];
    return [...numbersAt(value, keyAt(value, time))];
  },
};
