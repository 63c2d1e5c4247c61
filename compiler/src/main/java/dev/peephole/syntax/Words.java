package dev.peephole.syntax;

import dev.peephole.grammar.NnLexer;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.Token;

/** Which word and symbol does what; all by token type. */
final class Words {
  private static final List<Integer> DECLARATIONS =
      List.of(
          NnLexer.IMPORT,
          NnLexer.CONST,
          NnLexer.NETWORK,
          NnLexer.FUNCTION,
          NnLexer.LAYER,
          NnLexer.CELL,
          NnLexer.OPTIMIZER,
          NnLexer.INITIALIZER,
          NnLexer.TRAIN);

  private static final List<Integer> STATEMENTS =
      List.of(
          NnLexer.INPUT,
          NnLexer.TARGET,
          NnLexer.OUTPUT,
          NnLexer.LOSS,
          NnLexer.PARAM,
          NnLexer.STATE,
          NnLexer.REQUIRE,
          NnLexer.EXPECT,
          NnLexer.RETURN);

  private static final BitSet OPERATORS =
      set(
          NnLexer.PIPE,
          NnLexer.OR,
          NnLexer.AND,
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

  private static final List<Integer> KINDS =
      List.of(
          NnLexer.INT,
          NnLexer.INTS,
          NnLexer.REAL,
          NnLexer.BOOL,
          NnLexer.TEXT_KIND,
          NnLexer.INITIALIZER,
          NnLexer.FUNCTION,
          NnLexer.LAYER,
          NnLexer.LAYERS,
          NnLexer.CELL,
          NnLexer.OPTIMIZER);

  private Words() {}

  /** Whether it may stand where a name stands. The grammar lists these tokens side by side. */
  static boolean isName(int type) {
    return NnLexer.BEYOND <= type && type <= NnLexer.NAME;
  }

  /** Whether it is a word that is never a name. The grammar lists these side by side, too. */
  static boolean isReserved(int type) {
    return NnLexer.AND <= type && type <= NnLexer.WHEN;
  }

  static boolean beginsDeclaration(int type) {
    return DECLARATIONS.contains(type);
  }

  /** Whether it begins a statement and nothing else. */
  static boolean beginsStatement(int type) {
    return STATEMENTS.contains(type);
  }

  /** The words that declarations begin with. */
  static List<String> declarations() {
    return DECLARATIONS.stream().map(Words::literal).toList();
  }

  /** The words that statements begin with. */
  static List<String> statements() {
    return STATEMENTS.stream().map(Words::literal).toList();
  }

  /** Whether it stands between two operands. */
  static boolean isOperator(int type) {
    return type > 0 && OPERATORS.get(type);
  }

  static boolean beginsExpression(int type) {
    return isName(type)
        || opens(type)
        || type == NnLexer.NUMBER
        || type == NnLexer.TEXT
        || type == NnLexer.MINUS
        || type == NnLexer.NOT
        || type == NnLexer.IF
        || type == NnLexer.PREV
        || type == NnLexer.TRUE
        || type == NnLexer.FALSE;
  }

  static boolean opens(int type) {
    return type == NnLexer.L_PAREN || type == NnLexer.L_BRACKET;
  }

  /** Whether it asks for a part of the operand in front, or for what that gives. */
  static boolean selects(int type) {
    return opens(type) || type == NnLexer.DOT;
  }

  /** How many levels deeper what follows is nested. */
  static int nesting(int type) {
    return switch (type) {
      case NnLexer.L_PAREN, NnLexer.L_BRACKET, NnLexer.L_BRACE -> 1;
      case NnLexer.R_PAREN, NnLexer.R_BRACKET, NnLexer.R_BRACE -> -1;
      default -> 0;
    };
  }

  /** The words that say what kind of thing an option is. */
  static List<String> kinds() {
    return KINDS.stream().map(Words::literal).toList();
  }

  /** Whether a type may begin with it. */
  static boolean beginsType(int type) {
    return KINDS.contains(type) || type == NnLexer.L_BRACKET || type == NnLexer.CLASS;
  }

  /** Whether it makes an expression one level deeper. */
  static boolean operates(int type) {
    return isOperator(type)
        || type == NnLexer.NOT
        || type == NnLexer.IF
        || type == NnLexer.PREV
        || type == NnLexer.DOT
        || type == NnLexer.L_BRACKET;
  }

  /** Whether a point behind it asks for a part of what it ends. */
  static boolean hasMembers(int type) {
    return isName(type) || type == NnLexer.R_PAREN || type == NnLexer.R_BRACKET;
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
        || type == NnLexer.NOT
        || type == NnLexer.IF
        || type == NnLexer.THEN
        || type == NnLexer.ELSE
        || type == NnLexer.WHEN
        || type == NnLexer.PREV;
  }

  /** Whether a statement cannot begin with it, so that the one of the line before goes on. */
  static boolean neverFirst(int type) {
    return type == NnLexer.PIPE
        || type == NnLexer.AND
        || type == NnLexer.OR
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
