// Parts of a page that stand for equations: which belong together, and how one goes from one to the next.
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

/** Scrolls a pane to the first thing in it that is chosen and to be seen, and not around others. */
const revealChosen = pane => reveal(pane,
  [...pane.querySelectorAll(".chosen:not(.unfolded)")].find(element => !element.closest("[hidden]")));

/** Marks what belongs to some equations, and more lightly what belongs to others. */
function markChosen(equations, partners) {
  const strong = new Set(equations);
  const weak = new Set(partners);
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

const addressOf = part => part.dataset.address
  || decodeURIComponent((part.matches("a") ? part : part.querySelector("a")).hash.slice(1));

function unmarkOver() {
  document.querySelectorAll(".over").forEach(element => element.classList.remove("over"));
}

/** Marks what belongs to the part that has the mouse or the focus. */
function markOver(event) {
  const part = event.target.closest(".part");
  unmarkOver();
  if (part) {
    const own = new Set(equationsOf(part));
    partsOf(document).filter(other => equationsOf(other).some(number => own.has(number)))
      .forEach(other => other.classList.add("over"));
  }
}

/** Lets the mouse and the focus show what belongs together in a pane, and the Tab key come to its first part. */
function listenToParts(pane, onKey) {
  pane.addEventListener("mouseover", markOver);
  pane.addEventListener("focusin", markOver);
  pane.addEventListener("mouseleave", unmarkOver);
  pane.addEventListener("keydown", onKey);
  partsOf(pane).find(part => part.getAttribute("role") === "button")?.setAttribute("tabindex", "0");
}

/** Enter opens the part that has the focus; up and down go to the next one in the pane, which is opened then. */
function goOn(event, pane, open) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const here = event.target.closest(".part");
  if (event.key === "Enter" || event.key === " ") {
    if (here && here.getAttribute("role") === "button") {
      event.preventDefault();
      open(addressOf(here));
    }
    return;
  }
  if (!step || !here) {
    return;
  }
  event.preventDefault();
  const parts = partsOf(pane).filter(part => part.checkVisibility()
    && (part.matches("a, [role=button]") || part.querySelector("a")));
  const next = parts[parts.indexOf(here) + step];
  if (next) {
    const target = next.matches("a, [role=button]") ? next : next.querySelector("a");
    parts.filter(part => part.getAttribute("role") === "button")
      .forEach(part => part.setAttribute("tabindex", part === target ? "0" : "-1"));
    target.focus();
    open(addressOf(next));
  }
}

/** The smallest pieces of a file by line: the equations that each of its lines computes. */
function equationsByLine(pieces) {
  const lines = new Map();
  const size = piece => piece.to - piece.from;
  for (const piece of [...pieces].sort((a, b) => size(b) - size(a))) {
    for (let line = piece.from; line <= piece.to; line++) {
      lines.set(line, piece.equations);
    }
  }
  return lines;
}
