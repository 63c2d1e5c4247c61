package dev.peephole.pass.differentiate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Function;
import dev.peephole.ir.Printer;
import dev.peephole.ir.Role;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Matmul;
import dev.peephole.op.StopGradient;
import dev.peephole.op.Sum;
import dev.peephole.pass.differentiate.Differentiate.Nondifferentiable;
import dev.peephole.pass.simplify.EliminateDeadCode;
import dev.peephole.pass.simplify.Simplify;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What differentiation adds to a function, and when it refuses. */
class DifferentiateTest {
  private final Builder builder = new Builder();
  private final Var x = Var.real("x", Shape.of(3));
  private final Var w = Var.real("w", Shape.of(3));

  /** The sum of a value, to be differentiated by the last of the inputs. */
  private Function loss(Var summed, Var... inputs) {
    Var loss = builder.named("loss", new Sum(List.of(0)), List.of(summed));
    int last = inputs.length - 1;
    return trained(loss, List.of(inputs).subList(0, last), inputs[last]);
  }

  private Function trained(Var loss, List<Var> given, Var by) {
    return Function.of(
        "f",
        Map.of(Role.INPUT, given, Role.PARAMETER, List.of(by)),
        builder.equations(),
        Map.of(Role.LOSS, List.of(loss)));
  }

  private static List<double[]> run(Function function, double[]... inputs) {
    return new Interpreter(1, 0).run(function, List.of(inputs));
  }

  @Test
  void namesGradientsAfterValues() {
    Var x = Var.real("x", Shape.of(Shape.BATCH, 2));
    Var w = Var.real("W", Shape.of(2, 3));
    Var z = builder.named("z", new Matmul(Matmul.Form.PLAIN, 0), List.of(x, w));
    Var h = builder.named("h", Elementwise.TANH, List.of(z));
    Var loss = builder.named("loss", new Sum(List.of(0, 1)), List.of(h));
    Function before = trained(loss, List.of(x), w);
    Function named = new NameGradients().run(new Differentiate().run(before));
    Function after = new EliminateDeadCode().run(new Simplify().run(named));
    assertThat(Printer.print(after).lines().map(String::strip))
        .containsExactly(
            "f(x: [N, 2], W: [2, 3])",
            "z: [N, 3]              = matmul of x, W",
            "h: [N, 3]              = tanh of z",
            "loss: []               = sum over [0, 1] of h",
            "%1: []                 = 1",
            "%2: [N, 3]             = broadcast [] to [N, 3] of %1",
            "%3: [N, 3]             = square of h",
            "dz: [N, 3]             = subtract of %2, %3",
            "dW: [2, 3]             = matmul_left_transposed of x, dz",
            "return loss, dW");
  }

  @Test
  void addsUpWhatComesAlongSeveralWays() {
    Var y = builder.apply(Elementwise.ADD, builder.apply(Elementwise.SQUARE, w), w);
    Function after = new Differentiate().run(loss(y, w));
    assertThat(run(after, new double[] {1, 2, 3}).get(1)).containsExactly(3, 5, 7);
  }

  @Test
  void givesZerosWhereTheLossDoesNotDepend() {
    Function after = new Differentiate().run(loss(x, x, w));
    assertThat(run(after, new double[3], new double[3]).get(1)).containsExactly(0, 0, 0);
  }

  @Test
  void stopsWhereTheModelSaysSo() {
    Var stopped = builder.apply(new StopGradient(), w);
    Function after =
        new Differentiate().run(loss(builder.apply(Elementwise.MULTIPLY, stopped, w), w));
    assertThat(run(after, new double[] {1, 2, 3}).get(1)).containsExactly(1, 2, 3);
  }

  @Test
  void refusesWhatHasNoDerivative() {
    Var y = builder.apply(Elementwise.ROUND, w);
    Function before = loss(y, w);
    Nondifferentiable refused =
        catchThrowableOfType(Nondifferentiable.class, () -> new Differentiate().run(before));
    assertThat(refused.equations()).singleElement().isEqualTo(before.equations().get(0));
    assertThat(refused).hasMessageContaining("flat");
  }

  @Test
  void mayPassWhatHasNoDerivativeIfNoParameterIsBehindIt() {
    Var y = builder.apply(Elementwise.MULTIPLY, builder.apply(Elementwise.ROUND, x), w);
    Function after = new Differentiate().run(loss(y, x, w));
    assertThat(run(after, new double[] {1.2, -0.7, 3}, new double[3]).get(1))
        .containsExactly(1, -1, 3);
  }

  @Test
  void letsConditionsDependOnParameters() {
    Var test = builder.apply(Elementwise.GREATER, w, x);
    Var y = builder.apply(Elementwise.WHERE, test, w, x);
    Function after = new Differentiate().run(loss(y, x, w));
    assertThat(run(after, new double[] {0, 0, 0}, new double[] {1, -1, 0}).get(1))
        .containsExactly(1, 0, 0);
  }
}
