package dev.peephole.syntax;

import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.grammar.NnLexer;
import dev.peephole.grammar.NnParser;
import dev.peephole.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;

/**
 * What to say about a token that the grammar has no place for, for a reader who knows no grammar.
 */
final class Explanation {
  private final Place place;
  private final SyntaxErrors errors;

  Explanation(Place place, SyntaxErrors errors) {
    this.place = place;
    this.errors = errors;
  }

  /** The error for the first habit or slip that explains the place, or else what was expected. */
  Diagnostic diagnostic() {
    return Stream.<Supplier<Optional<Diagnostic>>>of(
            this::operatorFirst,
            this::unknownClause,
            this::unknownStatement,
            this::unknownDeclaration,
            this::unknownType,
            this::reservedWord,
            this::assignment,
            this::colon,
            this::chainedComparison,
            this::callOfResult,
            this::nestedIf)
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(this::expected);
  }

  // ---- The beginning of a line ----

  private Optional<Diagnostic> operatorFirst() {
    boolean first = place.typeBefore() == NnLexer.NEWLINE || place.typeBefore() == NnLexer.L_BRACE;
    return when(
        first && Words.isOperator(place.type()),
        () ->
            here("a line cannot begin with " + quoted(place.found()))
                .hint("put it at the end of the line before"));
  }

  private Optional<Diagnostic> unknownClause() {
    return when(
        place.rule() instanceof NnParser.ClauseContext
            || place.rule() instanceof NnParser.PlanContext && place.expects(NnLexer.SPLIT),
        () -> {
          Diagnostic error =
              here(place.foundWords() + " does not begin a clause of a training plan");
          return suggest(error, place.found(), Words.clauses())
              .note("the clauses are " + listed(Words.clauses()));
        });
  }

  private Optional<Diagnostic> unknownStatement() {
    if (!(place.rule() instanceof NnParser.EquationContext) || place.before() != place.first()) {
      return Optional.empty();
    }
    Token word = place.first();
    Optional<String> nearest = Nearest.to(word.getText(), Words.statements());
    if (nearest.isPresent() && place.type() != NnLexer.ASSIGN) {
      return Optional.of(
          errors
              .error(errors.span(word), quoted(word) + " does not begin a statement")
              .hint("did you mean `" + nearest.get() + "`?"));
    }
    return switch (place.type()) {
      case NnLexer.L_PAREN ->
          Optional.of(
              errors
                  .error(errors.span(word), "the result of " + quoted(word) + " goes nowhere")
                  .hint("give it a name: `y = " + word.getText() + "(…)`"));
      case NnLexer.NEWLINE, NnLexer.R_BRACE ->
          Optional.of(
              errors
                  .error(errors.span(word), quoted(word) + " alone says nothing")
                  .hint("define it: `" + word.getText() + " = …`"));
      default -> Optional.empty();
    };
  }

  private Optional<Diagnostic> unknownDeclaration() {
    return when(
        place.expects(NnLexer.NETWORK),
        () ->
            suggest(
                    here("expected a declaration, found " + place.foundWords()),
                    place.found(),
                    Words.declarations())
                .note("a declaration begins with " + listed(Words.declarations())));
  }

  // ---- Types and names ----

  private Optional<Diagnostic> unknownType() {
    boolean shape = place.expectsOnly(NnLexer.L_BRACKET);
    if (!shape && !place.expects(NnLexer.INITIALIZER)
        || place.expects(NnLexer.NETWORK)
        || place.lineEnds()) {
      return Optional.empty();
    }
    String found = place.found().getText();
    if (place.type() == NnLexer.NUMBER && inside(NnParser.ParameterContext.class)) {
      return Optional.of(
          here("expected a type, found " + place.foundWords())
              .hint("a default value follows `=`: `" + parameterName() + " = " + found + "`"));
    }
    Diagnostic error =
        here(
            shape
                ? "expected a shape, found " + place.foundWords()
                : quoted(place.found()) + " is not a type");
    Optional<String> kind = shape ? Optional.empty() : Nearest.to(found, Words.kinds());
    return Optional.of(
        kind.map(name -> error.hint("did you mean `" + name + "`?"))
            .orElseGet(
                () -> error.hint("a shape is written `[3]`, `[28, n]`, or `[]` for a scalar"))
            .note(shape ? "" : "the other types are " + listed(Words.kinds()) + " and `class(n)`"));
  }

  private Optional<Diagnostic> reservedWord() {
    boolean wanted = place.expects(NnLexer.NAME) && place.type() != NnLexer.IF;
    return when(
        wanted && Words.isReserved(place.type()),
        () ->
            here(quoted(place.found()) + " is a word of the language and cannot be a name")
                .hint("choose another name, such as `" + place.found().getText() + "_1`"));
  }

  // ---- = and : ----

  private Optional<Diagnostic> assignment() {
    if (place.type() != NnLexer.ASSIGN) {
      return Optional.empty();
    }
    String before = place.before().getText();
    if (place.rule() instanceof NnParser.ArgumentContext && place.behindName()) {
      return Optional.of(
          here("an option is given with `:`, not `=`").hint("write `" + before + ": …`"));
    }
    if (place.expects(NnLexer.THEN) || place.rule() instanceof NnParser.ParamStatementContext) {
      return Optional.of(here("`=` defines a name").hint("to compare, write `==`"));
    }
    if (inside(NnParser.ClauseContext.class) && place.expectsExpression()) {
      return Optional.of(here("a clause is written without `=`").hint("write `" + before + " …`"));
    }
    if (inside(NnParser.LossStatementContext.class)) {
      return Optional.of(here("a loss has no name").hint("write `loss …`"));
    }
    return Optional.empty();
  }

  private Optional<Diagnostic> colon() {
    if (place.expectsOnly(NnLexer.ASSIGN)
        && (place.type() == NnLexer.COLON || place.type() == NnLexer.EQUAL)) {
      return Optional.of(
          here("a name is defined with `=`, not " + quoted(place.found()))
              .hint("write `" + place.before().getText() + " = …`"));
    }
    return when(
        place.type() == NnLexer.COLON
            && inside(NnParser.ClauseContext.class)
            && place.expectsExpression(),
        () ->
            here("a clause is written without `:`")
                .hint("write `" + place.before().getText() + " …`"));
  }

  // ---- Inside of expressions ----

  private Optional<Diagnostic> chainedComparison() {
    return when(
        Words.compares(place.type()) && place.expectsOperator() && !place.expects(place.type()),
        () ->
            here("a comparison cannot be compared again")
                .hint("compare in steps, with names for the results"));
  }

  private Optional<Diagnostic> callOfResult() {
    boolean result =
        place.typeBefore() == NnLexer.R_PAREN || place.typeBefore() == NnLexer.R_BRACKET;
    return when(
        place.type() == NnLexer.L_PAREN && result && place.expectsOperator(),
        () ->
            here("only what has a name can be called")
                .hint("name it first: `f = …` and then `f(…)`; a product needs `*`"));
  }

  private Optional<Diagnostic> nestedIf() {
    return when(
        place.type() == NnLexer.IF && place.expectsExpression() && !place.expects(NnLexer.IF),
        () ->
            here("an `if` inside an expression needs brackets around it")
                .hint("write `(if … then … else …)`"));
  }

  // ---- Anything else ----

  private Diagnostic expected() {
    String expected = place.expectedWords();
    String message =
        switch (place.type()) {
          case NnLexer.NEWLINE -> "the line ends where " + expected + " should follow";
          case Token.EOF -> "the file ends where " + expected + " should follow";
          default -> "expected " + expected + ", found " + place.foundWords();
        };
    return hint(here(message));
  }

  private Diagnostic hint(Diagnostic error) {
    if (place.typeBefore() == NnLexer.PREV) {
      return error.hint("`prev` takes the name of a state: `prev c`");
    }
    if (place.typeBefore() == NnLexer.PIPE) {
      return error.hint("behind `|>` comes the name of a function or layer: `x |> tanh`");
    }
    if (place.typeBefore() == NnLexer.DIVIDE && place.type() == NnLexer.TIMES) {
      return error.hint("a comment begins with `//`");
    }
    if (place.typeBefore() == NnLexer.NUMBER && place.expectsOperator() && adjoins()) {
      return error.hint("a product needs `*`");
    }
    if (place.expects(NnLexer.ELSE)) {
      return error.hint("both branches are needed: `if c then a else b`");
    }
    if (place.expects(NnLexer.COLON) && place.rule() instanceof NnParser.ParamStatementContext) {
      return error.hint("a param needs a shape: `param b: [n] = 0`");
    }
    if (place.expectsOnly(NnLexer.L_PAREN)) {
      return error.hint("what it takes stands in brackets: `" + place.before().getText() + "(x)`");
    }
    if (place.typeBefore() == NnLexer.COMMA && closes()) {
      return error.hint("leave out the last comma");
    }
    return error;
  }

  private boolean adjoins() {
    return place.before().getStopIndex() + 1 == place.found().getStartIndex();
  }

  private boolean closes() {
    return place.type() == NnLexer.R_PAREN || place.type() == NnLexer.R_BRACKET;
  }

  // ---- Building blocks ----

  private static Optional<Diagnostic> when(boolean applies, Supplier<Diagnostic> error) {
    return applies ? Optional.of(error.get()) : Optional.empty();
  }

  private Diagnostic here(String message) {
    boolean end = place.lineEnds() && place.typeBefore() != Token.EOF;
    Span span = end ? errors.after(place.before()) : errors.span(place.found());
    return errors.error(span, message);
  }

  private boolean inside(Class<? extends RuleContext> rule) {
    RuleContext context = place.rule();
    while (context != null && !rule.isInstance(context)) {
      context = context.parent;
    }
    return context != null;
  }

  private String parameterName() {
    return place.tokens().get(place.found().getTokenIndex() - 2).getText();
  }

  private static Diagnostic suggest(Diagnostic error, Token word, List<String> candidates) {
    return Nearest.to(word.getText(), candidates)
        .map(name -> error.hint("did you mean `" + name + "`?"))
        .orElse(error);
  }

  private static String quoted(Token token) {
    return "`" + token.getText() + "`";
  }

  private static String listed(List<String> words) {
    return "`" + String.join("`, `", words) + "`";
  }
}
