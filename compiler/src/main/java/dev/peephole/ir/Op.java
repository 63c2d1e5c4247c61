package dev.peephole.ir;

import dev.peephole.runtime.kernel.Mode;
import java.util.List;
import java.util.Optional;

/**
 * What an equation does: one declaration holds all that the compiler knows of it. The declarations
 * are in package {@code op}; passes ask them and never look at an op's name.
 *
 * <p>There are five sorts, by how they are computed: {@link Pointwise}, {@link Reduction}, {@link
 * View}, {@link Routine} and {@link Scan}.
 */
public interface Op {

  /** How the model, the dump and the documentation call it. */
  String name();

  /** The name with what makes this op particular, for dumps. */
  default String describe() {
    return name();
  }

  /**
   * The type of the result.
   *
   * @throws TypeMismatch if the inputs do not fit
   */
  Type type(List<Type> inputs);

  /** The types of the results; all ops but {@link Scan} have one. */
  default List<Type> types(List<Type> inputs) {
    return List.of(type(inputs));
  }

  /**
   * The mathematical notation of an equation's right side.
   *
   * @param inputs that of the inputs, each of which may leave out axes along which it is repeated
   */
  Expression formula(List<Expression> inputs, Equation equation);

  /** Builds the gradient of one input from that of the output; {@code null} if none flows to it. */
  Var gradient(int input, Backward back);

  /** Between which numbers the result lies. */
  Range range(Ranging ranging);

  /**
   * Whether the result, or its derivative, can be infinite or no number though the inputs are
   * finite.
   */
  default boolean singular(Ranging ranging) {
    return false;
  }

  /** Why it is hardly meant for inputs in these ranges, if it is not. */
  default Optional<Hazard> hazard(Ranging ranging) {
    return Optional.empty();
  }

  /** Whether no gradient goes through because the model says so. */
  default boolean stopsGradient() {
    return false;
  }

  /** A name for its result, should the model give it none. */
  default String hint(List<Var> inputs) {
    return name();
  }

  /** Why there is no derivative, if there is none. */
  default Optional<String> nondifferentiable() {
    return Optional.empty();
  }

  /**
   * The same op for all time steps at once: where its inputs vary in time they have a first axis of
   * that length, and so has its result.
   *
   * @param length how many time steps there are
   * @param varying which inputs vary
   */
  default Optional<Op> lifted(int length, List<Boolean> varying) {
    return Optional.empty();
  }

  /** Whether it asks if this is training or evaluation. */
  default boolean dependsOnMode() {
    return false;
  }

  /**
   * Whether it depends on the time step of the recurrence that it stands in, besides its inputs.
   */
  default boolean timed() {
    return false;
  }

  /**
   * Which axes of the inputs and of the results are the same: groups of axes along which the same
   * places belong together.
   */
  List<List<Axis>> sameAxes(Equation equation);

  /** A simpler value that is equal to the equation's, if the op knows one. */
  default Optional<Var> simplify(Rewrite rewrite) {
    return Optional.empty();
  }

  /** Each number of the result is an expression of numbers of the inputs. */
  interface Pointwise extends Op {

    /** The number of the result at {@code at}. */
    Scalar element(List<Index> at, List<Var> inputs);

    /** What one number costs. */
    default Cost cost() {
      return Cost.FREE;
    }

    @Override
    default List<List<Axis>> sameAxes(Equation equation) {
      return Axis.inStep(this, equation);
    }
  }

  /** What one number of a pointwise op costs. */
  enum Cost {
    /** Nothing: it is a number of an input, or a constant. */
    FREE,
    /** An operation or two of the machine. */
    ARITHMETIC,
    /** Tens of operations. */
    FUNCTION
  }

  /** Numbers along some axes of the one input become one number. */
  interface Reduction extends Op {

    /** The axes of the input that go away. */
    List<Integer> axes();

    /** What the numbers so far are called while they are joined. */
    String joined();

    /** The value before the first number. */
    double start();

    /** The number so far, {@code sofar}, joined with the next one. */
    Scalar join(Scalar sofar, Scalar next);

    @Override
    default List<List<Axis>> sameAxes(Equation equation) {
      Var of = equation.input(0);
      List<Integer> left = of.shape().others(axes());
      return Axis.pairs(of, left, equation.out(), Axes.positions(left));
    }
  }

  /** The numbers of the input in the same order under another shape. */
  interface View extends Op {}

  /** Something that is called as a whole. */
  interface Routine extends Op {

    /** Whether the result may take the place of the first input while it is computed. */
    default boolean worksInPlace() {
      return false;
    }

    /** The result in double precision, straight from the definition. */
    double[] reference(List<double[]> inputs, List<Shape> shapes, Shape result, Mode mode);
  }
}
