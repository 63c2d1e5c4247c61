package dev.peephole.docs.library;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Declaration.Kind;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A function of one number and its derivative: an activation, or a loss of a prediction whose
 * target is 1 or 0. Both are what the interpreter makes of the equations, in double precision.
 *
 * @param from where it begins
 * @param to where it ends
 * @param functions the functions, one for each value of the other arguments
 */
record Curve(double from, double to, List<OfOne> functions) {
  private static final int POINTS = 241;
  private static final double WIDEST = 4;
  private static final double MARGIN = 0.005;
  private static final double LEAST = -4;
  private static final double GREATEST = 6;

  /** Values of a target that are shown. */
  private static final List<Double> TARGETS = List.of(1.0, 0.0);

  /**
   * One function.
   *
   * @param with what its other arguments are, such as {@code y = 1}
   */
  record OfOne(String with, double[] values, double[] derivatives) {}

  /** The curve of a declaration that takes values of any shape and makes a number of numbers. */
  static Optional<Curve> of(Callable callable) {
    List<String> values =
        callable.parameters().stream()
            .filter(p -> Application.isTensor(p, callable))
            .map(p -> p.name().name())
            .toList();
    boolean any =
        callable.parameters().stream()
            .filter(p -> Application.isTensor(p, callable) || p.standard().isEmpty())
            .allMatch(p -> Application.isAnyValue(p, callable));
    boolean computes = callable.kind() == Kind.FUNCTION || callable.kind() == Kind.LAYER;
    if (!computes
        || Application.isSchedule(callable)
        || !any
        || values.isEmpty()
        || values.size() > 2) {
      return Optional.empty();
    }
    Program checked = Application.of(callable, Map.of(), "[]").checked();
    boolean number = checked.outputs().get(0).shape().example().equals(Shape.SCALAR);
    if (!number || checked.step().dependsOnMode()) {
      return Optional.empty();
    }
    return Optional.of(drawn(callable, checked, values))
        .filter(curve -> !curve.isIdentity() && !curve.isFlat());
  }

  private static Curve drawn(Callable callable, Program checked, List<String> values) {
    double[] range = range(callable);
    double[] xs = xs(range[0], range[1]);
    List<OfOne> functions = new ArrayList<>();
    if (values.size() == 1) {
      functions.add(computed("", checked, xs, 0));
    } else {
      TARGETS.forEach(
          target ->
              functions.add(
                  computed(values.get(1) + " = " + Math.round(target), checked, xs, target)));
    }
    return new Curve(range[0], range[1], functions);
  }

  private boolean isIdentity() {
    return functions.stream().allMatch(f -> Arrays.equals(f.values, xs(from, to)));
  }

  /** Whether nothing depends on the number, such as the variance of one. */
  private boolean isFlat() {
    return functions.stream().allMatch(f -> DoubleStream.of(f.values).distinct().count() == 1);
  }

  private static double[] xs(double from, double to) {
    return IntStream.range(0, POINTS)
        .mapToDouble(i -> from + (to - from) * i / (POINTS - 1))
        .toArray();
  }

  /** Within what the declaration expects its values to be; else as far as everything happens. */
  private static double[] range(Callable callable) {
    return callable.body().stream()
        .filter(Statement.Expect.class::isInstance)
        .map(Statement.Expect.class::cast)
        .filter(Statement.Expect::within)
        .findFirst()
        .map(e -> new double[] {number(e.from()) + MARGIN, number(e.to()) - MARGIN})
        .orElse(new double[] {-WIDEST, WIDEST});
  }

  private static double number(Expr expr) {
    return ((Expr.Num) expr).value();
  }

  /** Each x is an example of a batch. */
  private static OfOne computed(String with, Program checked, double[] xs, double target) {
    Derivation derivation = Derivation.of(checked);
    Function derived = derivation.derived();
    Var first = checked.inputs().get(0);
    List<double[]> inputs = new ArrayList<>();
    for (Var input : derived.inputs()) {
      boolean example = input.shape().batched();
      inputs.add(
          input.is(first)
              ? xs
              : input.is(derivation.given())
                  ? filled(1)
                  : example ? filled(target) : initial(checked, input));
    }
    List<double[]> outputs = new Interpreter(POINTS, 0).run(derived, inputs);
    int place =
        derivation.program().weights().stream().map(v -> v.is(first)).toList().indexOf(true);
    return new OfOne(with, outputs.get(0), outputs.get(2 + place));
  }

  private static double[] filled(double number) {
    return DoubleStream.generate(() -> number).limit(POINTS).toArray();
  }

  private static double[] initial(Program checked, Var parameter) {
    int place = checked.weights().stream().map(v -> v.is(parameter)).toList().indexOf(true);
    Function initializer = checked.parameters().get(place).initializer();
    return new Interpreter(1, 0).run(initializer, List.of()).get(0);
  }

  /** The picture. */
  String svg(String name) {
    double[] bounds = bounds();
    Drawing drawing = new Drawing(from, to, bounds[0], bounds[1]).axes();
    double[] xs = xs(from, to);
    for (OfOne f : functions) {
      boolean first = f == functions.get(0);
      drawing.line(first ? "a" : "c", points(xs, f.values));
      drawing.key(first ? "a" : "c", f.with.isEmpty() ? name : f.with);
    }
    drawing.line("b", points(xs, functions.get(0).derivatives));
    String of = functions.get(0).with;
    drawing.key("b", of.isEmpty() ? "derivative" : "derivative, " + of);
    drawing.ticks(Drawing.round(from, to), Drawing.round(bounds[0], bounds[1]));
    return drawing.svg(name + " and its derivative");
  }

  /** Room around all numbers, as far as they can be shown. */
  private double[] bounds() {
    double[] all =
        functions.stream()
            .flatMapToDouble(
                f -> DoubleStream.concat(Arrays.stream(f.values), Arrays.stream(f.derivatives)))
            .map(number -> Math.max(LEAST, Math.min(GREATEST, number)))
            .toArray();
    double low = Arrays.stream(all).min().orElseThrow();
    double high = Arrays.stream(all).max().orElseThrow();
    double margin = 0.06 * (high - low);
    return new double[] {low - margin, high + margin};
  }

  private static List<double[]> points(double[] xs, double[] ys) {
    return IntStream.range(0, xs.length).mapToObj(i -> new double[] {xs[i], ys[i]}).toList();
  }
}
