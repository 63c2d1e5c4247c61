package dev.peephole.syntax;

import dev.peephole.grammar.NnLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Where the rules of the grammar could not go on.
 *
 * @param tokens all tokens
 * @param found the one that does not fit
 * @param rule the rule under way; {@code null} between the parts of a clause
 * @param expected the types of token that would have fitted
 * @param words the words of a clause that would have fitted
 * @param clause the clause under way, if it is one of a plan
 */
record Place(
    TokenStream tokens,
    Token found,
    ParserRuleContext rule,
    IntervalSet expected,
    Set<String> words,
    Optional<ClauseForm> clause) {

  int type() {
    return found.getType();
  }

  /** The token in front, if there is one. */
  Optional<Token> before() {
    int index = found.getTokenIndex();
    return index == 0 ? Optional.empty() : Optional.of(tokens.get(index - 1));
  }

  int typeBefore() {
    return before().map(Token::getType).orElse(Token.EOF);
  }

  int typeBehind() {
    int index = found.getTokenIndex() + 1;
    return index < tokens.size() ? tokens.get(index).getType() : Token.EOF;
  }

  /** The first token of the statement, clause or declaration. */
  Token first() {
    int first = found.getTokenIndex();
    while (first > 0 && !Words.separates(tokens.get(first - 1).getType())) {
      first--;
    }
    return tokens.get(first);
  }

  /** Whether {@code type} stands in front in the same statement. */
  boolean follows(int type) {
    int from = first().getTokenIndex();
    for (int i = from; i < found.getTokenIndex(); i++) {
      if (tokens.get(i).getType() == type) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of the rules under way is {@code wanted}. */
  boolean inside(Class<? extends RuleContext> wanted) {
    RuleContext context = rule;
    while (context != null && !wanted.isInstance(context)) {
      context = context.parent;
    }
    return context != null;
  }

  boolean expects(int type) {
    return expected.contains(type);
  }

  /** Whether the only thing that could stand here is {@code type}. */
  boolean expectsOnly(int type) {
    return expects(type) && expected.size() == 1;
  }

  boolean expectsExpression() {
    return expects(NnLexer.NUMBER) && expects(NnLexer.MINUS);
  }

  /** Whether an operand ends in front. */
  boolean expectsOperator() {
    return expects(NnLexer.POWER);
  }

  /** Whether nothing stands here: the line, or the file, ends. */
  boolean lineEnds() {
    return type() == NnLexer.NEWLINE
        || type() == Token.EOF
        || type() == NnLexer.R_BRACE
            && before().filter(token -> token.getLine() < found.getLine()).isPresent();
  }

  /** What was found: {@code the name `x`}. */
  String foundWords() {
    return switch (type()) {
      case Token.EOF -> "the end of the file";
      case NnLexer.NEWLINE -> "the end of the line";
      case NnLexer.NUMBER -> "the number " + shown(found);
      case NnLexer.TEXT -> "a text";
      default -> (Words.isName(type()) ? "the name " : "") + shown(found);
    };
  }

  /** A word as messages quote it, cut if it is long. */
  static String shown(Token word) {
    String text = word.getText();
    return "`" + (text.length() <= 40 ? text : text.substring(0, 39) + "…") + "`";
  }

  /** What could stand here: {@code an operator or the end of the line}. */
  String expectedWords() {
    List<String> told = new ArrayList<>();
    Set<Integer> rest = new TreeSet<>(expected.toSet());
    takeKind(rest).forEach(told::add);
    if (rest.remove(NnLexer.NEWLINE)) {
      told.add("the end of the line");
      rest.removeAll(Set.of(Token.EOF, NnLexer.R_BRACE));
    }
    words.forEach(word -> told.add("`" + word + "`"));
    for (int type : rest) {
      told.add(
          switch (type) {
            case Token.EOF -> "the end of the file";
            case NnLexer.TEXT -> "a text in quotes";
            default -> "`" + Words.literal(type) + "`";
          });
    }
    String last = told.remove(told.size() - 1);
    return told.isEmpty() ? last : String.join(", ", told) + " or " + last;
  }

  /** What a person calls the greater part of {@code rest}, which is taken out of it. */
  private List<String> takeKind(Set<Integer> rest) {
    if (expectsExpression()) {
      rest.removeIf(type -> Words.isName(type) || Words.beginsExpression(type));
      return List.of("an expression");
    }
    if (expects(NnLexer.NETWORK)) {
      rest.removeIf(Words::beginsDeclaration);
      return List.of("a declaration");
    }
    if (expects(NnLexer.RETURN)) {
      rest.removeIf(type -> Words.isName(type) || Words.beginsStatement(type));
      return List.of("a statement");
    }
    if (expects(NnLexer.INITIALIZER)) {
      rest.removeIf(Words::beginsType);
      return List.of("a type");
    }
    boolean names = expects(NnLexer.NAME);
    if (names) {
      rest.removeIf(Words::isName);
    }
    if (expectsOperator()) {
      rest.removeIf(type -> Words.isOperator(type) || Words.selects(type));
      return List.of("an operator");
    }
    if (rest.remove(NnLexer.NUMBER)) {
      return List.of("a number", "a name");
    }
    return names ? List.of("a name") : List.of();
  }
}
