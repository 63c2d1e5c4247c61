package dev.peephole.interpret;

import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Elementwise;
import dev.peephole.runtime.kernel.Mode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * The numbers of values, and what expressions of them come to at each place of a loop. An
 * expression is looked through once; what comes of it goes by the numbers that values then have.
 */
final class Scalars {
  private final int batch;
  private final Mode mode;
  private final Map<Var, Numbers> values = new HashMap<>();
  private int steps;
  private int time;

  /** The numbers of a value, which change from run to run. */
  private static final class Numbers {
    private double[] array;
  }

  Scalars(int batch, Mode mode) {
    this.batch = batch;
    this.mode = mode;
  }

  /** Sets the length of open axes; what was looked through before knows another one. */
  void steps(int length) {
    steps = length;
  }

  int steps() {
    return steps;
  }

  /** Sets the time step of the recurrence that the loops stand in. */
  void time(int step) {
    time = step;
  }

  void set(Var var, double[] numbers) {
    numbers(var).array = numbers;
  }

  double[] get(Var var) {
    return numbers(var).array;
  }

  private Numbers numbers(Var var) {
    return values.computeIfAbsent(var, v -> new Numbers());
  }

  /** The shape for the batch at hand. */
  Shape concrete(Shape shape) {
    return shape.forBatch(batch, steps);
  }

  /** Where in its array a number of a value is, for each place of a loop. */
  ToIntFunction<int[]> offset(Shape shape, List<Index> positions) {
    List<ToIntFunction<int[]>> places = positions.stream().map(this::position).toList();
    int[] lengths = shape.axes().stream().mapToInt(length -> length).toArray();
    return at -> {
      int offset = 0;
      for (int axis = 0; axis < lengths.length; axis++) {
        offset = offset * lengths[axis] + places.get(axis).applyAsInt(at);
      }
      return offset;
    };
  }

  /**
   * What an expression comes to, for each place of a loop: looked through once, as there are many.
   *
   * @param locals what the expression's own variables are
   */
  ToDoubleFunction<int[]> number(Scalar scalar, Map<Scalar, ToDoubleFunction<int[]>> locals) {
    if (locals.containsKey(scalar)) {
      return locals.get(scalar);
    } else if (scalar instanceof Scalar.Number number) {
      return at -> number.value();
    } else if (scalar instanceof Scalar.Load load) {
      Numbers numbers = numbers(load.var());
      ToIntFunction<int[]> place = offset(concrete(load.var().shape()), load.at());
      return at -> numbers.array[place.applyAsInt(at)];
    } else if (scalar instanceof Scalar.Apply apply) {
      return applied((Elementwise) apply.op(), apply.inputs(), locals);
    } else if (scalar instanceof Scalar.BatchSize) {
      return at -> batch;
    } else if (scalar instanceof Scalar.Training) {
      return at -> mode.training() ? 1 : 0;
    } else if (scalar instanceof Scalar.WhereSame where) {
      ToIntFunction<int[]> left = position(where.left());
      ToIntFunction<int[]> right = position(where.right());
      return selected(
          at -> left.applyAsInt(at) == right.applyAsInt(at),
          where.then(),
          where.otherwise(),
          locals);
    } else if (scalar instanceof Scalar.WhereWithin where) {
      ToIntFunction<int[]> position = position(where.position());
      return selected(
          at -> {
            int place = position.applyAsInt(at);
            return place >= where.from() && place < where.to() && place % where.step() == 0;
          },
          where.then(),
          where.otherwise(),
          locals);
    } else if (scalar instanceof Scalar.Before before) {
      ToIntFunction<int[]> position = position(before.position());
      ToDoubleFunction<int[]> limit = number(before.limit(), locals);
      return at -> position.applyAsInt(at) < limit.applyAsDouble(at) ? 1 : 0;
    }
    throw new IllegalArgumentException("not in a loop: " + scalar);
  }

  private ToDoubleFunction<int[]> applied(
      Elementwise op, List<Scalar> inputs, Map<Scalar, ToDoubleFunction<int[]>> locals) {
    List<ToDoubleFunction<int[]>> numbers = inputs.stream().map(s -> number(s, locals)).toList();
    double[] arguments = new double[numbers.size()];
    return at -> {
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = numbers.get(i).applyAsDouble(at);
      }
      return op.reference(arguments);
    };
  }

  /** Only the branch that is taken is computed: the other may lie outside of its array. */
  private ToDoubleFunction<int[]> selected(
      Predicate<int[]> test,
      Scalar then,
      Scalar otherwise,
      Map<Scalar, ToDoubleFunction<int[]>> locals) {
    ToDoubleFunction<int[]> yes = number(then, locals);
    ToDoubleFunction<int[]> no = number(otherwise, locals);
    return at -> test.test(at) ? yes.applyAsDouble(at) : no.applyAsDouble(at);
  }

  private ToIntFunction<int[]> position(Index index) {
    ToIntFunction<int[]> sum = at -> index.constant();
    for (Map.Entry<Index.Variable, Integer> term : index.factors().entrySet()) {
      ToIntFunction<int[]> before = sum;
      ToIntFunction<int[]> variable = variable(term.getKey());
      int factor = term.getValue();
      sum = at -> before.applyAsInt(at) + factor * variable.applyAsInt(at);
    }
    return sum;
  }

  private ToIntFunction<int[]> variable(Index.Variable variable) {
    if (variable instanceof Index.Loop loop) {
      return at -> at[loop.axis()];
    } else if (variable instanceof Index.Label label) {
      ToDoubleFunction<int[]> number = number(label.label(), Map.of());
      return at -> (int) number.applyAsDouble(at);
    } else if (variable instanceof Index.Quotient quotient) {
      ToIntFunction<int[]> position = position(quotient.of());
      return at -> Math.floorDiv(position.applyAsInt(at), quotient.by());
    }
    return variable instanceof Index.Time ? at -> time : at -> steps;
  }
}
