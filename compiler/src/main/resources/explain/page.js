// Choosing a part of the page, and what follows from it in the others.
const panes = ["sources", "graph", "equations", "code"].map(id => document.getElementById(id));
let chosen = [];

const partsOf = root => [...root.querySelectorAll(".part")];
const equationsOf = part => (part.dataset.equations || "").split(" ").filter(Boolean).map(Number);

/** Scrolls a pane so that an element is in sight, if it is not. */
function reveal(pane, element) {
  if (!element || element.closest("[hidden]")) {
    return;
  }
  const inside = pane.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  if (box.top < inside.top + 48 || box.bottom > inside.bottom - 24) {
    pane.scrollTop += box.top - inside.top - inside.height / 3;
  }
}

function markChosen() {
  const strong = new Set(chosen);
  const weak = partnersOf(chosen);
  for (const part of document.querySelectorAll(".part")) {
    const own = equationsOf(part);
    const is = own.some(number => strong.has(number));
    part.classList.toggle("chosen", is);
    part.classList.toggle("near", !is && own.some(number => weak.has(number)));
    if (part.getAttribute("role") === "button") {
      part.setAttribute("aria-pressed", is);
    }
  }
}

/** Shows what belongs to some equations in all panes, and scrolls all but one of them there. */
function choose(numbers, from) {
  chosen = numbers;
  showDetails(numbers.length === 1 ? numbers[0] : -1);
  markChosen();
  panes.filter(pane => pane !== from).forEach(pane => reveal(pane, [...pane.querySelectorAll(".chosen")]
    .find(element => !element.closest("[hidden]"))));
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

const addressOf = part => part.dataset.address || decodeURIComponent(part.querySelector("a").hash.slice(1));

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
  pane.addEventListener("mouseover", event => {
    const part = event.target.closest(".part");
    document.querySelectorAll(".over").forEach(element => element.classList.remove("over"));
    if (part) {
      const own = new Set(equationsOf(part));
      for (const other of document.querySelectorAll(".part")) {
        if (equationsOf(other).some(number => own.has(number))) {
          other.classList.add("over");
        }
      }
    }
  });
  pane.addEventListener("mouseleave", () =>
    document.querySelectorAll(".over").forEach(element => element.classList.remove("over")));
  pane.addEventListener("keydown", event => move(event, pane));
  const first = partsOf(pane).find(part => part.getAttribute("role") === "button");
  if (first) {
    first.setAttribute("tabindex", "0");
  }
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

/** Up and down go to the next part in the pane, which is chosen then. */
function move(event, pane) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.target.matches("[role=gridcell]")) {
    const next = neighbour(event.target, event.key);
    if (next || step) {
      event.preventDefault();
    }
    if (next) {
      next.focus();
      focusOn(next.cell);
    }
    return;
  } else if (event.target.matches("input, .put")) {
    return;
  }
  const here = event.target.closest(".part");
  if (event.key === "Enter" || event.key === " ") {
    if (here && here.getAttribute("role") === "button") {
      event.preventDefault();
      open(addressOf(here), pane);
    }
    return;
  }
  if (!step || !here) {
    return;
  }
  event.preventDefault();
  const parts = partsOf(pane).filter(part => !part.closest("[hidden]")
    && (part.matches("a, [role=button]") || part.querySelector("a")));
  const next = parts[parts.indexOf(here) + step];
  if (next) {
    const target = next.matches("a, [role=button]") ? next : next.querySelector("a");
    parts.filter(part => part.getAttribute("role") === "button")
      .forEach(part => part.setAttribute("tabindex", part === target ? "0" : "-1"));
    target.focus();
    open(next.matches("a") ? decodeURIComponent(next.hash.slice(1)) : addressOf(next), pane);
  }
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
  reveal(pane, [...pane.querySelectorAll(".chosen")].find(element => !element.closest("[hidden]")));
}

function begin() {
  document.title = trace.network + ", by Peephole";
  document.getElementById("network").textContent = trace.network;
  document.getElementById("doc").textContent = trace.doc;
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
