package dev.peephole.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A model whose values are in arrays on the host. It says once what its buffers are; the rest of
 * what the training loop asks about them is here.
 *
 * <p>Their shapes are those of a whole batch: {@link #BATCH} stands for the number of examples,
 * {@link #OPEN} for that of time steps. The tensors that show them have the shape of one example.
 *
 * @param <A> {@code float[]}, or {@code double[]} for checks
 */
public abstract class BufferedModel<A> implements Model {
  /** The length of the axis of examples. */
  protected static final int BATCH = Insight.BATCH;

  /** The length of an axis that is as long as the longest example of the batch. */
  protected static final int OPEN = Tensor.OPEN;

  private final String name;
  private final IntFunction<A> reals;
  private final int realBytes;
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Tensor> targets = new ArrayList<>();
  private final List<Supplier<Tensor>> outputs = new ArrayList<>();
  private final List<Tensor> carried = new ArrayList<>();
  private final List<Supplier<Value>> values = new ArrayList<>();
  private final List<Insight.Gradient> gradients = new ArrayList<>();
  private final List<Insight.Flat> flat = new ArrayList<>();
  private final List<Insight.State> states = new ArrayList<>();
  private int[] lengths = NO_LENGTHS;
  private boolean[] continues = NOT_CARRIED;
  private int examples;
  private int steps;
  private boolean counting;
  private double counted;

  /**
   * @param name the network's in the model file
   * @param reals makes an array of numbers
   */
  protected BufferedModel(String name, IntFunction<A> reals) {
    this.name = name;
    this.reals = reals;
    this.realBytes = reals.apply(0) instanceof double[] ? Double.BYTES : Float.BYTES;
  }

  /**
   * Makes all buffers, by calls of the methods below, each time that room is reserved: inputs,
   * targets and outputs in the order of the model, values in the order in which they are computed.
   */
  protected abstract void buffers();

  /** A buffer of numbers. */
  protected final A reals(int... shape) {
    return reals.apply(size(realBytes, shape));
  }

  /** A buffer of labels. */
  protected final int[] labels(int... shape) {
    return new int[size(Integer.BYTES, shape)];
  }

  /** A buffer of truth values. */
  protected final boolean[] truths(int... shape) {
    return new boolean[size(1, shape)];
  }

  private int size(int bytes, int... shape) {
    IntStream lengths =
        Arrays.stream(shape)
            .map(length -> length == BATCH ? examples : length == OPEN ? steps : length);
    if (!counting) {
      return lengths.reduce(1, Math::multiplyExact);
    }
    double size = lengths.asDoubleStream().reduce(1, (a, b) -> a * b);
    counted += size > Integer.MAX_VALUE - Long.BYTES ? Double.POSITIVE_INFINITY : size * bytes;
    return 0;
  }

  /** The buffer of an input. */
  protected final A input(String input, int... shape) {
    return added(inputs, input, shape);
  }

  /** The buffer of an input that has labels from 0 to {@code classes - 1}. */
  protected final int[] inputLabels(String input, int classes, int... shape) {
    return added(inputs, input, classes, shape);
  }

  /** The buffer of a target. */
  protected final A target(String target, int... shape) {
    return added(targets, target, shape);
  }

  /** The buffer of a target that has labels from 0 to {@code classes - 1}. */
  protected final int[] targetLabels(String target, int classes, int... shape) {
    return added(targets, target, classes, shape);
  }

  /** The buffer of a state that examples begin with. */
  protected final A carried(String state, int... shape) {
    return added(carried, state, shape);
  }

  private A added(List<Tensor> list, String tensor, int... shape) {
    A array = reals(shape);
    list.add(tensor(tensor, array, shape));
    return array;
  }

  private int[] added(List<Tensor> list, String tensor, int classes, int... shape) {
    int[] array = labels(shape);
    list.add(Tensor.labels(tensor, classes, array, example(shape)));
    return array;
  }

  private Tensor tensor(String tensor, A array, int... shape) {
    return array instanceof float[] floats
        ? Tensor.of(tensor, floats, example(shape))
        : Tensor.of(tensor, (double[]) array, example(shape));
  }

  /** The shape of one example. */
  private static int[] example(int... shape) {
    return Arrays.stream(shape).filter(length -> length != BATCH).toArray();
  }

  /** Makes the buffer for how many time steps each example has. */
  protected final int[] lengths(int... shape) {
    lengths = labels(shape);
    return lengths;
  }

  /** Makes the buffer for which examples go on. */
  protected final boolean[] continues(int... shape) {
    continues = truths(shape);
    return continues;
  }

  /** Says in which buffer an output is. */
  protected final void output(String output, A array, int... shape) {
    Tensor tensor = tensor(output, array, shape);
    outputs.add(() -> tensor);
  }

  /** The same of an output that is one number, in a variable. */
  protected final void output(String output, DoubleSupplier number) {
    outputs.add(() -> one(output, number));
  }

  /** The same of labels. */
  protected final void output(String output, int classes, int[] array, int... shape) {
    Tensor tensor = Tensor.labels(output, classes, array, example(shape));
    outputs.add(() -> tensor);
  }

  /**
   * The buffer of a value of the forward pass.
   *
   * @param formula what it is, as its equation says, in the model's names
   * @param origin where the model says so, as {@code file:line}
   */
  protected final A value(String value, String formula, String origin, int... shape) {
    A array = reals(shape);
    value(value, array, formula, origin, shape);
    return array;
  }

  /** The same for labels from 0 to {@code classes - 1}. */
  protected final int[] value(
      String value, int classes, String formula, String origin, int... shape) {
    int[] array = labels(shape);
    value(value, classes, array, formula, origin, shape);
    return array;
  }

  /** A value in a buffer that is there already. */
  protected final void value(String value, A array, String formula, String origin, int... shape) {
    add(tensor(value, array, shape), formula, origin, shape);
  }

  /** The same for labels. */
  protected final void value(
      String value, int classes, int[] array, String formula, String origin, int... shape) {
    add(Tensor.labels(value, classes, array, example(shape)), formula, origin, shape);
  }

  /** A value that is one number, in a variable. */
  protected final void value(String value, DoubleSupplier number, String formula, String origin) {
    values.add(() -> named(one(value, number), formula, origin));
  }

  private Tensor one(String name, DoubleSupplier number) {
    Tensor tensor = tensor(name, reals.apply(1));
    tensor.set(0, number.getAsDouble());
    return tensor;
  }

  private void add(Tensor tensor, String formula, String origin, int... shape) {
    Value value = named(tensor, formula, origin, shape);
    values.add(() -> value);
  }

  private static Value named(Tensor tensor, String formula, String origin, int... shape) {
    return new Value(tensor, tensor.name() + " = " + formula, origin, shape);
  }

  /** The buffer for the derivative of the loss by a value, whole when the backward pass is over. */
  protected final A gradient(String of, int... shape) {
    A array = reals(shape);
    gradients.add(new Insight.Gradient(of, tensor(of, array, shape), shape));
    return array;
  }

  /** Says between which numbers a value lies whose function is flat towards them. */
  protected final void flat(String value, double low, double high) {
    flat.add(new Insight.Flat(value, low, high));
  }

  /** Says that a value is a state of a recurrence, and which one it is before each time step. */
  protected final void state(String after, String before) {
    states.add(new Insight.State(after, before));
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void reserve(int most) {
    reserve(most, 1);
  }

  @Override
  public final void reserve(int most, int longest) {
    examples = most;
    steps = longest;
    Stream.of(inputs, targets, outputs, carried, values, gradients, flat, states)
        .forEach(List::clear);
    buffers();
  }

  @Override
  public final double bytes(int most, int longest) {
    counting = true;
    counted = 0;
    reserve(most, longest);
    counting = false;
    return counted;
  }

  @Override
  public final int[] lengths() {
    return lengths;
  }

  @Override
  public final boolean[] continues() {
    return continues;
  }

  @Override
  public final List<Tensor> inputs() {
    return List.copyOf(inputs);
  }

  @Override
  public final List<Tensor> targets() {
    return List.copyOf(targets);
  }

  @Override
  public final List<Tensor> outputs() {
    return outputs.stream().map(Supplier::get).toList();
  }

  @Override
  public final List<Tensor> carried() {
    return List.copyOf(carried);
  }

  @Override
  public final List<Value> values() {
    return values.stream().map(Supplier::get).toList();
  }

  @Override
  public final Insight insight() {
    return new Insight(gradients, flat, states);
  }
}
