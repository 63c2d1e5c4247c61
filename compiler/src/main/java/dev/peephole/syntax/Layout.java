package dev.peephole.syntax;

import dev.peephole.grammar.NnLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/**
 * Decides which line ends also end a statement, and sees to it that brackets come in pairs.
 *
 * <p>A line end is dropped inside round and square brackets, behind an operator, a comma or an
 * opening brace, and in front of {@code |>}, {@code then}, {@code else}, {@code when} and braces.
 * The first words of a line tell where a closing bracket was forgotten: what can only begin a
 * statement is not inside an expression, and what can only begin a declaration is not inside
 * another one.
 */
final class Layout {
  private static final int MAX_OPERATORS = 1000;

  private final List<Token> words;
  private final ClauseForms forms;
  private final SyntaxErrors errors;
  private final Brackets brackets;
  private final List<Token> tokens = new ArrayList<>();
  private int operators;

  Layout(List<Token> words, ClauseForms forms, SyntaxErrors errors) {
    this.words = words;
    this.forms = forms;
    this.errors = errors;
    this.brackets = new Brackets(tokens, forms, errors);
  }

  /** The tokens for the grammar, or nothing if an expression is beyond all measure. */
  Optional<List<Token>> tokens() {
    Token lineEnd = null;
    for (int i = 0; i < words.size(); i++) {
      Token token = words.get(i);
      if (token.getType() == NnLexer.NEWLINE) {
        lineEnd = lineEnd == null ? token : lineEnd;
        continue;
      }
      if (lineEnd != null || token.getType() == Token.EOF) {
        startLine(i, lineEnd);
        lineEnd = null;
      }
      if (!add(token)) {
        return Optional.empty();
      }
    }
    return Optional.of(tokens);
  }

  private void startLine(int i, Token lineEnd) {
    Token token = words.get(i);
    boolean statement = beginsStatement(i);
    if (brackets.inExpression() && statement) {
      brackets.closeExpression();
    }
    if (brackets.inBraces() && beginsDeclaration(i)
        || brackets.inBindings() && beginsClause(i)
        || token.getType() == Token.EOF) {
      brackets.closeBraces(token);
    }
    if (lineEnd != null && endsStatement(token, statement)) {
      tokens.add(lineEnd);
      operators = 0;
    }
  }

  /** Takes a token over; false if that makes the expression too deep or too long. */
  private boolean add(Token token) {
    int type = token.getType();
    if (!tokens.isEmpty() && Words.separates(last().getType())) {
      errors.statementAt(last().getStopIndex() + 1);
    }
    if (Words.separates(type)) {
      operators = 0;
    }
    if (Words.operates(type) && ++operators > MAX_OPERATORS) {
      errors.report(
          errors
              .error(errors.span(token), "this statement is too long")
              .note("it has more than " + MAX_OPERATORS + " operators")
              .hint("give names to parts of it"));
      return false;
    }
    return brackets.add(token);
  }

  /** Whether the line end in front of {@code next} is one to the grammar. */
  private boolean endsStatement(Token next, boolean statement) {
    if (tokens.isEmpty()
        || brackets.inExpression()
        || last().getType() == NnLexer.L_BRACE
        || last().getType() == NnLexer.NEWLINE
        || Words.neverFirst(next.getType())) {
      return false;
    }
    return statement || !Words.needsMore(last().getType());
  }

  private Token last() {
    return tokens.get(tokens.size() - 1);
  }

  /** Whether the line that starts with word {@code i} can be nothing but a new statement. */
  private boolean beginsStatement(int i) {
    int type = words.get(i).getType();
    if (type == NnLexer.L_BRACE || type == NnLexer.R_BRACE || type == Token.EOF) {
      return brackets.inExpression();
    }
    return Words.beginsStatement(type) || beginsDeclaration(i) || beginsEquation(i);
  }

  private boolean beginsEquation(int i) {
    return brackets.inBraces()
        && Words.isName(words.get(i).getType())
        && typeAt(i + 1) == NnLexer.ASSIGN
        && !(brackets.inExpression() && Words.separatesArguments(last().getType()));
  }

  private boolean beginsDeclaration(int i) {
    int type = words.get(i).getType();
    return Words.beginsDeclaration(type)
        && (Words.isName(typeAt(i + 1)) || typeAt(i + 1) == NnLexer.TEXT)
        && (tokens.isEmpty() || last().getType() != NnLexer.COLON)
        && !(type == NnLexer.OPTIMIZER && brackets.inPlan());
  }

  private boolean beginsClause(int i) {
    return forms.begin(words.get(i)) && typeAt(i + 1) != NnLexer.ASSIGN;
  }

  private int typeAt(int i) {
    return i < words.size() ? words.get(i).getType() : Token.EOF;
  }
}
