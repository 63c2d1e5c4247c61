package dev.peephole.check.value;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Op;
import dev.peephole.ir.Reading;
import dev.peephole.ir.Shape;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import dev.peephole.op.BatchSize;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Draw;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Last;
import dev.peephole.op.Matmul;
import dev.peephole.op.PaddingMask;
import dev.peephole.op.Reshape;
import dev.peephole.op.SequenceLength;
import dev.peephole.op.StepMask;
import dev.peephole.op.Sum;
import dev.peephole.op.Training;
import dev.peephole.op.Transpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Applies ops to values: aligns their axes, and computes at once what is known already. */
public final class Arithmetic {
  private final Supplier<Builder> current;
  private final Supplier<Var> lengths;
  private final IntSupplier streams;
  private final Function<Reading.Quantity, Var> readings;
  private final boolean ofOneNumber;

  /**
   * @param current takes the equations
   * @param lengths how many time steps each example has
   * @param streams numbers the draws of noise
   * @param readings what schedules ask of the run
   * @param ofOneNumber whether this is an optimizer, whose values are of one number of a parameter
   */
  public Arithmetic(
      Supplier<Builder> current,
      Supplier<Var> lengths,
      IntSupplier streams,
      Function<Reading.Quantity, Var> readings,
      boolean ofOneNumber) {
    this.current = current;
    this.lengths = lengths;
    this.streams = streams;
    this.readings = readings;
    this.ofOneNumber = ofOneNumber;
  }

  /** Whether this is an optimizer, whose values are of one number of a parameter. */
  public boolean isOfOneNumber() {
    return ofOneNumber;
  }

  /** A value as a tensor; a number becomes a constant. */
  public Value.Tensor tensor(Value value) {
    if (value instanceof Value.Tensor tensor) {
      return tensor;
    }
    if (value instanceof Value.Number number) {
      Var var = number.symbol();
      return new Value.Tensor(var != null ? var : current.get().apply(number.constant()), 0);
    }
    if (value instanceof Value.Length length) {
      return new Value.Tensor(number(length), 0);
    }
    throw new TypeMismatch("numbers are wanted here", "this is " + value.describe());
  }

  /** A multiple of the length, a number of each example. */
  private Var number(Value.Length length) {
    Value steps = new Value.Tensor(current.get().apply(new SequenceLength(), lengths.get()), 0);
    Value product =
        length.times() == 1
            ? steps
            : elementwise(
                Elementwise.MULTIPLY, List.of(Value.Number.of(length.times(), true), steps));
    Value sum =
        length.plus() == 0
            ? product
            : elementwise(Elementwise.ADD, List.of(product, Value.Number.of(length.plus(), true)));
    return ((Value.Tensor) sum).var();
  }

  /**
   * How many numbers axes have: a number of each example if one of them is open and none is the
   * batch, and else one that only the batch decides.
   */
  public Value size(Shape along) {
    if (along.batched()) {
      return sizeOfBatch(along);
    }
    int known = along.size();
    return switch (along.count(Shape.OPEN)) {
      case 0 -> new Value.Number(true, null, Constant.size(along));
      case 1 -> new Value.Length(known, 0);
      default ->
          elementwise(
              Elementwise.MULTIPLY,
              List.of(
                  new Value.Length(known, 0),
                  elementwise(
                      Elementwise.POWER,
                      List.of(
                          Value.Length.OF_SEQUENCE,
                          Value.Number.of(along.count(Shape.OPEN) - 1, true)))));
    };
  }

  /** The numbers of all examples together. */
  private Value sizeOfBatch(Shape of) {
    Value each = size(of.example());
    if (each instanceof Value.Number) {
      Value examples = new Value.Tensor(current.get().apply(new BatchSize()), 0);
      return of.example().size() == 1
          ? examples
          : elementwise(Elementwise.MULTIPLY, List.of(each, examples));
    }
    return new Value.Tensor(current.get().apply(new Sum(List.of(0)), tensor(each).var()), 0);
  }

  /** An elementwise op of values whose shapes are aligned from the right. */
  public Value elementwise(Elementwise op, List<Value> inputs) {
    if (inputs.stream().allMatch(Value.Number.class::isInstance)) {
      return known(op, inputs.stream().map(Value.Number.class::cast).toList());
    }
    Optional<Value> same = sameness(op, inputs);
    if (same.isPresent()) {
      return same.get();
    }
    Optional<Value> length = Lengths.elementwise(op, inputs);
    if (length.isPresent()) {
      return length.get();
    }
    if (op.truth()) {
      inputs.forEach(label -> requireComparable(label, inputs));
    }
    List<Value.Tensor> aligned = align(inputs.stream().map(this::tensor).toList());
    Var out = current.get().named("", op, aligned.stream().map(Value.Tensor::var).toList());
    return new Value.Tensor(out, aligned.get(0).rank());
  }

  /** A label is compared with the number of a class, or with a label out of as many classes. */
  private static void requireComparable(Value label, List<Value> inputs) {
    int classes = classes(label);
    for (Value other : inputs) {
      boolean among =
          other instanceof Value.Number n && n.integer() && 0 <= n.value() && n.value() < classes;
      if (classes > 0 && !among && classes(other) != classes) {
        throw new TypeMismatch(
            "a label out of "
                + classes
                + " is compared with a number from 0 to "
                + (classes - 1)
                + ", or with such a label",
            "this is " + other.describe());
      }
    }
  }

  /** How many classes a label is one of, 0 of what is no label. */
  private static int classes(Value value) {
    return value instanceof Value.Tensor tensor ? tensor.var().classes() : 0;
  }

  /** Whether two truths, two texts or two lists are the same, if that is what is asked. */
  private static Optional<Value> sameness(Elementwise op, List<Value> inputs) {
    boolean asked = op == Elementwise.EQUAL || op == Elementwise.NOT_EQUAL;
    boolean alike =
        asked
            && Stream.of(Value.Truth.class, Value.Text.class, Value.Numbers.class)
                .anyMatch(kind -> inputs.stream().allMatch(kind::isInstance));
    return alike
        ? Optional.of(
            new Value.Truth(inputs.get(0).equals(inputs.get(1)) == (op == Elementwise.EQUAL)))
        : Optional.empty();
  }

  /** {@code a} where the condition holds, else {@code b}; one of them if that is known. */
  public Value where(Value condition, Value a, Value b) {
    if (!(condition instanceof Value.Truth truth)) {
      return elementwise(Elementwise.WHERE, List.of(condition, a, b));
    }
    if (a instanceof Value.Number && b instanceof Value.Number) {
      return truth.value() ? a : b;
    }
    return align(List.of(tensor(a), tensor(b))).get(truth.value() ? 0 : 1);
  }

  private Value known(Elementwise op, List<Value.Number> inputs) {
    if (op.truth()) {
      double[] numbers = inputs.stream().mapToDouble(Value.Number::value).toArray();
      return new Value.Truth(op.reference(numbers) != 0);
    }
    Constant constant = Constant.written(op, inputs.stream().map(Value.Number::constant).toList());
    double result = constant.value();
    boolean whole =
        result == Math.rint(result)
            && (op.isWhole() || inputs.stream().allMatch(Value.Number::integer));
    boolean spelled = inputs.stream().anyMatch(n -> n.symbol() != null);
    return new Value.Number(whole, spelled ? spell(op, inputs) : null, constant);
  }

  private Var spell(Elementwise op, List<Value.Number> inputs) {
    return current.get().named("", op, inputs.stream().map(n -> tensor(n).var()).toList());
  }

  /** The matrix product in all its forms. */
  public Value product(Value left, Value right) {
    Value.Tensor a = tensor(left);
    Value.Tensor b = tensor(right);
    if (a.rank() == 0 || b.rank() == 0) {
      throw new TypeMismatch(
          "these shapes cannot be multiplied", "a matrix product needs an inner axis; use *");
    }
    int inner = a.shape().axis(a.rank() - 1);
    int other = b.shape().axis(Math.max(0, b.rank() - 2));
    if (inner != other) {
      throw new TypeMismatch(
          "these shapes cannot be multiplied",
          "the inner axes must agree, and " + Shape.text(inner) + " is not " + Shape.text(other));
    }
    if (a.rank() == 1 && b.rank() == 1) {
      Value.Tensor all = (Value.Tensor) elementwise(Elementwise.MULTIPLY, List.of(a, b));
      return reduce(new Sum(ownAxes(all)), all, 1);
    }
    if (b.hidden().rank() == 0 && b.rank() == 2) {
      Var out = current.get().apply(new Matmul(Matmul.Form.PLAIN, 0), a.var(), b.var());
      return new Value.Tensor(out, a.rank());
    }
    if (a.hidden().rank() == 0 && a.rank() == 2 && b.rank() == 1) {
      Var out = current.get().apply(new Matmul(Matmul.Form.RIGHT_TRANSPOSED, 0), b.var(), a.var());
      return new Value.Tensor(out, 1);
    }
    return eachProduct(a, b);
  }

  /**
   * One product for each place of the hidden axes; vectors become matrices of one row or column.
   */
  private Value eachProduct(Value.Tensor a, Value.Tensor b) {
    Shape hidden = hidden(List.of(a, b));
    Value.Tensor left = matrix(spread(a, hidden), true);
    Value.Tensor right = matrix(spread(b, hidden), false);
    if (left.shape().axis(left.rank() - 1) == Shape.OPEN) {
      if (left.shape().first(left.rank() - 1).open()) {
        right = own(right, right.hidden().rank(), 0);
      } else {
        left = own(left, left.var().shape().rank() - 1, 0);
      }
    }
    Var out =
        current.get().apply(new Matmul(Matmul.Form.PLAIN, hidden.rank()), left.var(), right.var());
    Shape shape = left.shape().first(left.rank() - 1).append(right.shape().last(1));
    if (a.rank() == 1) {
      shape = shape.last(1);
    } else if (b.rank() == 1) {
      shape = shape.first(shape.rank() - 1);
    }
    Var shaped = reshape(out, hidden.append(shape));
    return new Value.Tensor(shaped, shape.rank());
  }

  private Value.Tensor matrix(Value.Tensor t, boolean row) {
    if (t.rank() > 1) {
      return t;
    }
    int length = t.shape().axis(0);
    Shape shape = row ? Shape.of(1, length) : Shape.of(length, 1);
    return new Value.Tensor(reshape(t.var(), t.hidden().append(shape)), 2);
  }

  /** The axis at one place moved to another. */
  public Var moved(Var var, int from, int to) {
    if (from == to) {
      return var;
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, var.shape().rank()).boxed().toList());
    order.add(to, order.remove(from));
    return current.get().apply(new Transpose(order), var);
  }

  public Var reshape(Var var, Shape shape) {
    return var.shape().equals(shape) ? var : current.get().apply(new Reshape(shape), var);
  }

  /** A reduction, after which {@code lost} of the seen axes are gone. */
  public Value reduce(Op.Reduction op, Value.Tensor of, int lost) {
    Value.Tensor own = of;
    for (int axis : op.axes()) {
      own = own(own, axis, op.start());
    }
    return new Value.Tensor(current.get().apply(op, own.var()), of.rank() - lost);
  }

  /** The value with a number in the place of padding, if an axis of the whole shape is open. */
  private Value.Tensor own(Value.Tensor of, int axis, double padding) {
    Shape shape = of.var().shape();
    if (shape.axis(axis) != Shape.OPEN) {
      return of;
    }
    Var within = current.get().apply(new PaddingMask(shape, axis), lengths.get());
    Var constant = current.get().apply(new Constant(padding, ""));
    Var fill = Broadcast.lead(current.get(), constant, shape);
    return new Value.Tensor(
        current.get().apply(Elementwise.WHERE, within, of.var(), fill), of.rank());
  }

  /** The last place along an open axis of the whole shape. */
  public Value.Tensor last(Value.Tensor of, int axis) {
    Var last = current.get().apply(new Last(axis), of.var(), lengths.get());
    return new Value.Tensor(last, of.rank() - 1);
  }

  /** The new states of a time step where an example has it, else those before. */
  public Var held(Var next, Var before) {
    Var running = current.get().apply(new StepMask(), lengths.get());
    Var each = Broadcast.to(current.get(), running, next.shape(), List.of(0));
    return current.get().apply(Elementwise.WHERE, each, next, before);
  }

  /** Random numbers for each place of a value, anew at each step of training. */
  public Value.Tensor noise(Draw.Distribution distribution, Value.Tensor like) {
    Shape shape = like.var().shape();
    Shape drawn = shape.rank() == 0 ? Shape.of(1) : shape;
    Draw draw = new Draw(distribution, drawn, streams.getAsInt(), Draw.Moment.EACH_STEP);
    return new Value.Tensor(reshape(current.get().apply(draw), shape), like.rank());
  }

  /** Whether this is a step of training, known while the network runs. */
  public Value.Tensor training() {
    return new Value.Tensor(current.get().apply(new Training()), 0);
  }

  /** A value repeated along those of the seen axes of another one that it lacks. */
  public Value.Tensor spread(Value.Tensor of, Value.Tensor like, List<Integer> axes) {
    Shape others = like.var().shape().without(axes).last(like.rank() - axes.size());
    if (!of.shape().equals(others)) {
      throw new TypeMismatch(
          "these shapes do not go together",
          like.shape() + " without these axes is " + others + ", and not " + of.shape());
    }
    List<Value.Tensor> pair = sameHidden(List.of(of, like));
    Shape whole = pair.get(1).var().shape();
    int fresh = whole.rank() - like.var().shape().rank();
    List<Integer> kept = whole.others(axes.stream().map(axis -> axis + fresh).toList());
    Var spread = Broadcast.to(current.get(), pair.get(0).var(), whole, kept);
    return new Value.Tensor(spread, like.rank());
  }

  /**
   * What is known of the run.
   *
   * @throws TypeMismatch if this is no part of a schedule
   */
  public Value.Tensor reading(Reading.Quantity quantity) {
    return new Value.Tensor(readings.apply(quantity), 0);
  }

  /** The ratio of a circle's circumference to its diameter. */
  public Value.Number pi() {
    return new Value.Number(false, current.get().apply(Constant.PI), Constant.PI);
  }

  /** An op of one tensor that gives one with as many seen axes. */
  public Value.Tensor apply(Op op, Value.Tensor of) {
    return new Value.Tensor(current.get().apply(op, of.var()), of.rank());
  }

  /** An op of two tensors that gives one with as many seen axes as the first. */
  public Value.Tensor apply(Op op, Value.Tensor left, Value.Tensor right) {
    return new Value.Tensor(current.get().apply(op, left.var(), right.var()), left.rank());
  }

  /** An op of several tensors that gives one with as many seen axes as the first. */
  public Value.Tensor apply(Op op, List<Value.Tensor> inputs) {
    Var out = current.get().named("", op, inputs.stream().map(Value.Tensor::var).toList());
    return new Value.Tensor(out, inputs.get(0).rank());
  }

  /** The values, each repeated along the hidden axes of the others. */
  public List<Value.Tensor> sameHidden(List<? extends Value> inputs) {
    List<Value.Tensor> tensors = inputs.stream().map(this::tensor).toList();
    Shape hidden = hidden(tensors);
    return tensors.stream().map(t -> spread(t, hidden)).toList();
  }

  /** Where the seen axes stand in the whole shape. */
  public static List<Integer> ownAxes(Value.Tensor t) {
    int all = t.var().shape().rank();
    return IntStream.range(all - t.rank(), all).boxed().toList();
  }

  /** The same values, all in one shape. */
  public List<Value.Tensor> align(List<Value.Tensor> inputs) {
    Shape hidden = hidden(inputs);
    Shape own = Shape.SCALAR;
    for (Value.Tensor t : inputs) {
      own = t.rank() > own.rank() ? t.shape() : own;
    }
    List<Value.Tensor> aligned = new ArrayList<>();
    for (Value.Tensor t : inputs) {
      requireSuffix(t, own, inputs);
      Shape whole = hidden.append(own);
      List<Integer> kept = new ArrayList<>(hiddenPlaces(t, hidden));
      IntStream.range(whole.rank() - t.rank(), whole.rank()).forEach(kept::add);
      aligned.add(new Value.Tensor(Broadcast.to(current.get(), t.var(), whole, kept), own.rank()));
    }
    return aligned;
  }

  /** The value repeated along hidden axes that it lacks. */
  private Value.Tensor spread(Value.Tensor t, Shape hidden) {
    Shape whole = hidden.append(t.shape());
    List<Integer> kept = new ArrayList<>(hiddenPlaces(t, hidden));
    IntStream.range(hidden.rank(), whole.rank()).forEach(kept::add);
    return new Value.Tensor(Broadcast.to(current.get(), t.var(), whole, kept), t.rank());
  }

  private static void requireSuffix(Value.Tensor t, Shape own, List<Value.Tensor> inputs) {
    if (own.last(t.rank()).equals(t.shape())) {
      return;
    }
    for (int i = 1; i <= t.rank(); i++) {
      int mine = t.shape().axis(t.rank() - i);
      int theirs = own.axis(own.rank() - i);
      if (mine != theirs) {
        throw new TypeMismatch(
            "these shapes do not go together",
            "axes are matched from the right, and "
                + Shape.text(theirs)
                + " is not "
                + Shape.text(mine));
      }
    }
    throw new IllegalStateException(inputs.toString());
  }

  /** The hidden axes of all: the batch axis if one has it, then those of an application. */
  private static Shape hidden(List<Value.Tensor> inputs) {
    boolean batched = inputs.stream().anyMatch(t -> t.var().shape().batched());
    Shape inner = Shape.SCALAR;
    for (Value.Tensor t : inputs) {
      Shape mine = t.hidden().example();
      inner = mine.rank() > inner.rank() ? mine : inner;
    }
    return batched ? inner.perExample() : inner;
  }

  private static List<Integer> hiddenPlaces(Value.Tensor t, Shape hidden) {
    List<Integer> places = new ArrayList<>();
    int batch = hidden.batched() ? 1 : 0;
    if (t.var().shape().batched()) {
      places.add(0);
    }
    Shape mine = t.hidden().example();
    if (!hidden.example().first(mine.rank()).equals(mine)) {
      throw new TypeMismatch(
          "these values are repeated along different axes",
          hidden.example() + " and " + mine + " are not the same");
    }
    IntStream.range(0, mine.rank()).forEach(i -> places.add(batch + i));
    return places;
  }
}
