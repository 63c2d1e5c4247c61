package dev.peephole.syntax;

import dev.peephole.grammar.NnLexer;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.Token;

/** Which word and symbol does what; all by token type. */
final class Words {
  private static final BitSet DECLARATIONS =
      set(
          NnLexer.IMPORT,
          NnLexer.CONST,
          NnLexer.NETWORK,
          NnLexer.FUNCTION,
          NnLexer.LAYER,
          NnLexer.CELL,
          NnLexer.OPTIMIZER,
          NnLexer.INITIALIZER,
          NnLexer.TRAIN);

  private static final BitSet STATEMENTS =
      set(
          NnLexer.INPUT,
          NnLexer.TARGET,
          NnLexer.OUTPUT,
          NnLexer.LOSS,
          NnLexer.PARAM,
          NnLexer.STATE,
          NnLexer.RETURN);

  private static final BitSet CLAUSES =
      set(
          NnLexer.DATA,
          NnLexer.TEST,
          NnLexer.SPLIT,
          NnLexer.STANDARDIZE,
          NnLexer.RESCALE,
          NnLexer.BATCH,
          NnLexer.EPOCHS,
          NnLexer.SEED,
          NnLexer.SHUFFLE,
          NnLexer.OPTIMIZER,
          NnLexer.CLIP,
          NnLexer.STOP,
          NnLexer.METRICS);

  private static final BitSet OPERATORS =
      set(
          NnLexer.PIPE,
          NnLexer.EQUAL,
          NnLexer.UNEQUAL,
          NnLexer.AT_MOST,
          NnLexer.AT_LEAST,
          NnLexer.LESS,
          NnLexer.GREATER,
          NnLexer.PLUS,
          NnLexer.MINUS,
          NnLexer.TIMES,
          NnLexer.DIVIDE,
          NnLexer.MATMUL,
          NnLexer.POWER);

  private static final BitSet KINDS =
      set(
          NnLexer.INT,
          NnLexer.REAL,
          NnLexer.BOOL,
          NnLexer.TEXT_KIND,
          NnLexer.INITIALIZER,
          NnLexer.FUNCTION,
          NnLexer.LAYER,
          NnLexer.CELL,
          NnLexer.OPTIMIZER);

  private Words() {}

  /** Whether it may stand where a name stands. The grammar lists these tokens side by side. */
  static boolean isName(int type) {
    return NnLexer.AFTER <= type && type <= NnLexer.NAME;
  }

  /** Whether it is a word that is never a name. The grammar lists these side by side, too. */
  static boolean isReserved(int type) {
    return NnLexer.CELL <= type && type <= NnLexer.WHEN;
  }

  static boolean beginsDeclaration(int type) {
    return type > 0 && DECLARATIONS.get(type);
  }

  /** Whether it begins a statement and nothing else. */
  static boolean beginsStatement(int type) {
    return type > 0 && STATEMENTS.get(type);
  }

  static boolean beginsClause(int type) {
    return type > 0 && CLAUSES.get(type);
  }

  /** The words that clauses begin with. */
  static List<String> clauses() {
    return CLAUSES.stream().mapToObj(Words::literal).toList();
  }

  /** The words that declarations begin with. */
  static List<String> declarations() {
    return DECLARATIONS.stream().mapToObj(Words::literal).toList();
  }

  /** The words that statements begin with. */
  static List<String> statements() {
    return STATEMENTS.stream().mapToObj(Words::literal).toList();
  }

  /** Whether it stands between two operands. */
  static boolean isOperator(int type) {
    return type > 0 && OPERATORS.get(type);
  }

  static boolean compares(int type) {
    return NnLexer.EQUAL <= type && type <= NnLexer.GREATER;
  }

  static boolean beginsExpression(int type) {
    return isName(type)
        || opens(type)
        || type == NnLexer.NUMBER
        || type == NnLexer.TEXT
        || type == NnLexer.MINUS
        || type == NnLexer.IF
        || type == NnLexer.PREV
        || type == NnLexer.TRUE
        || type == NnLexer.FALSE;
  }

  static boolean opens(int type) {
    return type == NnLexer.L_PAREN || type == NnLexer.L_BRACKET;
  }

  /** The words that say what kind of thing an option is. */
  static List<String> kinds() {
    return KINDS.stream().mapToObj(Words::literal).toList();
  }

  /** Whether a type may begin with it. */
  static boolean isType(int type) {
    return type > 0 && KINDS.get(type) || type == NnLexer.L_BRACKET || type == NnLexer.CLASS;
  }

  /** Whether it makes an expression one level deeper. */
  static boolean operates(int type) {
    return isOperator(type)
        || type == NnLexer.IF
        || type == NnLexer.PREV
        || type == NnLexer.L_BRACKET;
  }

  /** Whether statements lie on either side of it. */
  static boolean separates(int type) {
    return type == NnLexer.NEWLINE || type == NnLexer.L_BRACE || type == NnLexer.R_BRACE;
  }

  static boolean separatesArguments(int type) {
    return type == NnLexer.COMMA || type == NnLexer.L_PAREN;
  }

  /** Whether a statement cannot end with it, so that it goes on in the next line. */
  static boolean needsMore(int type) {
    return isOperator(type)
        || type == NnLexer.ASSIGN
        || type == NnLexer.COLON
        || type == NnLexer.COMMA
        || type == NnLexer.RANGE
        || type == NnLexer.IF
        || type == NnLexer.THEN
        || type == NnLexer.ELSE
        || type == NnLexer.WHEN
        || type == NnLexer.PREV;
  }

  /** Whether a statement cannot begin with it, so that the one of the line before goes on. */
  static boolean neverFirst(int type) {
    return type == NnLexer.PIPE
        || type == NnLexer.THEN
        || type == NnLexer.ELSE
        || type == NnLexer.WHEN
        || type == NnLexer.L_BRACE
        || type == NnLexer.R_BRACE
        || type == Token.EOF;
  }

  /** A word or symbol as it is written: {@code |>}. */
  static String literal(int type) {
    String quoted = NnLexer.VOCABULARY.getLiteralName(type);
    return quoted.substring(1, quoted.length() - 1);
  }

  private static BitSet set(int... types) {
    return IntStream.of(types).collect(BitSet::new, BitSet::set, BitSet::or);
  }
}
