package dev.peephole.syntax;

import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.grammar.NnLexer;
import dev.peephole.grammar.NnParser;
import dev.peephole.source.Span;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;

/** What to say about a token that the grammar has no place for, to readers who know no grammar. */
final class Explanation {
  private static final String SHAPES = "a shape is written `[3]`, `[28, n]`, or `[]` for a scalar";

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
            this::unusedResult,
            this::unknownDeclaration,
            this::unknownType,
            this::noShape,
            this::reservedWord,
            this::strayAssignment,
            this::wrongAssignment,
            this::callOfResult,
            this::needsBrackets)
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(this::expected);
  }

  // ---- The beginning of a line ----

  private Optional<Diagnostic> operatorFirst() {
    return when(
        place.first() == place.found() && Words.isOperator(place.type()),
        () ->
            here("a line cannot begin with " + found())
                .hint("put it at the end of the line before"));
  }

  private Optional<Diagnostic> unknownClause() {
    return when(
        place.first() == place.found() && !place.words().isEmpty(),
        () ->
            suggest(
                    here(found() + " is not a clause of a training plan"),
                    place.found(),
                    place.words())
                .note("the clauses are " + listed(place.words())));
  }

  private Optional<Diagnostic> unknownStatement() {
    Token word = place.first();
    return when(
            place.rule() instanceof NnParser.EquationContext && place.type() != NnLexer.ASSIGN,
            () -> Nearest.to(word.getText(), Words.statements()))
        .flatMap(nearest -> nearest)
        .map(
            nearest ->
                errors
                    .error(errors.span(word), Place.shown(word) + " is not a statement")
                    .hint("did you mean `" + nearest + "`?"));
  }

  private Optional<Diagnostic> unusedResult() {
    Token word = place.first();
    if (!(place.rule() instanceof NnParser.EquationContext)
        || place.before().filter(word::equals).isEmpty()) {
      return Optional.empty();
    }
    if (place.type() == NnLexer.L_PAREN) {
      return Optional.of(
          errors
              .error(errors.span(word), "the result of " + Place.shown(word) + " goes nowhere")
              .hint("give it a name: `y = " + word.getText() + "(…)`"));
    }
    return when(
        place.lineEnds(),
        () ->
            errors
                .error(errors.span(word), Place.shown(word) + " alone says nothing")
                .hint("define it: `" + word.getText() + " = …`"));
  }

  private Optional<Diagnostic> unknownDeclaration() {
    if (!place.expects(NnLexer.NETWORK)) {
      return Optional.empty();
    }
    Diagnostic error = here("expected a declaration, found " + place.foundWords());
    return Optional.of(
        place.typeBehind() == NnLexer.ASSIGN
            ? error.hint("a constant is declared by `const " + place.found().getText() + " = …`")
            : suggest(error, place.found(), Words.declarations())
                .note("a declaration begins with " + listed(Words.declarations())));
  }

  // ---- Types and names ----

  private Optional<Diagnostic> unknownType() {
    if (!place.expects(NnLexer.INITIALIZER) || place.expects(NnLexer.NETWORK) || place.lineEnds()) {
      return Optional.empty();
    }
    if (place.type() == NnLexer.NUMBER) {
      String number = place.found().getText();
      return Optional.of(
          here("expected a type, found " + place.foundWords())
              .hint(
                  place.inside(NnParser.ParameterContext.class)
                      ? "a default value follows `=`, not `:`"
                      : "a shape stands in square brackets: `[" + number + "]`"));
    }
    Diagnostic error = here(found() + " is not a type");
    return Optional.of(
        Nearest.to(place.found().getText(), Words.kinds())
            .map(kind -> error.hint("did you mean `" + kind + "`?"))
            .orElse(error.hint(SHAPES))
            .note("other types are `class(n)`, " + listed(Words.kinds())));
  }

  private Optional<Diagnostic> noShape() {
    return when(
        place.expectsOnly(NnLexer.L_BRACKET),
        () -> here("expected a shape, found " + place.foundWords()).hint(SHAPES));
  }

  private Optional<Diagnostic> reservedWord() {
    boolean nameWanted = place.expects(NnLexer.NAME) && !place.expectsOperator();
    if (nameWanted
        && Words.isReserved(place.type())
        && place.type() != NnLexer.IF
        && place.type() != NnLexer.NOT) {
      return Optional.of(reserved(place.found()));
    }
    boolean junction = place.typeBefore() == NnLexer.AND || place.typeBefore() == NnLexer.OR;
    if (place.type() == NnLexer.ASSIGN && junction) {
      return place.before().map(this::reserved);
    }
    return when(
        place.type() == NnLexer.ASSIGN
            && place.before().filter(place.first()::equals).isPresent()
            && Words.beginsStatement(place.typeBefore()),
        () -> reserved(place.first()));
  }

  private Diagnostic reserved(Token word) {
    return errors
        .error(
            errors.span(word),
            Place.shown(word) + " is a word of the language and cannot be a name")
        .hint("choose another name, such as `" + word.getText() + "_1`");
  }

  // ---- = and : ----

  /** {@code =} where it defines nothing. */
  private Optional<Diagnostic> strayAssignment() {
    if (place.type() != NnLexer.ASSIGN) {
      return Optional.empty();
    }
    if (place.expects(NnLexer.THEN) || place.follows(NnLexer.WHEN)) {
      return Optional.of(here("`=` defines a name").hint("to compare, write `==`"));
    }
    if (place.inside(NnParser.ArgumentsContext.class) && Words.isName(place.typeBefore())) {
      String name = place.before().orElseThrow().getText();
      return Optional.of(
          here("an option is given with `:`, not `=`").hint("write `" + name + ": …`"));
    }
    if (place.follows(NnLexer.LOSS) || place.follows(NnLexer.RETURN)) {
      String word = place.first().getText();
      return Optional.of(here("a " + word + " has no name").hint("write `" + word + " …`"));
    }
    return Optional.empty();
  }

  /** {@code :} or {@code ==} for {@code =}, and either where a clause needs none. */
  private Optional<Diagnostic> wrongAssignment() {
    boolean colon = place.type() == NnLexer.COLON;
    if (place.expectsOnly(NnLexer.ASSIGN) && (colon || place.type() == NnLexer.EQUAL)) {
      String name = place.before().orElseThrow().getText();
      return Optional.of(
          here("a name is defined with `=`, not " + found()).hint("write `" + name + " = …`"));
    }
    return when(
        (colon || place.type() == NnLexer.ASSIGN)
            && place.clause().isPresent()
            && place.before().filter(place.first()::equals).isPresent(),
        () -> here("a clause is written without " + found()).hint(example()));
  }

  // ---- Inside of expressions ----

  private Optional<Diagnostic> callOfResult() {
    boolean result =
        place.typeBefore() == NnLexer.R_PAREN || place.typeBefore() == NnLexer.R_BRACKET;
    return when(
        place.type() == NnLexer.L_PAREN && result && place.expectsOperator(),
        () ->
            here("only what has a name can be called")
                .hint("name it first: `f = …` and then `f(…)`; a product needs `*`"));
  }

  /** {@code if} and {@code not} where something binds tighter: {@code a + not b}. */
  private Optional<Diagnostic> needsBrackets() {
    boolean loose = place.type() == NnLexer.IF || place.type() == NnLexer.NOT;
    String whole = place.type() == NnLexer.IF ? "(if … then … else …)" : "(not …)";
    return when(
        loose && place.expectsExpression() && !place.expects(place.type()),
        () ->
            here(found() + " inside an expression needs brackets around it")
                .hint("write `" + whole + "`"));
  }

  // ---- Anything else ----

  private Diagnostic expected() {
    String expected = place.expectedWords();
    String end = place.type() == Token.EOF ? "the file" : "the line";
    Diagnostic error =
        place.lineEnds()
            ? here(end + " ends where " + expected + " should follow")
            : here("expected " + expected + ", found " + place.foundWords());
    return hint().map(error::hint).orElse(error);
  }

  private Optional<String> hint() {
    boolean closes = place.type() == NnLexer.R_PAREN || place.type() == NnLexer.R_BRACKET;
    String hint = null;
    if (place.typeBefore() == NnLexer.PREV) {
      hint = "`prev` takes the name of a state: `prev c`";
    } else if (place.typeBefore() == NnLexer.PIPE) {
      hint = "behind `|>` comes the name of a function or layer: `x |> tanh`";
    } else if (place.typeBefore() == NnLexer.DIVIDE && place.type() == NnLexer.TIMES) {
      hint = "a comment begins with `//`";
    } else if (place.typeBefore() == NnLexer.COMMA && closes) {
      hint = "leave out the last comma";
    } else if (place.expectsOperator() && factor()) {
      hint = "a product needs `*`";
    } else if (place.typeBefore() == NnLexer.TIMES && place.type() == NnLexer.TIMES) {
      hint = "a power is written `x ^ 2`";
    } else if (place.type() == NnLexer.COLON && place.inside(NnParser.IndexContext.class)) {
      hint = "a slice is written `x[1 .. 3]`, the end not included";
    } else if (place.expects(NnLexer.ELSE) && place.follows(NnLexer.REQUIRE)) {
      hint = "behind the condition comes what to say where it does not hold: `else \"…\"`";
    } else if (place.expects(NnLexer.ELSE)) {
      hint = "both branches are needed: `if c then a else b`";
    } else if (place.expects(NnLexer.COLON) && place.follows(NnLexer.PARAM)) {
      hint = "a param needs a shape: `param b: [n] = 0`";
    } else if (place.expectsOnly(NnLexer.L_PAREN)) {
      hint = "what it takes stands in brackets, also if it is nothing: `f(x)`, `f()`";
    } else if (place.clause().isPresent() && !place.inside(NnParser.BindingsContext.class)) {
      hint = example();
    }
    return Optional.ofNullable(hint);
  }

  /** Whether a number is followed at once by what could be its factor. */
  private boolean factor() {
    return (Words.isName(place.type()) || place.type() == NnLexer.L_PAREN)
        && place
            .before()
            .filter(token -> token.getType() == NnLexer.NUMBER)
            .filter(token -> token.getStopIndex() + 1 == place.found().getStartIndex())
            .isPresent();
  }

  private String example() {
    return "for example: `" + place.clause().orElseThrow().examples().get(0) + "`";
  }

  // ---- Building blocks ----

  private static <T> Optional<T> when(boolean applies, Supplier<T> error) {
    return applies ? Optional.of(error.get()) : Optional.empty();
  }

  /** An error at the token that does not fit, or behind the line that ends too early. */
  private Diagnostic here(String message) {
    Span found = errors.span(place.found());
    return errors.error(
        place.lineEnds() ? place.before().map(errors::after).orElse(found) : found, message);
  }

  private String found() {
    return Place.shown(place.found());
  }

  private static Diagnostic suggest(Diagnostic error, Token word, Collection<String> candidates) {
    return Nearest.to(word.getText(), candidates)
        .map(name -> error.hint("did you mean `" + name + "`?"))
        .orElse(error);
  }

  private static String listed(Collection<String> words) {
    return "`" + String.join("`, `", words) + "`";
  }
}
