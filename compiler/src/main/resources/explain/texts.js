// Texts line by line: model files, declarations of the library, generated code.
const ROWS_TOGETHER = 40;

/** The rows of a text; those that have equations can be chosen. The browser lays out some together, when they are seen. */
function rowsOf(text, first, byLine, where) {
  const all = make("div", { class: "text" });
  let rows;
  text.replace(/\n$/, "").split("\n").forEach((line, index) => {
    if (index % ROWS_TOGETHER === 0) {
      rows = make("div", { class: "rows" });
      all.append(rows);
    }
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
  return all;
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

/** Shows where something of the model is declared. */
function showDeclaration(place) {
  const pane = document.getElementById("sources");
  showPane("sources");
  const section = pane.children[place.source];
  const row = section.querySelector(`[data-line="${place.line}"]`);
  pane.scrollTop += row.getBoundingClientRect().top - pane.getBoundingClientRect().top - 48;
}

const TARGETS = { textbook: "Textbook Java", fast: "Fast Java", opencl: "OpenCL" };

/** The generated files, each of which is written out when it is first seen. */
function showCode(pane) {
  const panels = trace.files.map(file => make("div", { id: "file-" + file.target }));
  const { bar, show } = tabs("Style of the code", panels, trace.files.map(file => TARGETS[file.target]), (panel, number) => {
    if (!panel.hasChildNodes()) {
      panel.append(rowsOf(trace.files[number].text, 1, equationsByLine(trace.files[number].pieces),
        (line, found) => equations[found[found.length - 1]].id));
      markAgain();
    }
    reveal(pane, panel.querySelector(".chosen"));
  });
  pane.append(bar, ...panels);
  show(0);
}
