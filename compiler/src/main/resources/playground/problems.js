// What the compiler has to say of the model, and what went wrong in the run.
import { make } from "/formulas.js";

export class Problems {
  constructor(element, editor, file) {
    this.element = element;
    this.editor = editor;
    this.file = file;
    this.model = [];
    this.run = [];
  }

  ofModel(problems) {
    this.model = problems ?? [];
    this.run = [];
    this.show();
  }

  ofRun(problems) {
    if (problems.length || this.run.length) {
      this.run = problems;
      this.show();
    }
  }

  /** Whether a problem has a place in the editor's text. */
  isHere(problem) {
    return problem.column !== undefined && problem.file === this.file;
  }

  show() {
    this.editor.tell(this.model.filter(problem => this.isHere(problem)));
    this.element.replaceChildren(...[...this.run, ...this.model].map(problem => this.item(problem)));
  }

  item(problem) {
    const place = problem.line ? (problem.file ?? "") + ":" + problem.line + ": " : "";
    const hints = problem.hints ?? (problem.hint ? [problem.hint] : []);
    const places = (problem.places ?? []).map(({ file, line, label }) => file + ":" + line + ": " + label);
    const more = [problem.label, ...places, ...problem.notes ?? [], problem.culprit].filter(Boolean);
    const item = make("div", { class: "problem " + problem.event }, make("strong", {}, place + problem.message),
      ...more.map(text => make("p", {}, text)),
      ...hints.map(hint => make("p", { class: "hint" }, "hint: " + hint)));
    if (this.isHere(problem)) {
      const go = make("button", { type: "button" }, "Go there");
      go.addEventListener("click", () => this.editor.goTo(problem.line, problem.column));
      item.append(go);
    }
    return item;
  }
}
