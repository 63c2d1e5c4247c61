package dev.peephole.ir;

/**
 * A piece of mathematical notation.
 *
 * @param text what is printed
 * @param binding how tightly its outermost symbol binds; brackets go around looser ones
 * @param scalar whether it is one number
 */
public record Formula(String text, int binding, boolean scalar) {

  /** Selections such as {@code a if c else b}. */
  public static final int LOOSEST = 0;

  public static final int COMPARISON = 1;
  public static final int SUM = 2;

  /** Products of matrices, and sums over axes. */
  public static final int MATRIX = 3;

  public static final int PRODUCT = 4;
  public static final int SIGN = 5;
  public static final int POWER = 6;

  /** Names, numbers and calls. */
  public static final int ATOM = 7;

  public static Formula atom(String text, boolean scalar) {
    return new Formula(text, ATOM, scalar);
  }

  /** The text, in brackets if it binds less tightly than {@code atLeast}. */
  public String within(int atLeast) {
    return binding < atLeast ? "(" + text + ")" : text;
  }
}
