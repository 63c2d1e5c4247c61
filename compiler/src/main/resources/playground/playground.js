// The page: what is typed becomes a run, and what the run says is shown.
import { packed, unpacked } from "/address.js";
import { refreshColours, written } from "/cells.js";
import { CLEARED, DRAWN, addPoint, modelFor, showFiles, withoutLast } from "/data.js";
import { Editor } from "/editor.js";
import { make, of } from "/formulas.js";
import { Losses } from "/losses.js";
import { Network } from "/network.js";
import { Plane } from "/plane.js";
import { Pointed } from "/pointed.js";
import { Problems } from "/problems.js";
import { Series } from "/series.js";
import { ask, listen } from "/server.js";

const one = id => document.getElementById(id);
const given = JSON.parse(one("given").textContent);

const state = { files: {}, seed: null, run: null, fixed: null, seen: null, playing: false };
let end = () => {};
let asked = 0;

const editor = new Editor(one("editor"), () => later(begin, 350));
const network = new Network(one("network"), at => pointed.point(at));
const series = new Series(one("outcome"));
const plane = new Plane(one("outcome"), { draw: one("draw"), drawn: {
  add: (x, y, kind) => draw(addPoint(state.files[DRAWN], x, y, kind)),
  undo: () => draw(withoutLast(state.files[DRAWN])),
  clear: () => draw(CLEARED),
} });
const losses = new Losses(one("losses"));
const problems = new Problems(one("problems"), editor, given.name);
const pointed = new Pointed(one("pointed"), { mark, inside: lookInside });

let waiting = 0;
function later(act, milliseconds) {
  clearTimeout(waiting);
  waiting = setTimeout(act, milliseconds);
}

const draft = () => ({ text: editor.text, files: state.files, ...state.seed === null ? {} : { seed: state.seed } });

/** Compiles what is in the editor, and begins anew with it, at a step if one is asked for. */
async function begin(step = 0) {
  const number = ++asked;
  say("compiling …");
  const answer = await ask("/open", { ...draft(), step, ...state.run ? { instead: state.run } : {} });
  if (number !== asked) {
    return; // somebody has typed on
  }
  problems.ofModel(answer.problems);
  if (!answer.run) {
    say(state.run ? "the picture is that of the model before the error" : "");
    document.body.classList.add("stale");
    return;
  }
  document.body.classList.remove("stale");
  say("");
  opened(answer);
}

function opened({ run, fixed, trace }) {
  end();
  Object.assign(state, { run, fixed, trace, seen: null, playing: false });
  losses.open(fixed.batches);
  of(trace);
  network.open(trace, fixed);
  pointed.open(run, trace, network);
  const drawable = Boolean(fixed.plane) && fixed.data === DRAWN && DRAWN in state.files;
  if (fixed.plane) {
    plane.open(fixed.plane, drawable);
  } else {
    one("draw").hidden = true;
    series.open();
  }
  one("textbook").href = "/code?style=textbook&run=" + encodeURIComponent(run);
  one("fast").href = "/code?style=fast&run=" + encodeURIComponent(run);
  one("seed").placeholder = fixed.seed;
  tellPace();
  end = listen(run, { losses: more => losses.add(more), state: show });
}

function show({ playing, problems: ofRun, seen }) {
  state.playing = playing;
  state.seen = seen;
  if (seen.plane) {
    plane.show(seen.plane);
  } else if (seen.series) {
    series.show(seen.series);
  }
  network.show(seen);
  losses.show(seen);
  showFigures();
  one("start").textContent = playing ? "Pause" : "Start";
  problems.ofRun(ofRun);
  pointed.follow(playing);
  if (!playing) {
    address();
  }
}

function showFigures() {
  const { step, epoch, batch, loss, validation } = state.seen;
  const pairs = [["step", step], ["epoch", epoch + " (" + batch + "/" + state.fixed.batches + ")"],
    ["loss", written(loss)], ...validation === undefined ? [] : [["validation", written(validation)]]];
  one("figures").replaceChildren(...pairs.flatMap(([name, number]) => [make("dt", {}, name), make("dd", {}, String(number))]));
}

const say = text => { one("status").textContent = text; };

/** Marks the lines and the equations of what is pointed at. */
function mark(equations) {
  network.mark(equations);
  const lines = equations.flatMap(number => state.trace.equations[number].places)
    .filter(place => !state.trace.sources[place.source].library && state.trace.sources[place.source].file === given.name)
    .flatMap(place => Array.from({ length: place.endLine - place.line + 1 }, (_, i) => place.line + i));
  editor.mark(lines);
}

function lookInside(id) {
  one("inside").querySelector("iframe").src = "/explain?run=" + encodeURIComponent(state.run) + "#" + encodeURIComponent(id);
  one("inside").showModal();
}

/** Says in the address where this is. */
async function address() {
  const fragment = await packed({ ...draft(), step: state.seen?.step ?? 0 });
  history.replaceState(null, "", "#" + fragment);
}

const told = (what, count) => ask("/do", { run: state.run, what, count }).then(answer => problems.ofRun(answer.problems));

const tellPace = () => told("pace", Number(one("pace").value));

function draw(text) {
  state.files = { ...state.files, [DRAWN]: text };
  files();
  later(begin, 250);
}

function files() {
  showFiles(one("files"), state.files, given.files, name => {
    const { [name]: gone, ...rest } = state.files;
    state.files = rest;
    files();
    begin();
  });
}

async function load({ text, files: own = {}, seed = null, step = 0 }) {
  state.files = own;
  state.seed = seed;
  one("seed").value = seed ?? "";
  editor.replace(text);
  files();
  await begin(step);
}

async function addFile(file) {
  const text = await file.text();
  const named = editor.text.includes('"' + file.name + '"');
  state.files = { ...named ? state.files : {}, [file.name]: text };
  files();
  if (!named) {
    editor.replace(modelFor(file.name, text));
  }
  begin();
}

function listenToButtons() {
  one("start").addEventListener("click", () => told(state.playing ? "pause" : "start"));
  one("step").addEventListener("click", () => told("step", 1));
  one("reset").addEventListener("click", () => told("reset"));
  one("pace").addEventListener("change", tellPace);
  one("seed").addEventListener("change", () => {
    const text = one("seed").value.trim();
    state.seed = /^\d{1,15}$/.test(text) ? Number(text) : null;
    one("seed").value = state.seed ?? "";
    begin();
  });
  one("add").addEventListener("change", () => {
    const [file] = one("add").files;
    one("add").value = "";
    if (file) {
      addFile(file);
    }
  });
  one("share").addEventListener("click", async () => {
    await address();
    await navigator.clipboard.writeText(location.href).then(() => say("the link is copied"), () => say("the link is in the address"));
  });
  one("model").addEventListener("click", () => {
    one("model").href = URL.createObjectURL(new Blob([editor.text], { type: "text/plain" }));
    one("model").download = given.name;
  });
  one("theme").addEventListener("click", () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
  document.querySelectorAll("#panes button").forEach(button => button.addEventListener("click", () => {
    document.querySelectorAll("#panes button").forEach(each => {
      each.setAttribute("aria-pressed", each === button);
      one(each.dataset.pane).classList.toggle("shown", each === button);
    });
  }));
}

function theme(name) {
  document.documentElement.dataset.theme = name;
  one("theme").textContent = name === "dark" ? "Light" : "Dark";
  refreshColours();
  network.redraw();
  if (state.seen) {
    show({ playing: state.playing, problems: [], seen: state.seen });
  }
}

function listExamples() {
  const first = given.text ? [make("option", { value: "" }, given.name)] : [];
  one("examples").replaceChildren(...first, ...given.examples.map(({ title }, i) => make("option", { value: i }, title)));
  one("examples").addEventListener("change", () => {
    const chosen = one("examples").value;
    load(chosen === "" ? { text: given.text } : given.examples[Number(chosen)]);
  });
}

async function start() {
  theme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  listenToButtons();
  listExamples();
  one("legend").textContent = "orange: above 0, blue: below; the stronger, the farther";
  const shared = location.hash.length > 1 ? await unpacked(location.hash.slice(1)) : null;
  await load(shared ?? (given.text ? { text: given.text } : given.examples[0]));
}

addEventListener("hashchange", async () => {
  const shared = await unpacked(location.hash.slice(1));
  if (shared) {
    load(shared);
  }
});

start();
