package dev.peephole.syntax;

import dev.peephole.grammar.NnLexer;
import dev.peephole.grammar.NnParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Where the rules of the grammar could not go on.
 *
 * @param tokens all tokens
 * @param found the one that does not fit
 * @param rule the rule under way
 * @param expected the types of token that would have fitted at the place where the rules stand,
 *     which is {@code found} or the token in front of it
 */
record Place(TokenStream tokens, Token found, ParserRuleContext rule, IntervalSet expected) {

  int type() {
    return found.getType();
  }

  /** The type of the token in front. */
  int typeBefore() {
    return found.getTokenIndex() == 0 ? Token.EOF : before().getType();
  }

  /** The token in front; there is none in front of the first. */
  Token before() {
    return tokens.get(found.getTokenIndex() - 1);
  }

  /** The first token of the rule under way. */
  Token first() {
    return rule.getStart();
  }

  /** Whether the rules stand in front of the token that does not fit, at a name. */
  boolean behindName() {
    return tokens.index() < found.getTokenIndex();
  }

  boolean expects(int type) {
    return !behindName() && expected.contains(type);
  }

  /** Whether the only thing that could stand here is {@code type}. */
  boolean expectsOnly(int type) {
    return expects(type) && expected.size() == 1;
  }

  boolean expectsExpression() {
    return expects(NnLexer.NUMBER) && expects(NnLexer.MINUS);
  }

  /** Whether an expression ends in front. */
  boolean expectsOperator() {
    return behindName() || expects(NnLexer.PIPE);
  }

  boolean lineEnds() {
    return type() == NnLexer.NEWLINE || type() == Token.EOF;
  }

  /** What was found: {@code the name `x`}. */
  String foundWords() {
    String text = found.getText();
    return switch (type()) {
      case NnLexer.NEWLINE -> "the end of the line";
      case Token.EOF -> "the end of the file";
      case NnLexer.NUMBER -> "the number " + text;
      case NnLexer.TEXT -> "the text " + shortened(text);
      default -> (Words.isName(type()) ? "the name `" : "`") + shortened(text) + "`";
    };
  }

  /** What could stand here: {@code an operator or the end of the line}. */
  String expectedWords() {
    List<String> words = new ArrayList<>();
    if (behindName()) {
      words.add("an operator");
      words.addAll(
          rule instanceof NnParser.ArgumentContext
              ? List.of("`:`", "`,`", "`)`")
              : List.of("`=`", "`,`", "the end of the line"));
    } else {
      Set<Integer> rest = new TreeSet<>(expected.toSet());
      kinds(rest, words);
      symbols(rest, words);
    }
    String last = words.remove(words.size() - 1);
    return words.isEmpty() ? last : String.join(", ", words) + " or " + last;
  }

  /** Moves what has a name of its own from {@code rest} to {@code words}. */
  private void kinds(Set<Integer> rest, List<String> words) {
    if (expectsExpression()) {
      words.add("an expression");
      rest.removeIf(type -> Words.isName(type) || Words.beginsExpression(type));
    } else if (expects(NnLexer.NETWORK)) {
      words.add("a declaration");
      rest.removeIf(Words::beginsDeclaration);
    } else if (expects(NnLexer.RETURN)) {
      words.add("a statement");
      rest.removeIf(type -> Words.isName(type) || Words.beginsStatement(type));
    } else if (expects(NnLexer.INITIALIZER)) {
      words.add("a type");
      rest.removeIf(type -> Words.isType(type));
    } else if (expects(NnLexer.NUMBER)) {
      words.add("a number");
      words.add("a name");
      rest.removeIf(type -> Words.isName(type) || type == NnLexer.NUMBER);
    } else if (expectsOperator()) {
      words.add("an operator");
      rest.removeIf(type -> Words.isName(type) || Words.isOperator(type) || Words.opens(type));
    } else if (expects(NnLexer.NAME)) {
      words.add("a name");
      rest.removeIf(Words::isName);
    }
  }

  private static void symbols(Set<Integer> rest, List<String> words) {
    if (rest.remove(NnLexer.NEWLINE)) {
      words.add("the end of the line");
      rest.removeAll(Set.of(Token.EOF, NnLexer.R_BRACE));
    }
    for (int type : rest) {
      words.add(
          switch (type) {
            case Token.EOF -> "the end of the file";
            case NnLexer.TEXT -> "a text in quotes";
            default -> "`" + Words.literal(type) + "`";
          });
    }
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 39) + "…";
  }
}
