// Lines of model files and generated code, with their words told apart.
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
