package dev.peephole.syntax;

import dev.peephole.source.Span;
import java.util.Arrays;

/** What stands between two operands. */
public enum Operator {
  ADD("+"),
  SUBTRACT("-"),
  MULTIPLY("*"),
  DIVIDE("/"),
  /** The product of matrices. */
  PRODUCT("@"),
  POWER("^"),
  LESS("<"),
  LESS_EQUAL("<="),
  GREATER(">"),
  GREATER_EQUAL(">="),
  EQUAL("=="),
  NOT_EQUAL("!="),
  AND("and"),
  OR("or");

  private final String symbol;

  Operator(String symbol) {
    this.symbol = symbol;
  }

  /** How it is written. */
  public String symbol() {
    return symbol;
  }

  /** One of them at a place of a file. */
  public record At(Operator operator, Span span) {}

  /** The one that is written so. */
  static Operator of(String symbol) {
    return Arrays.stream(values())
        .filter(operator -> operator.symbol.equals(symbol))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no operator is written " + symbol));
  }
}
