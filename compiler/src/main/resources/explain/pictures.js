// Values over places in two directions, such as images, feature maps and kernels, as pictures.
const MOST_PICTURES = 16; // beside each other: the channels of an image, or the filters
const MOST_CHANNELS = 8; // below each other: what each filter has for each channel
const PICTURE = 88;

/** How a value [height, width, channels] or [height, width, channels, filters] is laid out in pictures, if it is one. */
function pictured(value) {
  const lengths = values[value].axes.filter(axis => axis !== BATCH).map(lengthOf);
  const [height, width, ...rest] = lengths;
  if (rest.length < 1 || rest.length > 2 || height < 2 || width < 2) {
    return null;
  }
  const [down, across] = rest.length === 1 ? [1, rest[0]] : rest;
  const size = Math.max(2, Math.min(10, Math.floor(PICTURE / Math.max(height, width))));
  return { height, width, down, across, size, rows: Math.min(down, MOST_CHANNELS), columns: Math.min(across, MOST_PICTURES),
    placeAt: (y, x, j, k) => ((y * width + x) * down + j) * across + k };
}

/** The places of a picture that are used, as the frame around them all. */
function frameOf({ height, width, placeAt }, j, k, isUsed) {
  let [top, left, bottom, right] = [height, width, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (isUsed(placeAt(y, x, j, k))) {
        [top, left, bottom, right] = [Math.min(top, y), Math.min(left, x), Math.max(bottom, y), Math.max(right, x)];
      }
    }
  }
  return bottom < 0 ? null : { top, left, height: bottom - top + 1, width: right - left + 1 };
}

/** One picture: colours as in tables, a frame around what the chosen number is computed of, and one around that number. */
function drawPicture(context, layout, j, k, { value, key, numbers, greatest, used, colours }) {
  const { height, width, size, placeAt } = layout;
  context.save();
  context.translate(k * (width * size + 4) + 2, j * (height * size + 4) + 2);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const number = numbers[placeAt(y, x, j, k)];
      context.globalAlpha = Math.sqrt(Math.min(1, Math.abs(number) / greatest));
      context.fillStyle = number < 0 ? colours.minus : colours.plus;
      context.fillRect(x * size, y * size, size, size);
    }
  }
  context.globalAlpha = 1;
  const frame = (of, colour, line) => {
    context.lineWidth = line;
    context.strokeStyle = colour;
    context.strokeRect(of.left * size, of.top * size, of.width * size, of.height * size);
  };
  frame({ top: 0, left: 0, height, width }, colours.line, 1);
  const seen = frameOf(layout, j, k, place => used.has(idOf({ value, key, place })));
  if (seen) {
    frame(seen, colours.forward, 2);
  }
  const focus = frameOf(layout, j, k, place => isFocus({ value, key, place }));
  if (focus) {
    frame(focus, colours.ink, 2);
  }
  context.restore();
}

/** A value's pictures; a click chooses the number there. Nothing for what is no picture or not computed yet. */
function pictures(value, used) {
  const layout = pictured(value);
  const key = keyAt(value, state.time);
  if (!layout || !isThere(value, key)) {
    return "";
  }
  const { height, width, down, across, size, rows, columns, placeAt } = layout;
  const what = (down > 1 ? across + " × " + down : across) + " of " + height + " × " + width;
  const canvas = make("canvas", { role: "img", "aria-label": values[value].name + " as pictures: " + what,
    width: columns * (width * size + 4), height: rows * (height * size + 4) });
  const style = getComputedStyle(document.documentElement);
  const colours = Object.fromEntries(["plus", "minus", "line", "forward", "ink"].map(
    name => [name, style.getPropertyValue("--" + name).trim()]));
  const drawn = { value, key, numbers: numbersAt(value, key), greatest: greatestOf(value), used, colours };
  const context = canvas.getContext("2d");
  for (let j = 0; j < rows; j++) {
    for (let k = 0; k < columns; k++) {
      drawPicture(context, layout, j, k, drawn);
    }
  }
  canvas.addEventListener("click", event => {
    const [column, row] = [event.offsetX / (width * size + 4), event.offsetY / (height * size + 4)];
    const x = Math.floor((event.offsetX - Math.floor(column) * (width * size + 4) - 2) / size);
    const y = Math.floor((event.offsetY - Math.floor(row) * (height * size + 4) - 2) / size);
    if (x >= 0 && x < width && y >= 0 && y < height) {
      chooseNumber({ value, key, place: placeAt(y, x, Math.floor(row), Math.floor(column)) });
    }
  });
  const left = rows < down || columns < across ? "Shown: " + columns + " × " + rows + " of " + across + " × " + down + " pictures" : "";
  return make("figure", { class: "pictures" }, canvas, left && make("figcaption", {}, left));
}
