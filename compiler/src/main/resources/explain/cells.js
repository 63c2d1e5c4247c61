// Numbers as coloured cells.
const MOST_ROWS = 16;
const MOST_COLUMNS = 16;

/** The numbers of a value as a table: rows of { value, key, place }, and what was left out. */
function tableOf(value) {
  const { axes, loop } = values[value];
  const lengths = axes.filter(axis => axis !== BATCH).map(lengthOf);
  const columns = lengths[lengths.length - 1] ?? 1;
  const size = sizeOf(axes);
  const overTime = loop >= 0 && size === columns;
  const steps = overTime ? loopLength.get(loop).steps : 0;
  const count = overTime ? steps : size / columns;
  // Of many time steps those around the one that is shown.
  const from = overTime ? Math.max(0, Math.min(state.time - MOST_ROWS / 2, count - MOST_ROWS)) : 0;
  const rows = [];
  for (let r = from; r < Math.min(count, from + MOST_ROWS); r++) {
    const key = overTime ? keyAt(value, r) : keyAt(value, state.time);
    const row = [];
    for (let c = 0; c < Math.min(columns, MOST_COLUMNS); c++) {
      row.push({ value, key, place: overTime ? c : r * columns + c });
    }
    rows.push({ label: overTime ? "t " + r : String(r), now: overTime && r === state.time, row });
  }
  return { rows, overTime, count, columns };
}

/** The greatest number of a value, by which its colours are scaled. */
function greatestOf(value) {
  let greatest = 0;
  for (const numbers of state.run.kept[value].values()) {
    for (const number of numbers) {
      if (Math.abs(number) > greatest && Number.isFinite(number)) {
        greatest = Math.abs(number);
      }
    }
  }
  return greatest || 1;
}

const numberAt = (cell, run = state.run) => numbersAt(cell.value, cell.key, run)?.[cell.place];

function colour(element, number, greatest) {
  const there = number !== undefined;
  const share = there ? Math.sqrt(Math.min(1, Math.abs(number) / greatest)) : 0;
  element.classList.toggle("minus", there && number < 0);
  element.style.setProperty("--share", Math.round(share * 100) + "%");
}

const shownNumber = cell => isThere(cell.value, cell.key) ? numberAt(cell) : undefined;

/** A value's numbers as a row of small squares, to be seen at a glance. */
function swatches(value) {
  const { axes } = values[value];
  const key = keyAt(value, state.time);
  const there = isThere(value, key);
  const numbers = numbersAt(value, key);
  const greatest = greatestOf(value);
  const lengths = axes.filter(axis => axis !== BATCH).map(lengthOf);
  const columns = lengths[lengths.length - 1] ?? 1;
  const rows = Math.min(numbers.length / columns, 6);
  const what = values[value].name + (there ? ": " + summary(numbers) : ": not computed yet");
  const element = make("span", { class: "swatches", role: "img", "aria-label": what, title: what });
  for (let r = 0; r < rows; r++) {
    const row = make("span", {});
    for (let c = 0; c < Math.min(columns, 24); c++) {
      const cell = { value, key, place: r * columns + c };
      const square = make("i", there ? { title: nameOf(cell) + " = " + written(numberAt(cell)) } : {});
      square.className = there ? "cell" : "cell unknown";
      square.classList.toggle("focus", isFocus(cell));
      colour(square, there ? numberAt(cell) : undefined, greatest);
      row.append(square);
    }
    element.append(row);
  }
  if (numbers.length > rows * Math.min(columns, 24)) {
    element.append(make("span", { class: "rest" }, "… of " + values[value].shape));
  }
  return element;
}

function summary(numbers) {
  if (numbers.length === 1) {
    return written(numbers[0]);
  }
  let [least, greatest, sum] = [Infinity, -Infinity, 0];
  for (const number of numbers) {
    least = Math.min(least, number);
    greatest = Math.max(greatest, number);
    sum += number;
  }
  return numbers.length + " numbers from " + written(least) + " to " + written(greatest)
    + ", mean " + written(sum / numbers.length);
}

const isFocus = cell => state.focus !== null && cell.value === state.focus.value
  && cell.key === state.focus.key && cell.place === state.focus.place;

const normOf = numbers => Math.hypot(...numbers);

/** How great a value's numbers are together at a time step, as a bar beside those of other time steps. */
function normBar(value, key) {
  const norm = normOf(numbersAt(value, key));
  const greatest = Math.max(...[...state.run.kept[value].values()].map(normOf)) || 1;
  const bar = make("i", { class: "bar" });
  bar.style.width = Math.round(60 * norm / greatest) + "px";
  const said = isThere(value, key) ? [bar, written(norm, 2)] : ["·"];
  return make("span", { role: "gridcell", class: "norm", title: "Euclidean norm" }, ...said);
}

const idOf = ({ value, key, place }) => value + "@" + key + "@" + place;

/** A value's numbers as a table; arrow keys and clicks choose one of them, and what it is computed of is framed. */
function grid(value, used) {
  const { rows, overTime, count, columns } = tableOf(value);
  const greatest = greatestOf(value);
  const label = values[value].name + (overTime ? " at all time steps" : " " + values[value].shape);
  const table = make("div", { class: "grid", role: "grid", "aria-label": label });
  let tabbed = false;
  for (const { label: head, now, row } of rows) {
    const line = make("div", { role: "row" },
      rows.length > 1 ? make("span", { role: "rowheader", class: now ? "now" : "" }, head) : "");
    for (const cell of row) {
      const number = shownNumber(cell);
      const short = columns <= 8 ? written(number, 2) : number === undefined ? "·" : "";
      const element = make("span", { role: "gridcell", class: "cell", tabindex: "-1",
        "aria-label": nameOf(cell) + (overTime ? " at " + head : "") + " is "
          + (number === undefined ? "not computed yet" : written(number)) }, short);
      element.title = nameOf(cell) + " = " + written(number);
      element.cell = cell;
      colour(element, number, greatest);
      element.classList.toggle("wide", columns <= 8);
      element.classList.toggle("used", used.has(idOf(cell)));
      element.classList.toggle("changed", numberAt(cell) !== numberAt(cell, state.first));
      if (isFocus(cell)) {
        element.classList.add("focus");
        element.setAttribute("aria-selected", "true");
        element.setAttribute("tabindex", "0");
        tabbed = true;
      }
      line.append(element);
    }
    if (overTime && columns > 1) {
      line.append(normBar(value, row[0].key));
    }
    table.append(line);
  }
  if (!tabbed) {
    table.querySelector(".cell").setAttribute("tabindex", "0");
  }
  const element = make("figure", {}, table);
  if (count > rows.length || columns > MOST_COLUMNS) {
    const all = overTime ? [...state.run.kept[value].values()].flatMap(numbers => [...numbers])
      : numbersAt(value, keyAt(value, state.time));
    element.append(make("figcaption", {}, "Shown: " + rows.length + " × "
      + Math.min(columns, MOST_COLUMNS) + " of " + count + " × " + columns + "; all: " + summary(all)));
  }
  return element;
}

/** Arrow keys within a grid: the cell to go to, if there is one. */
function neighbour(element, key) {
  const row = element.parentElement;
  const cells = [...row.querySelectorAll(".cell")];
  const column = cells.indexOf(element);
  const below = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[key];
  return below ? below.querySelectorAll(".cell")[column]
    : { ArrowRight: cells[column + 1], ArrowLeft: cells[column - 1], Home: cells[0], End: cells[cells.length - 1] }[key];
}
