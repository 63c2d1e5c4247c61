package dev.peephole.pass.simplify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Element;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Inlining;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import dev.peephole.op.OneHot;
import dev.peephole.op.Pick;
import dev.peephole.op.Sum;
import dev.peephole.pass.verify.Verify;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each law that the ops declare: what it makes of an expression, and that the value stays. */
class SimplifyTest {
  private static final int BATCH = 3;
  private static final Shape TABLE = Shape.of(Shape.BATCH, 4);

  /**
   * An expression of x and y, tables of one row an example, s, a number, r, a number an example,
   * and label, a label an example.
   */
  interface Expression {
    Var build(Algebra a);
  }

  /** Writes expressions. */
  record Algebra(Builder builder, Var x, Var y, Var s, Var r, Var label) {
    Var apply(Op op, Var... inputs) {
      return builder.apply(op, inputs);
    }

    Var table(double value) {
      return Broadcast.lead(builder, apply(new Constant(value, "")), TABLE);
    }

    Var named(double value, String name) {
      return Broadcast.lead(builder, apply(new Constant(value, name)), TABLE);
    }

    /** s in every place. */
    Var everywhere() {
      return Broadcast.lead(builder, s, TABLE);
    }

    /** r in every place of a row. */
    Var alongRows(Var each) {
      return Broadcast.to(builder, each, TABLE, List.of(0));
    }

    Var sumOfRows(Var table) {
      return apply(new Sum(List.of(1)), table);
    }

    Var add(Var a, Var b) {
      return apply(Elementwise.ADD, a, b);
    }

    Var subtract(Var a, Var b) {
      return apply(Elementwise.SUBTRACT, a, b);
    }

    Var times(Var a, Var b) {
      return apply(Elementwise.MULTIPLY, a, b);
    }

    Var over(Var a, Var b) {
      return apply(Elementwise.DIVIDE, a, b);
    }

    Var power(Var a, Var b) {
      return apply(Elementwise.POWER, a, b);
    }

    Var minus(Var a) {
      return apply(Elementwise.NEGATE, a);
    }

    Var exp(Var a) {
      return apply(Elementwise.EXP, a);
    }

    Var where(Var a, Var b) {
      return apply(Elementwise.WHERE, apply(Elementwise.GREATER, x, table(0)), a, b);
    }
  }

  record Law(String after, Expression before) {
    @Override
    public String toString() {
      return after;
    }
  }

  static Stream<Law> laws() {
    return Stream.of(
        new Law("x", a -> a.add(a.x, a.table(0))),
        new Law("x", a -> a.add(a.table(0), a.x)),
        new Law("x − y", a -> a.add(a.x, a.minus(a.y))),
        new Law("y − x", a -> a.add(a.minus(a.x), a.y)),
        new Law(
            "s · (x + y)", a -> a.add(a.times(a.everywhere(), a.x), a.times(a.everywhere(), a.y))),
        new Law("x", a -> a.subtract(a.x, a.table(0))),
        new Law("−x", a -> a.subtract(a.table(0), a.x)),
        new Law("x + y", a -> a.subtract(a.x, a.minus(a.y))),
        new Law(
            "s · (x − y)",
            a -> a.subtract(a.times(a.everywhere(), a.x), a.times(a.everywhere(), a.y))),
        new Law("0", a -> a.times(a.x, a.table(0))),
        new Law("x", a -> a.times(a.table(1), a.x)),
        new Law("−x", a -> a.times(a.x, a.table(-1))),
        new Law("−x ⊙ y", a -> a.times(a.x, a.minus(a.y))),
        new Law("−x ⊙ y", a -> a.times(a.minus(a.x), a.y)),
        new Law("x ⊙ y", a -> a.times(a.minus(a.x), a.minus(a.y))),
        new Law("6 · x", a -> a.times(a.table(3), a.times(a.table(2), a.x))),
        new Law("6 / y", a -> a.times(a.table(3), a.over(a.table(2), a.y))),
        new Law("x / (3 · s)", a -> a.over(a.over(a.x, a.everywhere()), a.table(3))),
        new Law("2 · x", a -> a.times(a.x, a.table(2))),
        new Law("y if x > 0 else 0", a -> a.times(a.y, a.where(a.table(1), a.table(0)))),
        new Law("2 · x / r", a -> a.times(a.alongRows(a.over(rows(a, 2), a.r)), a.x)),
        new Law("0", a -> a.over(a.table(0), a.y)),
        new Law("x", a -> a.over(a.x, a.table(1))),
        new Law("−x / y", a -> a.over(a.minus(a.x), a.y)),
        new Law("x", a -> a.minus(a.minus(a.x))),
        new Law("y − x", a -> a.minus(a.subtract(a.x, a.y))),
        new Law("x", a -> a.power(a.x, a.table(1))),
        new Law("x²", a -> a.power(a.x, a.table(2))),
        new Law("√x", a -> a.power(a.x, a.table(0.5))),
        new Law("8", a -> a.power(a.table(2), a.table(3))),
        new Law("2 · rate · x", a -> a.times(a.table(2), a.times(a.named(3, "rate"), a.x))),
        new Law("exp(r)", a -> a.exp(a.alongRows(a.r))),
        new Law("4 · r", a -> a.sumOfRows(a.alongRows(a.r))),
        new Law("r ⊙ (Σₖ x)", a -> a.sumOfRows(a.times(a.alongRows(a.r), a.x))),
        new Law("(Σₖ x) / r", a -> a.sumOfRows(a.over(a.x, a.alongRows(a.r)))),
        new Law("−(Σₖ x)", a -> a.sumOfRows(a.minus(a.x))),
        new Law("Σₙₖ x", a -> a.apply(new Sum(List.of(0)), a.sumOfRows(a.x))),
        new Law("1", a -> a.sumOfRows(a.apply(new OneHot(), a.label))),
        new Law("exp(x[.., label])", a -> a.apply(new Pick(), a.exp(a.x), a.label)),
        new Law("r", a -> a.apply(new Pick(), a.alongRows(a.r), a.label)));
  }

  private static Var rows(Algebra a, double value) {
    return Broadcast.lead(a.builder, a.apply(new Constant(value, "")), a.r.shape());
  }

  private static Algebra algebra() {
    Shape each = Shape.of(Shape.BATCH);
    return new Algebra(
        new Builder(),
        Var.real("x", TABLE),
        Var.real("y", TABLE),
        Var.real("s", Shape.SCALAR),
        Var.real("r", each),
        Var.of("label", new Type(each, Element.LABEL, 4)));
  }

  private static Function function(Algebra a, Var out) {
    return new Function(
        "f", List.of(a.x, a.y, a.s, a.r, a.label), a.builder.equations(), List.of(out));
  }

  private static Function simplified(Function function) {
    Function simple = new EliminateDeadCode().run(new Simplify().run(function));
    Verify.verify(simple, "simplify");
    return simple;
  }

  /** Positive numbers, so that roots and powers are defined. */
  private static List<double[]> inputs() {
    Random random = new Random(3);
    List<double[]> inputs = new ArrayList<>();
    for (int size : new int[] {4 * BATCH, 4 * BATCH, 1, BATCH}) {
      inputs.add(random.doubles(size, 0.2, 3).toArray());
    }
    inputs.add(new double[] {3, 0, 2});
    return inputs;
  }

  private static double[] value(Function function) {
    return new Interpreter(BATCH, 0).run(function, inputs()).get(0);
  }

  @ParameterizedTest
  @MethodSource("laws")
  void holds(Law law) {
    Algebra algebra = algebra();
    Function before = function(algebra, law.before.build(algebra));
    Function after = simplified(before);
    assertThat(value(after)).containsExactly(value(before), within(1e-13));
    Inlining inlining = new Inlining();
    after.equations().forEach(inlining::inline);
    assertThat(inlining.formula(after.outputs().get(0)).text()).isEqualTo(law.after);
  }

  @Test
  void computesEqualValuesOnce() {
    Algebra a = algebra();
    Var sum = a.add(a.exp(a.x), a.exp(a.x));
    assertThat(simplified(function(a, sum)).equations()).hasSize(2);
  }

  @Test
  void doesNothingTwice() {
    for (Law law : laws().toList()) {
      Algebra algebra = algebra();
      Function once = simplified(function(algebra, law.before.build(algebra)));
      assertThat(simplified(once).equations().stream().map(e -> e.op().describe()))
          .as(law.after)
          .isEqualTo(once.equations().stream().map(e -> e.op().describe()).toList());
    }
  }
}
