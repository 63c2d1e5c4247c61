package dev.peephole.syntax;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.source.SourceFile;
import dev.peephole.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.Token;

/**
 * The syntax errors of one file. A statement that is wrong in one place often looks wrong in others
 * too, so only the error that was reported first is kept of each statement.
 */
final class SyntaxErrors {
  private static final int SHOWN = 20;
  private static final int KEPT = 10_000;

  private final SourceFile file;
  private final List<Diagnostic> reported = new ArrayList<>();
  private final TreeSet<Integer> statements = new TreeSet<>(Set.of(0));

  SyntaxErrors(SourceFile file) {
    this.file = file;
  }

  /** A statement, clause or declaration starts at {@code offset}. */
  void statementAt(int offset) {
    statements.add(offset);
  }

  void report(Diagnostic error) {
    if (reported.size() < KEPT) {
      reported.add(error);
    }
  }

  Diagnostic error(Span place, String message) {
    return Diagnostic.error(Code.SYNTAX, place, message);
  }

  Span span(int start, int end) {
    return new Span(file, start, end);
  }

  Span span(Token token) {
    return span(token.getStartIndex(), Math.max(token.getStartIndex(), token.getStopIndex() + 1));
  }

  /** The place right behind a token. */
  Span after(Token token) {
    return span(token.getStopIndex() + 1, token.getStopIndex() + 1);
  }

  /** What to show, in the order of the file. */
  List<Diagnostic> firstOfEachStatement() {
    List<Diagnostic> first = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (Diagnostic error : reported) {
      if (seen.add(statements.floor(error.span().start()))) {
        first.add(error);
      }
    }
    first.sort(Comparator.comparingInt(error -> error.span().start()));
    if (first.size() <= SHOWN) {
      return first;
    }
    List<Diagnostic> shown = new ArrayList<>(first.subList(0, SHOWN));
    shown.set(SHOWN - 1, shown.get(SHOWN - 1).note("more errors follow; mend these first"));
    return shown;
  }
}
