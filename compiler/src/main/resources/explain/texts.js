// Texts line by line: model files, declarations of the library, generated code.
const WORDS = new RegExp(
  "(//.*|/\\*.*|^\\s*\\*.*)|(\"(?:[^\"\\\\]|\\\\.)*\")|\\b(network|layer|cell|function|initializer|optimizer|train"
  + "|input|target|output|param|state|prev|loss|return|const|import|if|then|else|when|and|or|not|true|false"
  + "|public|private|final|class|extends|void|float|double|int|long|boolean|for|new|this|static|kernel|global"
  + "|local)\\b|\\b(\\d[\\w.]*)", "g");

/** A line with its comments, words and numbers told apart. */
function coloured(line) {
  const pieces = [];
  let at = 0;
  for (const found of line.matchAll(WORDS)) {
    const kind = found[1] ? "comment" : found[2] ? "number" : found[3] ? "keyword" : "number";
    pieces.push(line.slice(at, found.index), make("span", { class: kind }, found[0]));
    at = found.index + found[0].length;
  }
  pieces.push(line.slice(at));
  return pieces.filter(piece => piece !== "");
}

/** The rows of a text; those that have equations can be chosen. */
function rowsOf(text, first, byLine, where) {
  const rows = make("div", { class: "text" });
  text.replace(/\n$/, "").split("\n").forEach((line, index) => {
    const number = first + index;
    const row = make("span", { class: "row", "data-line": number }, ...coloured(line));
    const found = byLine.get(number);
    if (found) {
      row.classList.add("part");
      row.dataset.equations = found.join(" ");
      if (line.trim()) {
        row.setAttribute("role", "button");
        row.setAttribute("tabindex", "-1");
        row.dataset.address = where(number, found);
      }
    }
    rows.append(row, "\n");
  });
  return rows;
}

function showSources(pane) {
  trace.sources.forEach((source, number) => {
    const title = make("h2", {}, source.title);
    if (source.library) {
      title.append(make("span", { class: "from" }, "  " + source.file));
    }
    pane.append(make("section", { "aria-label": source.title }, title,
      rowsOf(source.text, source.firstLine, equationsBySourceLine(number),
        line => source.file + ":" + line)));
  });
}

const TARGETS = { textbook: "Textbook Java", fast: "Fast Java", opencl: "OpenCL" };

function showCode(pane) {
  const tabs = make("div", { class: "tabs", role: "tablist", "aria-label": "Style of the code" });
  pane.append(tabs);
  trace.files.forEach(file => {
    const panel = make("div", { id: "file-" + file.target, role: "tabpanel", "aria-label": TARGETS[file.target] },
      rowsOf(file.text, 1, equationsByLine(file), (line, found) => equations[found[found.length - 1]].id));
    const tab = make("button", { type: "button", role: "tab", "aria-controls": panel.id }, TARGETS[file.target]);
    tab.addEventListener("click", () => showTab(file.target));
    tabs.append(tab);
    pane.append(panel);
  });
  tabs.addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const all = trace.files.map(file => file.target);
      const next = all[(all.indexOf(shownTab()) + step + all.length) % all.length];
      showTab(next);
      tabs.querySelector("[aria-selected=true]").focus();
    }
  });
  showTab(trace.files[0].target);
}

function shownTab() {
  return document.querySelector("#code [role=tabpanel]:not([hidden])").id.slice("file-".length);
}

function showTab(target) {
  for (const panel of document.querySelectorAll("#code [role=tabpanel]")) {
    panel.hidden = panel.id !== "file-" + target;
  }
  for (const tab of document.querySelectorAll("#code [role=tab]")) {
    const shown = tab.getAttribute("aria-controls") === "file-" + target;
    tab.setAttribute("aria-selected", shown);
    tab.setAttribute("tabindex", shown ? 0 : -1);
  }
  reveal(document.getElementById("code"), document.querySelector("#file-" + target + " .chosen"));
}
