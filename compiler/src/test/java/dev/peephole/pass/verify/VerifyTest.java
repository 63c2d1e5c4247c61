package dev.peephole.pass.verify;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Elementwise;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Malformed functions do not get past the verifier. */
class VerifyTest {
  private final Var x = Var.real("x", Shape.of(3));
  private final Var y = Var.real("y", Shape.of(3));
  private final Equation good = new Equation(y, Elementwise.TANH, List.of(x), Origin.NOWHERE);

  private static void verify(List<Var> inputs, List<Equation> equations, List<Var> outputs) {
    Verify.verify(new Function("f", inputs, equations, outputs), "here");
  }

  private void refused(List<Equation> equations, Var output, String message) {
    assertThatThrownBy(() -> verify(List.of(x), equations, List.of(output)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("after here", message);
  }

  @Test
  void wellFormedFunctionsPass() {
    assertThatCode(() -> verify(List.of(x), List.of(good), List.of(y, x)))
        .doesNotThrowAnyException();
  }

  @Test
  void valuesAreComputedBeforeTheyAreUsed() {
    Var z = Var.real("z", Shape.of(3));
    Equation later = new Equation(z, Elementwise.EXP, List.of(y), Origin.NOWHERE);
    refused(List.of(later, good), z, "y[3] is used before it is computed");
  }

  @Test
  void valuesAreComputedOnce() {
    refused(List.of(good, good), y, "y[3] is computed twice");
    refused(
        List.of(new Equation(x, Elementwise.TANH, List.of(x), Origin.NOWHERE)),
        x,
        "computed twice");
  }

  @Test
  void typesAreThoseOfTheOps() {
    Var wrong = Var.real("y", Shape.of(4));
    refused(
        List.of(new Equation(wrong, Elementwise.TANH, List.of(x), Origin.NOWHERE)),
        wrong,
        "the op gives [3]");
  }

  @Test
  void outputsAreComputed() {
    refused(List.of(), y, "output y[3] is missing");
  }
}
