// The editor of the model: CodeMirror, with the words of the grammar and the errors of the compiler.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { StreamLanguage, bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { WORDS } from "/words.js";

const words = new Set(WORDS);

/** How the text is coloured: comments, texts, numbers, and the grammar's words. */
const language = StreamLanguage.define({
  name: "nn",
  languageData: { commentTokens: { line: "//" } },
  token(stream) {
    if (stream.match(/\/\/.*/)) {
      return "comment";
    } else if (stream.match(/"(?:[^"\\]|\\.)*"?/)) {
      return "string";
    } else if (stream.match(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)) {
      return "number";
    }
    const name = stream.match(/[\p{L}_][\p{L}\d_]*/u);
    if (!name) {
      stream.next();
    }
    return name && words.has(name[0]) ? "keyword" : null;
  },
});

const markLines = StateEffect.define();

/** The lines of what is pointed at. */
const marked = StateField.define({
  create: () => Decoration.none,
  update(lines, { changes, effects }) {
    const found = effects.find(effect => effect.is(markLines));
    return found ? found.value : lines.map(changes);
  },
  provide: field => EditorView.decorations.from(field),
});

export class Editor {
  /** @param changed is called with the text when somebody has typed */
  constructor(parent, changed) {
    this.view = new EditorView({
      parent,
      extensions: [
        EditorView.cspNonce.of(document.documentElement.dataset.nonce),
        lineNumbers(), history(), drawSelection(), bracketMatching(), indentOnInput(), highlightActiveLine(),
        language, syntaxHighlighting(classHighlighter), lintGutter(), marked,
        EditorState.tabSize.of(2), EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "The model", spellcheck: "false" }),
        keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        EditorView.updateListener.of(update => {
          if (update.docChanged && !this.silent) {
            changed(update.state.doc.toString());
          }
        }),
      ],
    });
  }

  get text() {
    return this.view.state.doc.toString();
  }

  /** Another model in place of this one. */
  replace(text) {
    this.silent = true;
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
    this.silent = false;
  }

  offset(line, column) {
    const { doc } = this.view.state;
    const found = doc.line(Math.max(1, Math.min(line, doc.lines)));
    return Math.min(found.from + column - 1, found.to);
  }

  /** Shows the problems that lie in the text. */
  tell(problems) {
    const diagnostics = problems.filter(problem => problem.column).map(problem => {
      const from = this.offset(problem.line, problem.column);
      const to = Math.max(from, this.offset(problem.end_line, problem.end_column));
      const more = [...problem.notes, ...problem.hints.map(hint => "hint: " + hint)];
      return { from, to, severity: problem.event, message: [problem.message, ...more].join("\n") };
    });
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  goTo(line, column) {
    const at = this.offset(line, column);
    this.view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    this.view.focus();
  }

  /** Marks some lines. */
  mark(lines) {
    const { doc } = this.view.state;
    const all = [...new Set(lines)].filter(line => line <= doc.lines).sort((a, b) => a - b);
    const ranges = all.map(line => Decoration.line({ class: "marked" }).range(doc.line(line).from));
    const effects = [markLines.of(Decoration.set(ranges))];
    this.view.dispatch({ effects });
  }
}
