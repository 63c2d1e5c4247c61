package dev.peephole.explain;

import dev.peephole.explain.Trace.Piece;
import dev.peephole.explain.Trace.Value;
import java.util.List;

/**
 * Two networks side by side: what a page shows of them, as data.
 *
 * @param left the one
 * @param right the other
 * @param values those of the left network, and behind them those of the right one; in formulas
 *     stand their numbers
 * @param equations all of both, in the order computed
 * @param partners for each of these rows those of its gradients, or of what it is derived from, in
 *     either network
 * @param texts the model files, and the generated code in each style
 */
public record Comparison(
    Side left,
    Side right,
    List<Value> values,
    List<Row> equations,
    List<List<Integer>> partners,
    List<Text> texts) {

  /** One of the two networks. */
  public record Side(String file, String network) {}

  /**
   * An equation of one network beside that of the other which is meant to be the same.
   *
   * @param part when it is computed, as of a {@link Trace.Equation}
   * @param loop the row of the recurrence that it stands in, −1 if in none
   * @param same whether nothing differs
   * @param left at most one
   * @param right at most one
   */
  public record Row(String part, int loop, boolean same, List<Half> left, List<Half> right) {}

  /**
   * An equation, or a recurrence.
   *
   * @param formula in MathML, in which what differs is marked: {@code ["mark", …]}; of a recurrence
   *     empty
   * @param text the same as text; of a recurrence, how it goes through time
   * @param shape of what it computes; empty of a recurrence
   * @param reasons what a reader may ask of it, answered in sentences
   */
  public record Half(
      String id, List<Object> formula, String text, String shape, List<String> reasons) {}

  /**
   * A text of both, stretch by stretch.
   *
   * @param target {@code model}, or the style of the code, as of a {@link Trace.Code}
   */
  public record Text(String target, Titled left, Titled right, List<Stretch> stretches) {}

  /**
   * What there is to say of a text of one network.
   *
   * @param pieces its lines, with the rows of the equations that they say or compute
   */
  public record Titled(String title, List<Piece> pieces) {}

  /**
   * Lines that are the same, or that stand in place of one another.
   *
   * @param same whether they say the same, though perhaps of other places in the model files
   * @param leftFrom the number of the first line of the left text
   */
  public record Stretch(
      boolean same, int leftFrom, List<String> left, int rightFrom, List<String> right) {}
}
