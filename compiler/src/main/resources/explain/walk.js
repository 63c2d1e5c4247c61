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
  document.getElementById("on").addEventListener("click", () => walkTo(state.done < walk.length ? state.done + 1 : 1));
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

/** Computes as many steps as are asked for, and shows the last of them. */
function walkTo(done) {
  state.done = Math.max(0, Math.min(done, walk.length));
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
