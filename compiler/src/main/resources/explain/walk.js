// Walking through the computation: forward, then back, an equation at a time step after another.
function beginWalk() {
  const bar = document.getElementById("walk");
  if (!hasNumbers) {
    bar.replaceChildren(make("p", {}, trace.example.from));
    return;
  }
  const slider = document.getElementById("step");
  slider.max = walk.length;
  slider.value = walk.length;
  slider.addEventListener("input", () => walkTo(Number(slider.value)));
  document.getElementById("back").addEventListener("click", () => walkTo(Math.min(state.done, walk.length) - 1));
  document.getElementById("on").addEventListener("click", stepOn);
  document.getElementById("question").addEventListener("submit", event => {
    event.preventDefault();
    look();
  });
  const times = document.getElementById("times");
  times.hidden = timeSteps === 0;
  const time = document.getElementById("time");
  time.max = Math.max(0, timeSteps - 1);
  time.addEventListener("input", () => {
    state.time = Number(time.value);
    refreshNumbers();
  });
  document.getElementById("example").textContent = "One example: " + trace.example.from;
  requestAnimationFrame(() => setTimeout(sayWhere)); // once the page is there: the loss takes a computation
}

/** On by one; before a gradient is computed, the reader is asked for it. */
function stepOn() {
  const next = walk[state.done < walk.length ? state.done : 0];
  if (state.asked) {
    look();
  } else if (document.getElementById("ask").checked && equations[next.equation].part === "backward") {
    ask(next);
  } else {
    walkTo(state.done < walk.length ? state.done + 1 : 1);
  }
}

/** Shows an equation that is computed next, and asks for the greatest of its numbers. */
function ask({ equation, key, times }) {
  const { value } = equations[equation];
  const sizes = [...numbersAt(value, key)].map(Math.abs);
  state.asked = { value, key, place: sizes.indexOf(Math.max(...sizes)) };
  state.focus = state.asked;
  state.time = times[0] ?? state.time;
  document.querySelector("#depths [value=numbers]").checked = true;
  open(equations[equation].id, null, "replaceState");
  refreshNumbers();
  document.getElementById("question").hidden = false;
  document.getElementById("asked").textContent = "What will " + nameOf(state.asked) + " be"
    + (times.length ? " at t = " + times.join(", ") : "") + "?";
  const guess = document.getElementById("guess");
  guess.value = "";
  guess.focus();
}

/** What was asked for, beside what the reader thought. */
function look() {
  const cell = state.asked;
  const guess = document.getElementById("guess").valueAsNumber;
  walkTo(state.done + 1);
  state.focus = cell;
  refreshNumbers();
  const number = numberAt(cell);
  const verdict = Math.abs(guess - number) <= 0.05 * Math.abs(number) ? "well guessed"
    : Math.sign(guess) === Math.sign(number) ? "the right direction" : "the other direction";
  document.getElementById("answer").textContent = nameOf(cell) + " = " + written(number)
    + (Number.isFinite(guess) ? "; you said " + written(guess) + ": " + verdict : "");
}

const isAsked = cell => state.asked !== null && cell.value === state.asked.value && cell.key === state.asked.key
  && cell.place === state.asked.place;

/** Computes as many steps as are asked for, and shows the last of them. */
function walkTo(done) {
  state.done = Math.max(0, Math.min(done, walk.length));
  state.asked = null;
  document.getElementById("question").hidden = true;
  document.getElementById("answer").textContent = "";
  document.querySelector("#depths [value=numbers]").checked = true;
  const last = walk[state.done - 1];
  if (!last) {
    refreshNumbers();
    return;
  }
  state.time = last.times[0] ?? state.time;
  state.focus = { value: equations[last.equation].value, key: last.key, place: 0 };
  open(equations[last.equation].id, null, "replaceState");
  drawNumbers(depth());
  sayWhere();
}

function sayWhere() {
  const done = Math.min(state.done, walk.length);
  const last = walk[done - 1];
  document.getElementById("step").value = done;
  document.getElementById("where").textContent = done + " of " + walk.length + " steps"
    + (state.done < walk.length && last ? ": " + equations[last.equation].text
      + (last.times.length ? " at t = " + last.times.join(", ") : "") : "");
  document.getElementById("step").setAttribute("aria-valuetext", document.getElementById("where").textContent);
  document.getElementById("time").value = state.time;
  document.getElementById("time-said").textContent = state.time + " of 0 … " + (timeSteps - 1);
  const loss = { value: trace.program.loss, key: "", place: 0 };
  document.getElementById("loss").textContent = "loss = " + written(shownNumber(loss))
    + (state.changes.length ? " (was " + written(state.first.loss) + ")" : "");
}
