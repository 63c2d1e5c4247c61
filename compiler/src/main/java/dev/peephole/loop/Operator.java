package dev.peephole.loop;

import dev.peephole.ir.Formula;

/** What joins two expressions, for positions and tests. */
public enum Operator {
  PLUS("+", Formula.SUM),
  MINUS("-", Formula.SUM),
  TIMES("*", Formula.PRODUCT),
  OVER("/", Formula.PRODUCT),
  REST("%", Formula.PRODUCT),
  LESS("<", Formula.COMPARISON),
  AT_MOST("<=", Formula.COMPARISON),
  MORE(">", Formula.COMPARISON),
  AT_LEAST(">=", Formula.COMPARISON),
  EQUAL("==", Formula.COMPARISON),
  AND("&&", Formula.LOOSEST),
  OR("||", Formula.LOOSEST);

  private final String symbol;
  private final int binding;

  Operator(String symbol, int binding) {
    this.symbol = symbol;
    this.binding = binding;
  }

  /** How Java and C write it. */
  public String symbol() {
    return symbol;
  }

  /** How tightly it binds, one of {@link Formula}'s levels. */
  public int binding() {
    return binding;
  }

  /** Whether it joins truths. */
  boolean joinsTruths() {
    return this == AND || this == OR;
  }
}
