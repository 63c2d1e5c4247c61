package dev.peephole.op;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Rewrite;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A number that is known while compiling.
 *
 * @param label what the model calls it, such as {@code rate}; empty if it has no name
 * @param made what it was computed from while compiling, so that formulas show {@code √(6 / (4 +
 *     5))} and not {@code 0.816497}; constants of one value are one, whatever they were made from
 */
public record Constant(double value, String label, Optional<Made> made) implements Op.Pointwise {
  /** Numbers made from more others than these are written as what they are. */
  private static final int MOST = 8;

  /** An op of constants. */
  public record Made(Elementwise op, List<Constant> inputs) {
    public Made {
      inputs = List.copyOf(inputs);
    }
  }

  public Constant(double value, String label) {
    this(value, label, Optional.empty());
  }

  /** The ratio of a circle's circumference to its diameter. */
  public static final Constant PI = new Constant(Math.PI, "π");

  /**
   * What an op makes of constants. A whole number is written as what it is, unless it is the
   * product of sizes; what changes nothing, such as a factor of 1, is left out.
   */
  static Constant of(Elementwise op, List<Constant> inputs) {
    return of(op, inputs, false);
  }

  /** The same where the model says so: a whole number is written as what it was made from, too. */
  public static Constant written(Elementwise op, List<Constant> inputs) {
    return of(op, inputs, true);
  }

  private static Constant of(Elementwise op, List<Constant> inputs, boolean whole) {
    double value = op.reference(inputs.stream().mapToDouble(c -> c.value).toArray());
    boolean product = op == Elementwise.MULTIPLY;
    for (int i = 0; i < 2 && inputs.size() == 2; i++) {
      boolean neutral =
          product && inputs.get(1 - i).value == 1
              || op == Elementwise.DIVIDE && i == 0 && inputs.get(1).value == 1
              || op == Elementwise.ADD && inputs.get(1 - i).value == 0;
      if (neutral) {
        return inputs.get(i);
      }
    }
    boolean sizes =
        product
            && inputs.stream().allMatch(c -> isWhole(c.value))
            && inputs.stream().anyMatch(c -> c.made.isPresent());
    Constant made = new Constant(value, "", Optional.of(new Made(op, inputs)));
    boolean plain =
        !Double.isFinite(value) || isWhole(value) && !sizes && !whole || made.leaves() > MOST;
    return plain ? new Constant(value, "") : made;
  }

  /** The product of the lengths of axes. */
  public static Constant size(Shape fixed) {
    List<Constant> lengths =
        fixed.axes().stream().filter(n -> n > 1).map(n -> new Constant(n, "")).toList();
    return lengths.stream()
        .reduce(
            (a, b) ->
                new Constant(
                    a.value * b.value,
                    "",
                    Optional.of(new Made(Elementwise.MULTIPLY, List.of(a, b)))))
        .orElse(new Constant(1, ""));
  }

  private int leaves() {
    return made.map(m -> m.inputs.stream().mapToInt(Constant::leaves).sum()).orElse(1);
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e7;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Constant c
        && Double.compare(value, c.value) == 0
        && label.equals(c.label);
  }

  @Override
  public int hashCode() {
    return Objects.hash(value, label);
  }

  @Override
  public String name() {
    return "constant";
  }

  @Override
  public String describe() {
    return label.isEmpty() ? text(value) : label + " = " + text(value);
  }

  @Override
  public Type type(List<Type> inputs) {
    return Type.real(Shape.SCALAR);
  }

  @Override
  public Range range(Ranging ranging) {
    return Double.isFinite(value) ? Range.of(value) : Range.ANY;
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    return expression();
  }

  private Expression expression() {
    if (!label.isEmpty()) {
      return new Expression.Name(label, List.of());
    } else if (made.isEmpty()) {
      return Expression.number(brief(Math.abs(value)), value < 0);
    }
    Made shown = shown(made.get());
    return shown.op.formula(shown.inputs.stream().map(Constant::expression).toList(), null);
  }

  /** A factor of 1 / n is written as a divisor. */
  private static Made shown(Made made) {
    boolean divides = made.op == Elementwise.MULTIPLY && made.inputs.get(1).isReciprocal();
    return divides
        ? new Made(
            Elementwise.DIVIDE,
            List.of(made.inputs.get(0), made.inputs.get(1).made.orElseThrow().inputs.get(1)))
        : made;
  }

  private Scalar.Number number() {
    Optional<Scalar.Apply> from =
        made.map(Constant::shown)
            .map(
                m ->
                    new Scalar.Apply(
                        m.op, m.inputs.stream().<Scalar>map(Constant::number).toList()));
    return new Scalar.Number(value, label, label.isEmpty() ? from : Optional.empty());
  }

  private boolean isReciprocal() {
    return made.filter(m -> m.op == Elementwise.DIVIDE && m.inputs.get(0).value == 1).isPresent();
  }

  /** A number as formulas show it, with six digits. */
  private static String brief(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : "∞";
    }
    return text(new BigDecimal(value).round(new MathContext(6)).doubleValue());
  }

  /** A number as people write it: without a point if it is whole. */
  public static String text(double value) {
    return isWhole(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    return number();
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }

  /** The number in every place of a value, if it is a constant. */
  static OptionalDouble valueOf(Rewrite rewrite, Var var) {
    return constantOf(rewrite, var)
        .map(c -> OptionalDouble.of(c.value))
        .orElse(OptionalDouble.empty());
  }

  /** The constant that stands in every place of a value. */
  static Optional<Constant> constantOf(Rewrite rewrite, Var var) {
    Var inner =
        rewrite.definition(var, Broadcast.class).map(broadcast -> broadcast.input(0)).orElse(var);
    return rewrite.definition(inner, Constant.class).map(e -> (Constant) e.op());
  }
}
