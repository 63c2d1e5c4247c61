package dev.peephole.syntax;

import dev.peephole.source.SourceFile;
import dev.peephole.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What stands at the top of a file. */
public sealed interface Declaration {

  /** The whole of it, from its keyword to its last character. */
  Span span();

  /** {@code import "my_layers.nn"}. */
  record Import(String path, Span pathSpan, Span span) implements Declaration {}

  /** {@code const n = 3}. */
  record Const(Ident name, Expr value, List<String> doc, Span span) implements Declaration {}

  /** {@code network Fever { … }}. */
  record Network(Ident name, List<Statement> body, List<String> doc, Span span)
      implements Declaration {}

  /**
   * A function, layer, cell, optimizer or initializer: something that is called.
   *
   * <p>The short form {@code function f(x) = e} has the one statement {@code return e}.
   */
  record Callable(
      Kind kind,
      Ident name,
      List<Parameter> parameters,
      List<Statement> body,
      List<String> doc,
      Span span)
      implements Declaration {

    /**
     * The declaration as its file has it, with the documentation above it; ends with a line end.
     */
    public String source() {
      SourceFile file = span.file();
      int first = span.line() - doc.size();
      int last = file.line(span.end() - 1);
      return IntStream.rangeClosed(first, last)
          .mapToObj(line -> file.lineText(line) + "\n")
          .collect(Collectors.joining());
    }

    /** The parameter of a name. */
    public Optional<Parameter> parameter(String called) {
      return parameters.stream().filter(p -> p.name().name().equals(called)).findFirst();
    }
  }

  /** {@code train Fever { … }}. */
  record Train(Ident network, List<Clause> clauses, List<String> doc, Span span)
      implements Declaration {}

  /** What a {@link Callable} is; the keyword in lower case. */
  enum Kind {
    FUNCTION,
    LAYER,
    CELL,
    OPTIMIZER,
    INITIALIZER;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * An argument that a {@link Callable} takes: {@code x: [n]}, {@code units: int}, {@code rate =
   * 0.1}. A shape says that it is a tensor; neither type nor default, that it may be one.
   */
  record Parameter(Ident name, Optional<Type> type, Optional<Expr> standard) {}
}
