package dev.peephole.syntax;

import dev.peephole.grammar.NnLexer;
import dev.peephole.grammar.NnParser;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Goes on behind a parameter, statement, clause or declaration that is wrong. Inside of one nothing
 * is guessed: no token is invented and none left out.
 */
final class StatementRecovery extends DefaultErrorStrategy {
  private final SyntaxErrors errors;
  private RecognitionException reported;

  /** Where the rules stood when they first looked at token {@link #seen}. */
  private int seen = -1;

  private int state;
  private RuleContext context;

  /** The clause that is being read, and what may stand behind the rule under way there. */
  private ClauseForm clause;

  private ClauseReader.Expected behind = new ClauseReader.Expected(new IntervalSet(), Set.of());

  StatementRecovery(SyntaxErrors errors) {
    this.errors = errors;
  }

  /** A clause begins; {@code null} if none does with the word that stands there. */
  void reads(ClauseForm form) {
    clause = form;
  }

  /** In the clause, what a part may be followed by. */
  void goesOnWith(ClauseReader.Expected expected) {
    behind = expected;
  }

  @Override
  public void sync(Parser parser) {
    int token = parser.getInputStream().index();
    if (token != seen) {
      seen = token;
      state = parser.getState();
      context = parser.getContext();
    }
    if (isList(parser.getContext())) {
      skipToList(parser);
    }
  }

  @Override
  public void reportError(Parser parser, RecognitionException error) {
    if (error != reported) {
      reported = error;
      report(parser, error);
    }
  }

  /** Lets the error rise to the rule that can go on behind it. */
  @Override
  public void recover(Parser parser, RecognitionException error) {
    ParserRuleContext rule = parser.getContext();
    if (rule instanceof NnParser.ParameterContext) {
      skip(parser, type -> type == NnLexer.COMMA || type == NnLexer.R_PAREN);
    } else if (rule instanceof NnParser.StatementContext
        || rule instanceof NnParser.BindingContext) {
      skipStatement(parser);
    } else if (rule instanceof NnParser.DeclarationContext) {
      skipDeclaration(parser);
    } else {
      throw error;
    }
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw new InputMismatchException(parser);
  }

  private static boolean isList(RuleContext rule) {
    return rule instanceof NnParser.FileContext
        || rule instanceof NnParser.BodyContext
        || rule instanceof NnParser.PlanContext
        || rule instanceof NnParser.BindingsContext;
  }

  /** Between the elements of a list: skips what neither goes on with the list nor ends it. */
  private void skipToList(Parser parser) {
    IntervalSet fitting = parser.getATN().nextTokens(parser.getATN().states.get(parser.getState()));
    int type = parser.getCurrentToken().getType();
    while (!fitting.contains(type) && type != Token.EOF) {
      report(parser, new InputMismatchException(parser));
      if (parser.getContext() instanceof NnParser.FileContext) {
        skipDeclaration(parser);
      } else {
        skipStatement(parser);
      }
      if (parser.getCurrentToken().getType() == NnLexer.NEWLINE
          && !fitting.contains(NnLexer.NEWLINE)) {
        parser.consume();
      }
      type = parser.getCurrentToken().getType();
    }
  }

  private void report(Parser parser, RecognitionException error) {
    IntervalSet expected = new IntervalSet(expected(parser));
    boolean partEnds =
        parser.getContext() == null || clause != null && expected.contains(Token.EOF);
    if (partEnds) {
      expected.remove(Token.EOF);
      expected.addAll(behind.types());
    }
    Place place =
        new Place(
            parser.getInputStream(),
            error.getOffendingToken(),
            parser.getContext(),
            expected,
            partEnds ? behind.words() : Set.of(),
            Optional.ofNullable(clause));
    errors.report(new Explanation(place, errors).diagnostic());
  }

  /** What the rules of the grammar have a place for, those included that ended in front. */
  private IntervalSet expected(Parser parser) {
    if (parser.getInputStream().index() == seen) {
      return parser.getATN().getExpectedTokens(state, context);
    }
    return parser.getContext() == null
        ? new IntervalSet()
        : parser.getATN().getExpectedTokens(parser.getState(), parser.getContext());
  }

  private static void skipStatement(Parser parser) {
    skip(parser, type -> type == NnLexer.NEWLINE || type == NnLexer.R_BRACE);
  }

  /** Skips to the line end in front of the next declaration, or to the end of the file. */
  private static void skipDeclaration(Parser parser) {
    skip(
        parser,
        type -> type == NnLexer.NEWLINE && Words.beginsDeclaration(parser.getInputStream().LA(2)));
  }

  /** Skips to the next token that {@code ends}, over pairs of brackets, or to the file's end. */
  private static void skip(Parser parser, IntPredicate ends) {
    int depth = 0;
    int type = parser.getCurrentToken().getType();
    while (type != Token.EOF && (depth > 0 || !ends.test(type))) {
      depth += Words.nesting(type);
      parser.consume();
      type = parser.getCurrentToken().getType();
    }
  }
}
