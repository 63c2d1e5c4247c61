package dev.peephole.syntax;

import dev.peephole.grammar.NnLexer;
import dev.peephole.grammar.NnParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Reads the lines of training plans as the forms of their clauses say: words by themselves, and
 * parts by the grammar's rules for them.
 */
final class ClauseReader {
  private final ClauseForms forms;
  private final NnParser parser;
  private final StatementRecovery recovery;
  private final PartsToAst ast;
  private final ExpressionsToAst expressions;

  /**
   * @param parser over the tokens of the whole file
   * @param recovery what reports the parser's errors
   */
  ClauseReader(
      ClauseForms forms,
      NnParser parser,
      StatementRecovery recovery,
      ExpressionsToAst expressions) {
    this.forms = forms;
    this.parser = parser;
    this.recovery = recovery;
    this.expressions = expressions;
    this.ast = new PartsToAst(expressions);
  }

  /** What may stand at some place: types of token, and words. */
  record Expected(IntervalSet types, Set<String> words) {}

  /** The clause that a line of a plan is; nothing if it is wrong, which is reported then. */
  Optional<Clause> read(NnParser.ClauseContext line) {
    TokenStream tokens = parser.getInputStream();
    tokens.seek(line.getStart().getTokenIndex());
    Optional<ClauseForm> form = forms.find(line.getStart().getText());
    Map<Part<?>, Object> parts = new HashMap<>();
    try {
      recovery.reads(form.orElse(null));
      if (form.isEmpty()) {
        throw mismatch(new Expected(new IntervalSet(), new LinkedHashSet<>(forms.words())));
      }
      parser.getInputStream().consume();
      read(new ArrayDeque<>(form.get().elements()), parts);
    } catch (RecognitionException reported) {
      return Optional.empty();
    }
    return Optional.of(new Clause(form.get(), parts, expressions.span(line)));
  }

  private void read(Deque<ClauseForm.Element> rest, Map<Part<?>, Object> parts) {
    Deque<ClauseForm.Element> leftOut = new ArrayDeque<>();
    while (!rest.isEmpty()) {
      ClauseForm.Element element = rest.pop();
      boolean word = !(element instanceof Part<?> part) || !part.words().isEmpty();
      if (element instanceof ClauseForm.Maybe maybe) {
        if (begins(maybe.elements().get(0))) {
          List<ClauseForm.Element> elements = new ArrayList<>(maybe.elements());
          Collections.reverse(elements);
          elements.forEach(rest::push);
        } else {
          leftOut.add(maybe);
        }
        continue;
      }
      if (word && !begins(element)) {
        rest.push(element);
        leftOut.addAll(rest);
        throw mismatch(first(leftOut));
      }
      recovery.goesOnWith(first(rest));
      if (element instanceof Part<?> part) {
        parts.put(part, part.read(parser, ast));
      } else {
        parser.getInputStream().consume();
      }
      leftOut.clear();
    }
    if (!ends()) {
      throw mismatch(first(leftOut));
    }
  }

  private boolean begins(ClauseForm.Element element) {
    Token token = parser.getCurrentToken();
    Expected first = first(List.of(element));
    return first.types().contains(token.getType()) || first.words().contains(token.getText());
  }

  private boolean ends() {
    int type = parser.getCurrentToken().getType();
    return Words.separates(type) && type != NnLexer.L_BRACE || type == Token.EOF;
  }

  /** What elements may begin with; the end of the line if nothing of them need be there. */
  private static Expected first(Iterable<ClauseForm.Element> elements) {
    IntervalSet types = new IntervalSet();
    Set<String> words = new LinkedHashSet<>();
    for (ClauseForm.Element element : elements) {
      if (element instanceof ClauseForm.Maybe maybe) {
        Expected first = first(maybe.elements());
        types.addAll(first.types());
        words.addAll(first.words());
        continue;
      }
      if (element instanceof ClauseForm.Word word) {
        words.add(word.text());
      } else {
        types.addAll(((Part<?>) element).types());
        words.addAll(((Part<?>) element).words());
      }
      return new Expected(types, words);
    }
    types.add(NnLexer.NEWLINE);
    return new Expected(types, words);
  }

  private RecognitionException mismatch(Expected expected) {
    InputMismatchException error = new InputMismatchException(parser);
    recovery.goesOnWith(expected);
    recovery.reportError(parser, error);
    return error;
  }
}
