package dev.peephole.interpret;

import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Elementwise;
import dev.peephole.runtime.kernel.Mode;
import dev.peephole.runtime.kernel.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Evaluates a function in double precision, an equation at a time and an element at a time: slow,
 * and what the generated code is compared with.
 */
public final class Interpreter {
  private final int batch;
  private final Mode mode;
  private int steps;
  private int time;
  private final Map<Var, double[]> values = new HashMap<>();
  private List<Integer> steppedTo = List.of();
  private Optional<Map<Stopped, double[]>> stopped = Optional.empty();
  private BiConsumer<Equation, Interpreter> watcher = (scan, step) -> {};

  /**
   * Evaluates, without noise.
   *
   * @param batch the number of examples
   * @param seed what initial parameters are drawn from
   */
  public Interpreter(int batch, long seed) {
    this(batch, new Mode(seed, 0));
  }

  /**
   * Computes a step of training, or evaluates.
   *
   * @param batch the number of examples
   */
  public Interpreter(int batch, Mode mode) {
    this.batch = batch;
    this.mode = mode;
  }

  /**
   * A value that the model stops the gradient of.
   *
   * @param steps the time steps of the scans that the equation lies in, the outermost first
   */
  public record Stopped(Equation equation, List<Integer> steps) {}

  /**
   * Lets values whose gradients are stopped be what they were in the run that filled the map, so
   * that differences of what comes out know as little of them as gradients do.
   */
  public Interpreter holding(Map<Stopped, double[]> values) {
    stopped = Optional.of(values);
    return this;
  }

  /** Shows each scan after each of its steps, with the values of that step. */
  public Interpreter watchingScans(BiConsumer<Equation, Interpreter> newWatcher) {
    watcher = newWatcher;
    return this;
  }

  /**
   * The outputs of a function. If it takes the lengths of the examples, open axes have the length
   * of the longest, and what lies behind the end of an example repeats its last step.
   *
   * @param inputs the values of its inputs, row after row; labels as whole numbers
   */
  public List<double[]> run(Function function, List<double[]> inputs) {
    List<double[]> padded = new ArrayList<>(inputs);
    for (int i = 0; i < inputs.size(); i++) {
      if (function.inputs().get(i).element() == Element.COUNT) {
        int[] lengths = Arrays.stream(inputs.get(i)).mapToInt(l -> (int) l).toArray();
        steps = Sequences.longest(lengths, batch);
        padded.replaceAll(double[]::clone);
        pad(function.inputs(), padded, lengths);
      }
    }
    return evaluate(function, padded);
  }

  private void pad(List<Var> inputs, List<double[]> values, int[] lengths) {
    for (int i = 0; i < inputs.size(); i++) {
      Shape example = inputs.get(i).shape().example();
      Shape own = example.forBatch(batch, steps);
      for (int axis = example.rank() - 1; axis >= 0; axis--) {
        if (example.axis(axis) == Shape.OPEN) {
          int outer = own.first(axis).size();
          int inner = own.last(own.rank() - axis - 1).size();
          Sequences.repeatLast(values.get(i), lengths, batch, outer, steps, inner);
        }
      }
    }
  }

  private List<double[]> evaluate(Function function, List<double[]> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      Var var = function.inputs().get(i);
      if (inputs.get(i).length != count(var.shape())) {
        throw new IllegalArgumentException(var + " with " + inputs.get(i).length + " numbers");
      }
      values.put(var, inputs.get(i));
    }
    for (Equation equation : function.equations()) {
      if (equation.op() instanceof Scan scan) {
        scan(equation, scan);
      } else {
        values.put(equation.out(), evaluate(equation));
      }
    }
    return function.outputs().stream().map(values::get).toList();
  }

  /** The value that the last run gave a variable. */
  public double[] value(Var var) {
    return values.get(var);
  }

  private Shape concrete(Shape shape) {
    return shape.forBatch(batch, steps);
  }

  private int count(Shape shape) {
    return concrete(shape).size();
  }

  private double[] evaluate(Equation e) {
    if (e.op() instanceof Op.Pointwise pointwise) {
      return pointwise(e, pointwise);
    } else if (e.op() instanceof Op.Reduction reduction) {
      return reduce(e, reduction);
    } else if (e.op() instanceof Op.View) {
      double[] value = values.get(e.input(0));
      return e.op().stopsGradient() && stopped.isPresent()
          ? stopped.get().computeIfAbsent(new Stopped(e, steppedTo), unseen -> value)
          : value;
    }
    List<double[]> inputs = e.inputs().stream().map(values::get).toList();
    List<Shape> shapes = e.inputs().stream().map(v -> concrete(v.shape())).toList();
    return ((Op.Routine) e.op()).reference(inputs, shapes, concrete(e.out().shape()), mode);
  }

  private void scan(Equation e, Scan scan) {
    List<double[]> given = e.inputs().stream().map(values::get).toList();
    List<double[]> states = new ArrayList<>(given.subList(0, scan.carried()));
    for (Var out : e.outs()) {
      values.put(out, new double[count(out.shape())]);
    }
    int length = scan.length() == Shape.OPEN ? steps : scan.length();
    for (int k = 0; k < length; k++) {
      int t = scan.reversed() ? length - 1 - k : k;
      if (scan.begins(t, length)) {
        states = given.subList(0, scan.carried());
      }
      List<double[]> inputs = new ArrayList<>(states);
      for (int i = scan.carried(); i < given.size(); i++) {
        inputs.add(scan.isSequence(i) ? element(given.get(i), t, length) : given.get(i));
      }
      Interpreter step = new Interpreter(batch, mode);
      step.steps = steps;
      step.time = t;
      step.watcher = watcher;
      step.stopped = stopped;
      step.steppedTo = new ArrayList<>(steppedTo);
      step.steppedTo.add(t);
      List<double[]> results = step.evaluate(scan.step(), inputs);
      watcher.accept(e, step);
      for (int o = 0; o < results.size(); o++) {
        double[] result = results.get(o);
        System.arraycopy(result, 0, values.get(e.outs().get(o)), t * result.length, result.length);
      }
      states = results.subList(0, scan.carried());
    }
  }

  private static double[] element(double[] sequence, int t, int length) {
    int size = sequence.length / length;
    return Arrays.copyOfRange(sequence, t * size, (t + 1) * size);
  }

  private double[] pointwise(Equation e, Op.Pointwise op) {
    Shape shape = concrete(e.out().shape());
    List<Index> here = IntStream.range(0, shape.rank()).mapToObj(Index::loop).toList();
    ToDoubleFunction<int[]> element = number(op.element(here, e.inputs()), Map.of());
    double[] out = new double[shape.size()];
    int[] at = new int[shape.rank()];
    for (int k = 0; k < out.length; k++) {
      out[k] = element.applyAsDouble(at);
      advance(at, shape);
    }
    return out;
  }

  private double[] reduce(Equation e, Op.Reduction op) {
    Shape from = concrete(e.input(0).shape());
    Shape to = concrete(e.out().shape());
    List<Integer> kept = from.others(op.axes());
    ToIntFunction<int[]> offset = offset(to, kept.stream().map(Index::loop).toList());
    double[] in = values.get(e.input(0));
    double[] out = new double[to.size()];
    Arrays.fill(out, op.start());
    int[] at = new int[from.rank()];
    Scalar sofar = new Scalar.Local("sofar");
    Scalar next = new Scalar.Local("next");
    double[] pair = new double[2];
    ToDoubleFunction<int[]> joined =
        number(op.join(sofar, next), Map.of(sofar, x -> pair[0], next, x -> pair[1]));
    for (double number : in) {
      int place = offset.applyAsInt(at);
      pair[0] = out[place];
      pair[1] = number;
      out[place] = joined.applyAsDouble(at);
      advance(at, from);
    }
    return out;
  }

  private static void advance(int[] at, Shape shape) {
    for (int axis = at.length - 1; axis >= 0; axis--) {
      at[axis]++;
      if (at[axis] < shape.axis(axis)) {
        return;
      }
      at[axis] = 0;
    }
  }

  /** Where in its array a number of a value is, for each place of a loop. */
  private ToIntFunction<int[]> offset(Shape shape, List<Index> positions) {
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
  private ToDoubleFunction<int[]> number(
      Scalar scalar, Map<Scalar, ToDoubleFunction<int[]>> locals) {
    if (locals.containsKey(scalar)) {
      return locals.get(scalar);
    } else if (scalar instanceof Scalar.Number number) {
      return at -> number.value();
    } else if (scalar instanceof Scalar.Load load) {
      double[] array = values.get(load.var());
      ToIntFunction<int[]> place = offset(concrete(load.var().shape()), load.at());
      return at -> array[place.applyAsInt(at)];
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
            return place >= where.from() && place < where.to();
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
    return at -> {
      double[] arguments = new double[numbers.size()];
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
    }
    int fixed = variable instanceof Index.Time ? time : steps;
    return at -> fixed;
  }
}
