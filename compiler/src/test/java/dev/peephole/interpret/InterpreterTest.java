package dev.peephole.interpret;

import static dev.peephole.ir.Shape.BATCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Element;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.op.BatchSize;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Concat;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Matmul;
import dev.peephole.op.Matmul.Form;
import dev.peephole.op.OneHot;
import dev.peephole.op.Pad;
import dev.peephole.op.Pick;
import dev.peephole.op.ReduceMax;
import dev.peephole.op.Reshape;
import dev.peephole.op.Slice;
import dev.peephole.op.StopGradient;
import dev.peephole.op.Sum;
import dev.peephole.op.Transpose;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference evaluator against numbers worked out by hand, for a batch of two. */
class InterpreterTest {
  private static final Type TABLE = Type.real(Shape.of(2, 3));
  private static final double[] SIX = {1, 2, 3, 4, 5, 6};
  private static final Type BOX = Type.real(Shape.of(2, 2, 2));
  private static final double[] EIGHT = {1, 2, 3, 4, 5, 6, 7, 8};

  private static double[] run(Op op, List<Type> types, List<double[]> inputs) {
    List<Var> vars =
        IntStream.range(0, types.size()).mapToObj(i -> Var.of("x" + i, types.get(i))).toList();
    Builder builder = new Builder();
    Var out = builder.named("y", op, vars);
    Function function = new Function("f", vars, builder.equations(), List.of(out));
    return new Interpreter(2, 0).run(function, inputs).get(0);
  }

  private static void check(Op op, Type type, double[] input, double... expected) {
    assertThat(run(op, List.of(type), List.of(input))).containsExactly(expected);
  }

  private static void check(
      Op op, Type left, double[] a, Type right, double[] b, double... expected) {
    assertThat(run(op, List.of(left, right), List.of(a, b))).containsExactly(expected);
  }

  @Test
  void broadcasts() {
    Type two = Type.real(Shape.of(2));
    check(new Broadcast(Shape.of(2, 2), List.of(1)), two, new double[] {7, 8}, 7, 8, 7, 8);
    check(new Broadcast(Shape.of(2, 2), List.of(0)), two, new double[] {7, 8}, 7, 7, 8, 8);
    check(new Broadcast(Shape.of(BATCH, 2), List.of(1)), two, new double[] {7, 8}, 7, 8, 7, 8);
  }

  @Test
  void movesAxes() {
    check(new Transpose(List.of(1, 0)), TABLE, SIX, 1, 4, 2, 5, 3, 6);
    check(new Transpose(List.of(2, 0, 1)), BOX, EIGHT, 1, 3, 5, 7, 2, 4, 6, 8);
    check(new Reshape(Shape.of(3, 2)), TABLE, SIX, SIX);
    check(new StopGradient(), TABLE, SIX, SIX);
  }

  @Test
  void cutsAndJoins() {
    check(new Slice(1, 1, 3), TABLE, SIX, 2, 3, 5, 6);
    check(new Slice(0, 1, 2), TABLE, SIX, 4, 5, 6);
    check(new Slice(1, 0, 3, 2), TABLE, SIX, 1, 3, 4, 6);
    check(new Pad(1, 1, 6, 2), TABLE, SIX, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6);
    check(new Pad(1, 1, 5), TABLE, SIX, 0, 1, 2, 3, 0, 0, 4, 5, 6, 0);
    check(
        new Concat(0),
        TABLE,
        SIX,
        Type.real(Shape.of(1, 3)),
        new double[] {7, 8, 9},
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9);
    check(
        new Concat(1),
        TABLE,
        SIX,
        Type.real(Shape.of(2, 1)),
        new double[] {7, 8},
        1,
        2,
        3,
        7,
        4,
        5,
        6,
        8);
  }

  @Test
  void reduces() {
    check(new Sum(List.of(0)), TABLE, SIX, 5, 7, 9);
    check(new Sum(List.of(1)), TABLE, SIX, 6, 15);
    check(new Sum(List.of(0, 2)), BOX, EIGHT, 14, 22);
    check(new ReduceMax(List.of(1)), TABLE, new double[] {-3, -1, -2, 9, 8, 7}, -1, 9);
    check(new Sum(List.of(0)), Type.real(Shape.of(BATCH, 3)), SIX, 5, 7, 9);
  }

  @Test
  void multiplies() {
    Type tall = Type.real(Shape.of(3, 2));
    double[] b = {1, 0, 2, 1, 0, 3};
    check(new Matmul(Form.PLAIN, 0), TABLE, SIX, tall, b, 5, 11, 14, 23);
    check(new Matmul(Form.RIGHT_TRANSPOSED, 0), TABLE, SIX, TABLE, SIX, 14, 32, 32, 77);
    check(
        new Matmul(Form.LEFT_TRANSPOSED, 0),
        TABLE,
        SIX,
        TABLE,
        SIX,
        17,
        22,
        27,
        22,
        29,
        36,
        27,
        36,
        45);
    check(new Matmul(Form.PLAIN, 1), BOX, EIGHT, BOX, EIGHT, 7, 10, 15, 22, 67, 78, 91, 106);
    check(new Matmul(Form.PLAIN, 0), Type.real(Shape.of(BATCH, 3)), SIX, tall, b, 5, 11, 14, 23);
  }

  @Test
  void followsLabels() {
    Type labels = new Type(Shape.of(BATCH), Element.LABEL, 3);
    check(new OneHot(), labels, new double[] {2, 0}, 0, 0, 1, 1, 0, 0);
    check(new Pick(), Type.real(Shape.of(BATCH, 3)), SIX, labels, new double[] {2, 0}, 3, 4);
  }

  @Test
  void knowsNumbers() {
    assertThat(run(new Constant(2.5, "rate"), List.of(), List.of())).containsExactly(2.5);
    assertThat(run(new BatchSize(), List.of(), List.of())).containsExactly(2);
  }

  /** One value for each op, from tables. */
  private static final Map<String, double[]> VALUES =
      Map.ofEntries(
          Map.entry("add", new double[] {2, 3, 5}),
          Map.entry("subtract", new double[] {2, 3, -1}),
          Map.entry("multiply", new double[] {2, 3, 6}),
          Map.entry("divide", new double[] {3, 2, 1.5}),
          Map.entry("negate", new double[] {2, -2}),
          Map.entry("power", new double[] {2, 10, 1024}),
          Map.entry("square", new double[] {-3, 9}),
          Map.entry("sqrt", new double[] {2, 1.4142135623730951}),
          Map.entry("exp", new double[] {1, 2.718281828459045}),
          Map.entry("log", new double[] {10, 2.302585092994046}),
          Map.entry("log1p", new double[] {1e-10, 9.9999999995e-11}),
          Map.entry("tanh", new double[] {0.5, 0.46211715726000976}),
          Map.entry("sigmoid", new double[] {1, 0.7310585786300049}),
          Map.entry("erf", new double[] {0.5, 0.5204998778130465}),
          Map.entry("sin", new double[] {1, 0.8414709848078965}),
          Map.entry("cos", new double[] {1, 0.5403023058681398}),
          Map.entry("sign", new double[] {-0.1, -1}),
          Map.entry("round", new double[] {2.5, 2}),
          Map.entry("floor", new double[] {-2.5, -3}),
          Map.entry("ceil", new double[] {-2.5, -2}),
          Map.entry("abs", new double[] {-4, 4}),
          Map.entry("softplus", new double[] {1, 1.3132616875182228}),
          Map.entry("less", new double[] {1, 1, 0}),
          Map.entry("less_equal", new double[] {1, 1, 1}),
          Map.entry("greater", new double[] {2, 1, 1}),
          Map.entry("greater_equal", new double[] {1, 2, 0}),
          Map.entry("equal", new double[] {2, 2, 1}),
          Map.entry("not_equal", new double[] {2, 2, 0}),
          Map.entry("and", new double[] {1, 0, 0}),
          Map.entry("or", new double[] {1, 0, 1}),
          Map.entry("not", new double[] {1, 0}),
          Map.entry("relu", new double[] {-2, 0}),
          Map.entry("max", new double[] {-1, 2, 2}),
          Map.entry("min", new double[] {-1, 2, -1}),
          Map.entry("where", new double[] {0, 5, 7, 7}));

  static List<Elementwise> elementwise() {
    return Elementwise.all();
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  void agreesWithTables(Elementwise op) {
    double[] line = VALUES.get(op.name());
    double[] inputs = Arrays.copyOf(line, op.arity());
    assertThat(op.reference(inputs))
        .isCloseTo(line[op.arity()], within(1e-15 * Math.abs(line[op.arity()])));
  }

  @Test
  void refusesTheWrongNumberOfNumbers() {
    assertThatThrownBy(() -> check(new Slice(1, 1, 3), TABLE, EIGHT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8 numbers");
  }
}
