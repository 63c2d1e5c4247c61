package dev.peephole.docs;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Inlining;
import dev.peephole.op.BatchSize;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Concat;
import dev.peephole.op.Constant;
import dev.peephole.op.Draw;
import dev.peephole.op.Elementwise;
import dev.peephole.op.FromWindows;
import dev.peephole.op.Gather;
import dev.peephole.op.JoinShares;
import dev.peephole.op.Last;
import dev.peephole.op.Matmul;
import dev.peephole.op.OneHot;
import dev.peephole.op.Orthonormal;
import dev.peephole.op.OverlapAdd;
import dev.peephole.op.Pad;
import dev.peephole.op.PaddingMask;
import dev.peephole.op.Pick;
import dev.peephole.op.PutLast;
import dev.peephole.op.ReduceMax;
import dev.peephole.op.Reshape;
import dev.peephole.op.ScatterAdd;
import dev.peephole.op.SequenceLength;
import dev.peephole.op.Slice;
import dev.peephole.op.StepMask;
import dev.peephole.op.StopGradient;
import dev.peephole.op.Sum;
import dev.peephole.op.Training;
import dev.peephole.op.Transpose;
import dev.peephole.op.WindowGrid;
import dev.peephole.op.WindowMatmul;
import dev.peephole.op.Windows;
import dev.peephole.pass.simplify.EliminateDeadCode;
import dev.peephole.pass.simplify.Simplify;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An op applied to inputs called a, b, c: enough to write its formula and its gradients down.
 *
 * @param meaning what it does, a sentence without capital and full stop
 */
record OpSample(Op op, List<Type> inputs, String meaning) {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final Shape ROW = Shape.of(4);
  private static final Shape TABLE = Shape.of(3, 4);
  private static final Shape BATCH = Shape.of(Shape.BATCH, 4);
  private static final Shape OPEN = Shape.of(Shape.BATCH, Shape.OPEN, 4);
  private static final Type LENGTHS = Type.lengths();
  private static final WindowGrid WINDOWS =
      new WindowGrid(Shape.of(7, 2), List.of(3), List.of(1), List.of(1));
  private static final Type LABEL = new Type(Shape.of(3), Element.LABEL, 4);

  /** The ops that work element by element, on four numbers. */
  static List<OpSample> elementwise() {
    return Elementwise.all().stream()
        .map(
            op ->
                new OpSample(
                    op,
                    IntStream.range(0, op.arity())
                        .mapToObj(i -> op.takesTruth(i) ? Type.truth(ROW) : Type.real(ROW))
                        .toList(),
                    ""))
        .toList();
  }

  /** All others. */
  static List<OpSample> structural() {
    return List.of(
        of(new Constant(0.1, "rate"), "a number known while compiling, under the model's name"),
        of(new BatchSize(), "the number of examples in the batch"),
        of(new Training(), "true in a step of training, false in evaluation"),
        of(new Broadcast(TABLE, List.of(1)), "repeats along new axes", real(ROW)),
        of(new Transpose(List.of(1, 0)), "the axes in another order", real(TABLE)),
        of(new Slice(1, 1, 3), "some positions of an axis", real(TABLE)),
        of(new Pad(1, 1, 6), "zeros around a value, along one axis", real(TABLE)),
        of(
            new Windows(0, 1, 2, 1),
            "place k of window j is place 2 · j + k of axis 0, of a value that is the same for all k",
            real(Shape.of(7, 3))),
        of(
            new FromWindows(0, 1, 2, 1, 7),
            "windows put back to where they were, and 0 elsewhere",
            real(Shape.of(3, 3))),
        of(
            new WindowMatmul(Matmul.Form.PLAIN, WINDOWS),
            "the product of all windows with a matrix, in the fast style",
            real(Shape.of(Shape.BATCH, 7, 2)),
            real(Shape.of(6, 4))),
        of(
            new WindowMatmul(Matmul.Form.LEFT_TRANSPOSED, WINDOWS),
            "with the windows transposed",
            real(Shape.of(Shape.BATCH, 7, 2)),
            real(Shape.of(Shape.BATCH, 5, 4))),
        of(
            new OverlapAdd(WINDOWS),
            "the sum of windows, each where it was taken from",
            real(Shape.of(Shape.BATCH, 5, 3, 2))),
        of(new Concat(1), "two values side by side", real(TABLE), real(TABLE)),
        of(new Pick(), "the number that a label points at", real(TABLE), LABEL),
        of(new Gather(), "the rows of a table that labels point at", real(Shape.of(4, 2)), LABEL),
        of(new ScatterAdd(4), "rows summed by their labels", real(Shape.of(3, 2)), LABEL),
        of(new OneHot(), "1 at the label, 0 elsewhere", LABEL),
        of(new SequenceLength(), "how many time steps each example has, as a number", LENGTHS),
        of(new PaddingMask(OPEN, 1), "which places along an open axis are no padding", LENGTHS),
        of(new StepMask(), "which examples have the time step of a recurrence", LENGTHS),
        of(new Last(1), "each example's own last place along an open axis", real(OPEN), LENGTHS),
        of(new PutLast(1), "puts a value there, among zeros", real(BATCH), LENGTHS),
        of(new Sum(List.of(1)), "the sum along some axes", real(TABLE)),
        of(new ReduceMax(List.of(1)), "the greatest along some axes", real(TABLE)),
        of(new Reshape(Shape.of(12)), "the same numbers under another shape", real(TABLE)),
        of(new StopGradient(), "the value itself; no gradient passes", real(ROW)),
        of(
            new Matmul(Matmul.Form.PLAIN, 0),
            "the matrix product",
            real(BATCH),
            real(Shape.of(4, 2))),
        of(
            new Matmul(Matmul.Form.LEFT_TRANSPOSED, 0),
            "with the left side transposed",
            real(BATCH),
            real(Shape.of(Shape.BATCH, 2))),
        of(
            new Matmul(Matmul.Form.RIGHT_TRANSPOSED, 0),
            "with the right side transposed",
            real(BATCH),
            real(Shape.of(2, 4))),
        of(
            new Draw(Draw.Distribution.UNIFORM, ROW, 0, Draw.Moment.FIRST),
            "random numbers from 0 up to 1; before training or, if `anew`, at each step of it"),
        of(
            new Draw(Draw.Distribution.NORMAL, ROW, 0, Draw.Moment.EACH_STEP),
            "random numbers of mean 0 and deviation 1, likewise"),
        of(
            new JoinShares(JoinShares.Joined.SUM),
            "what several threads have of a value, each from its share of the batch, added up",
            real(ROW)),
        of(new JoinShares(JoinShares.Joined.MAX), "the greatest of what they have", real(ROW)),
        of(
            new Orthonormal(),
            "orthonormal rows or columns out of a matrix, in initializers",
            real(TABLE)));
  }

  private static OpSample of(Op op, String meaning, Type... inputs) {
    return new OpSample(op, List.of(inputs), meaning);
  }

  private static Type real(Shape shape) {
    return Type.real(shape);
  }

  Type result() {
    return op.type(inputs);
  }

  /** Pointwise, Reduction, View or Routine. */
  String sort() {
    for (Class<?> sort :
        List.of(Op.Pointwise.class, Op.Reduction.class, Op.View.class, Op.Routine.class)) {
      if (sort.isInstance(op)) {
        return sort.getSimpleName();
      }
    }
    throw new IllegalStateException(op.name());
  }

  private List<Var> vars() {
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> Var.of(NAMES.get(i), inputs.get(i)))
        .toList();
  }

  /** {@code a ⊙ b}. */
  String formula() {
    Equation equation = new Equation(Var.of("y", result()), op, vars(), Origin.NOWHERE);
    return new Inlining().formula(equation).assigned(result().shape()).text();
  }

  /**
   * The gradient of an input, where d is that of the result y; empty if none flows to it.
   *
   * <p>Notation leaves out that something is repeated or reshaped, so that is said behind it.
   */
  Optional<String> gradient(int input) {
    if (op.nondifferentiable().isPresent()) {
      return Optional.empty();
    }
    Equation equation = new Equation(Var.of("y", result()), op, vars(), Origin.NOWHERE);
    Var d = Var.of("d", result());
    Builder builder = new Builder();
    Var gradient = op.gradient(input, new Backward(builder, equation, d));
    if (gradient == null) {
      return Optional.empty();
    }
    List<Var> given = new ArrayList<>(equation.inputs());
    given.add(equation.out());
    given.add(d);
    Function rule = new Function("gradient", given, builder.equations(), List.of(gradient));
    return Optional.of(text(new EliminateDeadCode().run(new Simplify().run(rule))));
  }

  private static String text(Function rule) {
    Inlining inlining = new Inlining();
    rule.equations().forEach(inlining::inline);
    Var out = rule.outputs().get(0);
    String formula = "`" + inlining.formula(out).assigned(out.shape()).text() + "`";
    return rule.equations().stream()
        .filter(e -> e.out() == out)
        .filter(e -> e.op() instanceof Broadcast || e.op() instanceof Reshape)
        .findFirst()
        .map(e -> formula + ", " + e.op().describe())
        .orElse(formula);
  }
}
