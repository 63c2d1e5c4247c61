package dev.peephole.syntax;

import dev.peephole.grammar.NnLexer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * The brackets open at a place of the file. Those that are not closed, closed twice or closed by
 * the wrong kind are reported and mended, so that the grammar only meets pairs.
 */
final class Brackets {
  private static final int MAX_DEPTH = 200;

  private final Deque<Token> open = new ArrayDeque<>();
  private final List<Token> tokens;
  private final ClauseForms forms;
  private final SyntaxErrors errors;
  private int braces;
  private int declaration = Token.EOF;

  /**
   * @param tokens where the tokens go, mended
   */
  Brackets(List<Token> tokens, ClauseForms forms, SyntaxErrors errors) {
    this.tokens = tokens;
    this.forms = forms;
    this.errors = errors;
  }

  /** Whether a round or square bracket is open. */
  boolean inExpression() {
    return open.size() > braces;
  }

  /** Whether a brace is open. */
  boolean inBraces() {
    return braces > 0;
  }

  /** Whether the braces of a training plan are open. */
  boolean inPlan() {
    return braces > 0 && declaration == NnLexer.TRAIN;
  }

  /** Whether braces are open inside of others, as they are in a data clause. */
  boolean inBindings() {
    return braces > 1;
  }

  /** Takes a token over; false if brackets are nested too deeply to go on. */
  boolean add(Token token) {
    switch (token.getType()) {
      case NnLexer.L_PAREN, NnLexer.L_BRACKET -> open(token);
      case NnLexer.L_BRACE -> {
        closeExpression();
        open(token);
        braces++;
      }
      case NnLexer.R_PAREN, NnLexer.R_BRACKET -> close(token);
      case NnLexer.R_BRACE -> {
        closeExpression();
        if (braces == 0) {
          closesNothing(token);
        } else {
          pop(token);
        }
      }
      default -> {
        if (braces == 0 && Words.beginsDeclaration(token.getType())) {
          declaration = token.getType();
        }
        tokens.add(token);
      }
    }
    if (open.size() <= MAX_DEPTH) {
      return true;
    }
    errors.report(
        errors
            .error(errors.span(token), "brackets nested too deeply")
            .note("more than " + MAX_DEPTH + " are open here")
            .hint("give names to parts of the expression"));
    return false;
  }

  /** Closes all round and square brackets that are open, with an error about the innermost. */
  void closeExpression() {
    if (inExpression()) {
      Token bracket = open.peek();
      String closing = closing(bracket).getText();
      errors.report(
          errors
              .error(errors.after(last()), "a `" + closing + "` is missing")
              .labelled("here at the latest")
              .and(errors.span(bracket), "this bracket is not closed"));
    }
    while (inExpression()) {
      pop(closing(open.peek()));
    }
  }

  /**
   * Closes the braces in front of {@code next}: the inner ones if it begins a clause, all if it
   * begins a declaration or the file ends.
   */
  void closeBraces(Token next) {
    closeExpression();
    int keep = inBindings() && forms.begin(next) ? 1 : 0;
    if (braces > keep) {
      boolean end = next.getType() == Token.EOF;
      errors.report(
          errors
              .error(end ? errors.after(last()) : errors.span(next), "a `}` is missing")
              .labelled(end ? "the file ends" : "in front of this")
              .and(errors.span(open.peek()), "this brace is not closed"));
    }
    while (braces > keep) {
      pop(closing(open.peek()));
    }
  }

  private void open(Token bracket) {
    open.push(bracket);
    tokens.add(bracket);
  }

  private void close(Token token) {
    if (!inExpression()) {
      closesNothing(token);
      return;
    }
    Token fitting = closing(open.peek());
    if (fitting.getType() != token.getType()) {
      errors.report(
          errors
              .error(
                  errors.span(token),
                  "`" + open.peek().getText() + "` is closed by `" + token.getText() + "`")
              .labelled("should be `" + fitting.getText() + "`")
              .and(errors.span(open.peek()), "opened here"));
      pop(fitting);
    } else {
      pop(token);
    }
  }

  private void closesNothing(Token token) {
    errors.report(
        errors.error(errors.span(token), "this `" + token.getText() + "` closes nothing"));
  }

  private void pop(Token closing) {
    if (open.pop().getType() == NnLexer.L_BRACE) {
      braces--;
    }
    tokens.add(closing);
  }

  /** What closes a bracket, placed where the tokens so far end. */
  private Token closing(Token bracket) {
    int type =
        switch (bracket.getType()) {
          case NnLexer.L_PAREN -> NnLexer.R_PAREN;
          case NnLexer.L_BRACKET -> NnLexer.R_BRACKET;
          default -> NnLexer.R_BRACE;
        };
    CommonToken token = new CommonToken(type, Words.literal(type));
    token.setStartIndex(last().getStopIndex() + 1);
    token.setStopIndex(last().getStopIndex());
    return token;
  }

  private Token last() {
    return tokens.get(tokens.size() - 1);
  }
}
