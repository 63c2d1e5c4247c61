package dev.peephole.check.scope;

import dev.peephole.check.value.Arithmetic;
import dev.peephole.check.value.Value;
import dev.peephole.ir.Reading;
import dev.peephole.ir.Shape;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.op.Draw;
import dev.peephole.op.Elementwise;
import dev.peephole.op.OneHot;
import dev.peephole.op.Orthonormal;
import dev.peephole.op.ReduceMax;
import dev.peephole.op.StopGradient;
import dev.peephole.op.Sum;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The functions that the library is written with: each maps a call to an op. */
public final class Primitives {

  /**
   * A function or a word of the language itself.
   *
   * @param signature how the reference writes it
   * @param arities how many arguments it takes; none at all if it is a word without brackets
   * @param meaning one sentence
   * @param apply what a call gives, {@code null} if that is more than an op of its arguments
   */
  public record Primitive(
      String signature, Set<Integer> arities, String meaning, Application apply) {

    /** Whether it stands for a value by itself, without brackets. */
    public boolean isWord() {
      return arities.isEmpty();
    }

    /** Whether what it is given is followed several times. */
    public boolean repeats() {
      return apply == null;
    }
  }

  /** What a call with these arguments gives. */
  public interface Application {
    Value apply(Arithmetic arithmetic, List<Value> arguments, Frame frame);
  }

  /** As many values as these stand side by side in one call. */
  private static final int MOST_PARTS = 100;

  private static final Map<String, Primitive> TABLE = new LinkedHashMap<>();

  static {
    Elementwise.all().forEach(op -> op.meaning().ifPresent(meaning -> declare(op, meaning)));
    declare(
        "where",
        "where(condition, a, b)",
        Set.of(3),
        "a where the condition holds, else b, element by element",
        (a, v, f) -> a.where(v.get(0), v.get(1), v.get(2)));
    declare(
        "sum",
        "sum(x)  sum(x, 0)  sum(x, [0, 1])  sum(x, batch)",
        Set.of(1, 2),
        "the sum of all numbers, or along one axis or several, or over the batch",
        (a, v, f) -> OverAxes.join(a, v, f, Sum::new));
    declare(
        "max",
        "max(x)  max(x, [0, 1])  max(x, batch)  max(a, b)",
        Set.of(1, 2),
        "the greatest of all numbers, or along axes, or over the batch, or the greater of two"
            + " element by element",
        (a, v, f) ->
            v.size() == 2 && !OverAxes.areAxes(v.get(1))
                ? a.elementwise(Elementwise.MAX, v)
                : OverAxes.join(a, v, f, ReduceMax::new));
    declare(
        "min",
        "min(a, b)",
        Set.of(2),
        "the lesser of two, element by element",
        (a, v, f) -> a.elementwise(Elementwise.MIN, v));
    declare(
        "size",
        "size(x)  size(x, [0, 1])  size(x, batch)",
        Set.of(1, 2),
        "how many numbers x holds, or along one axis or several; a number of each example if one of"
            + " them is open; over the batch, how many of x there are",
        OverAxes::size);
    declare(
        "batch",
        "batch",
        Set.of(),
        "in the place of an axis, or among axes, as in `[batch, 0]`: the examples, and the leading"
            + " axes that a declaration is applied along",
        (a, v, f) -> new Value.Batch(List.of()));
    declare(
        "axes",
        "axes(x)",
        Set.of(1),
        "the axes of x by their numbers: [0, 1] if it has two",
        (a, v, f) ->
            new Value.Numbers(IntStream.range(0, a.tensor(v.get(0)).rank()).boxed().toList()));
    declare(
        "spread",
        "spread(a, x, [0, 1])",
        Set.of(3),
        "a repeated along these axes of x, which it lacks, as sum(x, [0, 1]) does",
        OverAxes::spread);
    declare(
        "shape",
        "shape(x)",
        Set.of(1),
        "the axes of x, such as [2, 3], to be compared in `require`",
        (a, v, f) -> new Value.Numbers(a.tensor(v.get(0)).shape().axes()));
    declare(
        "leading",
        "leading(x)",
        Set.of(1),
        "the axes in front of those that a declaration's brackets name for x, along which it is"
            + " applied, to be compared in `require`",
        (a, v, f) -> new Value.Numbers(a.tensor(v.get(0)).leading().axes()));
    declare(
        "one_hot",
        "one_hot(label)",
        Set.of(1),
        "a row that is 1 at the label and 0 elsewhere",
        (a, v, f) -> grown(a.apply(new OneHot(), a.tensor(v.get(0)))));
    declare(
        "reshape",
        "reshape(x, [2, 3])",
        Set.of(2),
        "the same numbers under another shape",
        (a, v, f) -> reshape(a, a.tensor(v.get(0)), v.get(1)));
    declare(
        "transpose",
        "transpose(x)  transpose(x, [1, 0, 2])",
        Set.of(1, 2),
        "the axes in reverse order, or in the order that is said",
        (a, v, f) -> OverAxes.transpose(a, v));
    declare(
        "pad",
        "pad(x, [1, 0], [1, 2])",
        Set.of(3),
        "zeros around x: so many before and behind along each of the first axes",
        (a, v, f) -> OverAxes.pad(a, v));
    declare(
        "windows",
        "windows(x, [3, 3], [2, 2], [1, 1])",
        Set.of(4),
        "the windows of 3 by 3 places over the first axes of x, every 2 places, each place 1 from"
            + " the next; how many there are stands first, then a window's places, then the other"
            + " axes",
        (a, v, f) -> OverAxes.windows(a, v));
    declare(
        "overlap_add",
        "overlap_add(x, [2, 2], [1, 1])",
        Set.of(3),
        "what windows has taken, put back, every 2 places and each place 1 from the next, and"
            + " added up where windows overlap",
        (a, v, f) -> OverAxes.overlapAdd(a, v));
    declare(
        "concat",
        "concat(a, b)  concat(a, b, c, 0)",
        upTo(MOST_PARTS),
        "values or lists behind each other, values along the last axis or along the one that is"
            + " named at the end",
        (a, v, f) -> Parts.concat(a, v));
    declare(
        "repeat",
        "repeat(x, 4, block)  repeat(x, units in [64, 32], dense(units) |> relu)",
        Set.of(3),
        "layers applied one after another, so many times or once for each; with weights of their"
            + " own, or with those of an instance",
        null);
    declare(
        "stop_gradient",
        "stop_gradient(x)",
        Set.of(1),
        "x itself, through which no gradient flows",
        (a, v, f) -> a.apply(new StopGradient(), a.tensor(v.get(0))));
    declare(
        "orthonormal",
        "orthonormal(x)",
        Set.of(1),
        "a matrix with orthonormal rows or columns, made from x (initializers only)",
        (a, v, f) -> a.apply(new Orthonormal(), a.tensor(v.get(0))));
    declare(
        "random_uniform",
        "random_uniform(x)  random_uniform()",
        Set.of(0, 1),
        "numbers from 0 up to 1 in the shape of x, drawn anew at each step of training and ½ in"
            + " evaluation; without x, in an initializer, in the parameter's shape",
        (a, v, f) -> draw(Draw.Distribution.UNIFORM, a, v, f));
    declare(
        "random_normal",
        "random_normal(x)  random_normal()",
        Set.of(0, 1),
        "numbers with mean 0 and deviation 1, drawn likewise and 0 in evaluation",
        (a, v, f) -> draw(Draw.Distribution.NORMAL, a, v, f));
    declare(
        "training",
        "training",
        Set.of(),
        "true in a step of training, false in evaluation, for `where`",
        (a, v, f) -> {
          requireNetwork("training", f);
          return a.training();
        });
    declare(
        Reading.Word.STEP,
        "which step of a run it is, counted from 1; for [schedules](#schedules), as the next three are");
    declare(Reading.Word.EPOCH, "which epoch it is, counted from 1");
    declare(
        Reading.Word.PROGRESS,
        "the share of the run's steps that lie before this one, from 0 up to 1");
    declare(
        "plateaus",
        "plateaus(10, 0.0001)",
        Set.of(2),
        "how often the validation loss went without improvement for 10 epochs, that is, was never"
            + " less than the least before by more than a share of 0.0001",
        (a, v, f) -> plateaus(a, v));
    declare("pi", "pi", Set.of(), "the circle's number, 3.14159…", (a, v, f) -> a.pi());
  }

  private Primitives() {}

  private static void declare(Reading.Word word, String meaning) {
    declare(word.word(), word.word(), Set.of(), meaning, (a, v, f) -> a.reading(word));
  }

  private static Value plateaus(Arithmetic arithmetic, List<Value> arguments) {
    boolean numbers = arguments.stream().allMatch(Value.Number.class::isInstance);
    if (!numbers
        || !((Value.Number) arguments.get(0)).integer()
        || ((Value.Number) arguments.get(0)).value() < 1) {
      throw new TypeMismatch(
          "plateaus takes a whole number of epochs, and a share that a loss must fall by",
          "this is " + arguments.get(numbers ? 0 : 1).describe());
    }
    int patience = (int) ((Value.Number) arguments.get(0)).value();
    double improvement = ((Value.Number) arguments.get(1)).value();
    return arithmetic.reading(new Reading.Plateaus(patience, improvement));
  }

  private static void declare(Elementwise op, String meaning) {
    declare(
        op.name(),
        op.name() + "(x)",
        Set.of(1),
        meaning + ", element by element",
        (a, v, f) -> a.elementwise(op, v));
  }

  private static void declare(
      String name, String signature, Set<Integer> arities, String meaning, Application apply) {
    TABLE.put(name, new Primitive(signature, arities, meaning, apply));
  }

  public static Optional<Primitive> find(String name) {
    return Optional.ofNullable(TABLE.get(name));
  }

  public static Map<String, Primitive> all() {
    return Collections.unmodifiableMap(TABLE);
  }

  /** Two arguments, or more. */
  private static Set<Integer> upTo(int most) {
    return IntStream.rangeClosed(2, most).boxed().collect(Collectors.toUnmodifiableSet());
  }

  private static Value grown(Value.Tensor t) {
    return new Value.Tensor(t.var(), t.rank() + 1);
  }

  private static Value reshape(Arithmetic arithmetic, Value.Tensor x, Value shape) {
    if (!(shape instanceof Value.Numbers axes)) {
      throw new TypeMismatch("a shape is a list such as [2, 3]", "this is " + shape.describe());
    }
    Shape own = new Shape(axes.values());
    return new Value.Tensor(arithmetic.reshape(x.var(), x.hidden().append(own)), own.rank());
  }

  /** Numbers like the argument, or in the shape of a parameter. */
  private static Value draw(
      Draw.Distribution distribution, Arithmetic arithmetic, List<Value> like, Frame frame) {
    String name = "random_" + distribution;
    if (!like.isEmpty()) {
      requireNetwork(name + "(x)", frame);
      return arithmetic.noise(distribution, arithmetic.tensor(like.get(0)));
    }
    if (frame.draws() == null) {
      throw new TypeMismatch(
          name + "() draws numbers in a parameter's shape, in initializers only",
          "elsewhere " + name + "(x) draws numbers in the shape of x");
    }
    return frame.draws().draw(distribution);
  }

  private static void requireNetwork(String what, Frame frame) {
    if (!frame.inNetwork()) {
      throw new TypeMismatch(
          what + " has a meaning in networks only",
          "what is computed here is no part of a step of training");
    }
  }
}
