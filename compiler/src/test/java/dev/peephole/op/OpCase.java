package dev.peephole.op;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Program;
import dev.peephole.ir.Role;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An op applied to inputs, to test it by.
 *
 * @param op the op
 * @param inputs what it is applied to
 * @param result the type that must come out, as it prints
 * @param low the least input to draw
 * @param high the greatest input to draw
 */
public record OpCase(Op op, List<Type> inputs, String result, double low, double high) {

  /** The examples in a batch. */
  public static final int BATCH = 3;

  /** How many time steps they have. */
  private static final double[] LENGTHS = {2, 4, 1};

  private static final int STEPS = 4;

  public static OpCase of(Op op, String result, Type... inputs) {
    return new OpCase(op, List.of(inputs), result, -2, 2);
  }

  /** Random inputs out of the domain. */
  public List<double[]> draw(long seed) {
    Random random = new Random(seed);
    List<double[]> values = new ArrayList<>();
    for (Type type : inputs) {
      double[] numbers = new double[size(type.shape())];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = draw(type, random);
      }
      values.add(type.element() == Element.COUNT ? LENGTHS.clone() : numbers);
    }
    return values;
  }

  private double draw(Type type, Random random) {
    if (type.element() == Element.REAL) {
      return low + (high - low) * random.nextDouble();
    }
    return random.nextInt(type.element() == Element.LABEL ? type.classes() : 2);
  }

  /** How many numbers a batch of a shape has. */
  static int size(Shape shape) {
    return shape.forBatch(BATCH, STEPS).size();
  }

  /** Inputs called a, b and c. */
  public List<Var> vars() {
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> Var.of(String.valueOf((char) ('a' + i)), inputs.get(i)))
        .toList();
  }

  /** {@code y = op(inputs)}. */
  Function function(List<Var> vars) {
    Var y = Var.of("y", op.type(inputs));
    return new Function("f", vars, List.of(new Equation(y, op, vars, Origin.NOWHERE)), List.of(y));
  }

  /**
   * The sum of u ⊙ op(inputs) for a given u, to be differentiated by all real inputs.
   *
   * @param u the first input of the function
   * @param order the other inputs, in any order
   */
  public Function projected(Var u, List<Var> vars, List<Var> order) {
    Builder builder = new Builder();
    Var y = builder.named("y", op, vars);
    Var product = builder.apply(Elementwise.MULTIPLY, u, y);
    Var loss =
        builder.apply(new Sum(IntStream.range(0, y.shape().rank()).boxed().toList()), product);
    List<Var> given = new ArrayList<>(List.of(u));
    order.stream().filter(v -> !v.real()).forEach(given::add);
    List<Var> by = order.stream().filter(Var::real).toList();
    return Function.of(
        "f",
        Map.of(Role.INPUT, given, Role.PARAMETER, by),
        builder.equations(),
        Map.of(Role.LOSS, List.of(loss)));
  }

  @Override
  public String toString() {
    return op.describe() + " of " + inputs;
  }

  /** A program with the op's value as its output and no parameters; truth is a number > 0. */
  public Program program() {
    Builder builder = new Builder();
    List<Var> inputs =
        vars().stream().map(v -> truth(v) ? Var.real(v.name(), v.shape()) : v).toList();
    List<Var> operands = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Var input = inputs.get(i);
      boolean asked = truth(vars().get(i));
      operands.add(
          asked ? builder.apply(Elementwise.GREATER, input, broadcast(builder, 0, input)) : input);
    }
    Var y = builder.named("y", op, operands);
    if (truth(y)) {
      Var one = broadcast(builder, 1, y);
      y = builder.named("number", Elementwise.WHERE, List.of(y, one, broadcast(builder, 0, y)));
    }
    List<Integer> axes = IntStream.range(0, y.shape().rank()).boxed().toList();
    Var loss = builder.named("loss", new Sum(axes), List.of(y));
    Map<Boolean, List<Var>> lengths =
        inputs.stream().collect(Collectors.partitioningBy(v -> v.element() == Element.COUNT));
    Function step =
        Function.of(
            "Op",
            Map.of(Role.INPUT, lengths.get(false), Role.LENGTHS, lengths.get(true)),
            builder.equations(),
            Map.of(Role.OUTPUT, List.of(y), Role.LOSS, List.of(loss)));
    SourceFile file = new SourceFile("op.nn", "");
    return Program.of(new Program.Heading("Op", List.of(), file), List.of(), step);
  }

  private static boolean truth(Var var) {
    return var.element() == Element.TRUTH;
  }

  private static Var broadcast(Builder builder, double value, Var like) {
    return Broadcast.lead(builder, builder.apply(new Constant(value, "")), like.shape());
  }
}
