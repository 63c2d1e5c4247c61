package dev.peephole.interpret;

import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.runtime.kernel.Mode;
import dev.peephole.runtime.kernel.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
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
  private final Scalars scalars;
  private final Map<Equation, Supplier<double[]>> computations = new IdentityHashMap<>();
  private final Map<Equation, Interpreter> insides = new IdentityHashMap<>();
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
    this.scalars = new Scalars(batch, mode);
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
        setSteps(Sequences.longest(lengths, batch));
        padded.replaceAll(double[]::clone);
        pad(function.inputs(), padded, lengths);
      }
    }
    return evaluate(function, padded);
  }

  private void setSteps(int length) {
    if (length != scalars.steps()) {
      computations.clear();
      scalars.steps(length);
    }
  }

  private void pad(List<Var> inputs, List<double[]> values, int[] lengths) {
    for (int i = 0; i < inputs.size(); i++) {
      Shape example = inputs.get(i).shape().example();
      int steps = scalars.steps();
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
      scalars.set(var, inputs.get(i));
    }
    for (Equation equation : function.equations()) {
      if (equation.op() instanceof Scan scan) {
        scan(equation, scan);
      } else {
        double[] value = computations.computeIfAbsent(equation, this::computation).get();
        scalars.set(equation.out(), value);
      }
    }
    return function.outputs().stream().map(scalars::get).toList();
  }

  /** The value that the last run gave a variable. */
  public double[] value(Var var) {
    return scalars.get(var);
  }

  private int count(Shape shape) {
    return scalars.concrete(shape).size();
  }

  /** What computes an equation's value from those that its inputs then have. */
  private Supplier<double[]> computation(Equation e) {
    if (e.op() instanceof Op.Pointwise pointwise) {
      return pointwise(e, pointwise);
    } else if (e.op() instanceof Op.Reduction reduction) {
      return reduction(e, reduction);
    } else if (e.op() instanceof Op.View) {
      return () -> view(e);
    }
    Op.Routine routine = (Op.Routine) e.op();
    List<Shape> shapes = e.inputs().stream().map(v -> scalars.concrete(v.shape())).toList();
    Shape shape = scalars.concrete(e.out().shape());
    return () ->
        routine.reference(e.inputs().stream().map(scalars::get).toList(), shapes, shape, mode);
  }

  private double[] view(Equation e) {
    double[] value = scalars.get(e.input(0));
    return e.op().stopsGradient() && stopped.isPresent()
        ? stopped.get().computeIfAbsent(new Stopped(e, steppedTo), unseen -> value)
        : value;
  }

  private void scan(Equation e, Scan scan) {
    Recurrence parts = Recurrence.of(e);
    List<double[]> initial = parts.states().stream().map(s -> scalars.get(s.initial())).toList();
    List<double[]> states = initial;
    for (Var out : e.outs()) {
      scalars.set(out, new double[count(out.shape())]);
    }
    int length = scan.length() == Shape.OPEN ? scalars.steps() : scan.length();
    Interpreter step = insides.computeIfAbsent(e, scanned -> new Interpreter(batch, mode));
    step.setSteps(scalars.steps());
    step.watcher = watcher;
    step.stopped = stopped;
    for (int k = 0; k < length; k++) {
      int t = scan.reversed() ? length - 1 - k : k;
      if (parts.begins(t, length)) {
        states = initial;
      }
      List<double[]> inputs = new ArrayList<>(states);
      parts.sequences().forEach(s -> inputs.add(element(scalars.get(s.given()), t, length)));
      parts.constants().forEach(constant -> inputs.add(scalars.get(constant.given())));
      step.scalars.time(t);
      step.steppedTo = new ArrayList<>(steppedTo);
      step.steppedTo.add(t);
      step.evaluate(scan.step(), inputs);
      watcher.accept(e, step);
      for (Recurrence.Result result : parts.all()) {
        double[] each = step.value(result.each());
        System.arraycopy(each, 0, scalars.get(result.all()), t * each.length, each.length);
      }
      states = parts.states().stream().map(s -> step.value(s.after())).toList();
    }
  }

  private static double[] element(double[] sequence, int t, int length) {
    int size = sequence.length / length;
    return Arrays.copyOfRange(sequence, t * size, (t + 1) * size);
  }

  private Supplier<double[]> pointwise(Equation e, Op.Pointwise op) {
    Shape shape = scalars.concrete(e.out().shape());
    List<Index> here = IntStream.range(0, shape.rank()).mapToObj(Index::loop).toList();
    ToDoubleFunction<int[]> element = scalars.number(op.element(here, e.inputs()), Map.of());
    int[] lengths = lengths(shape);
    int count = shape.size();
    return () -> {
      double[] out = new double[count];
      int[] at = new int[lengths.length];
      for (int k = 0; k < count; k++) {
        out[k] = element.applyAsDouble(at);
        advance(at, lengths);
      }
      return out;
    };
  }

  private Supplier<double[]> reduction(Equation e, Op.Reduction op) {
    Shape from = scalars.concrete(e.input(0).shape());
    Shape to = scalars.concrete(e.out().shape());
    List<Integer> kept = from.others(op.axes());
    ToIntFunction<int[]> offset = scalars.offset(to, kept.stream().map(Index::loop).toList());
    Scalar sofar = new Scalar.Local("sofar");
    Scalar next = new Scalar.Local("next");
    double[] pair = new double[2];
    ToDoubleFunction<int[]> joined =
        scalars.number(op.join(sofar, next), Map.of(sofar, x -> pair[0], next, x -> pair[1]));
    int[] lengths = lengths(from);
    int count = to.size();
    return () -> {
      double[] out = new double[count];
      Arrays.fill(out, op.start());
      int[] at = new int[lengths.length];
      for (double number : scalars.get(e.input(0))) {
        int place = offset.applyAsInt(at);
        pair[0] = out[place];
        pair[1] = number;
        out[place] = joined.applyAsDouble(at);
        advance(at, lengths);
      }
      return out;
    };
  }

  private static int[] lengths(Shape shape) {
    return shape.axes().stream().mapToInt(length -> length).toArray();
  }

  private static void advance(int[] at, int[] lengths) {
    for (int axis = at.length - 1; axis >= 0; axis--) {
      at[axis]++;
      if (at[axis] < lengths[axis]) {
        return;
      }
      at[axis] = 0;
    }
  }
}
