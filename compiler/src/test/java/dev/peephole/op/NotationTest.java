package dev.peephole.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.ir.Formula;
import dev.peephole.ir.Op;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Brackets stand where the notation would mean something else without them. */
class NotationTest {
  private static final Formula A = Formula.atom("a", false);
  private static final Formula B = Formula.atom("b", false);
  private static final Formula C = Formula.atom("c", false);
  private static final Formula S = Formula.atom("s", true);

  private static Formula of(Op op, Formula... inputs) {
    return op.formula(Arrays.asList(inputs));
  }

  private static Formula java(Elementwise op, Formula... inputs) {
    return op.code().write(List.of(inputs));
  }

  private static void check(Formula formula, String text) {
    assertThat(formula.text()).isEqualTo(text);
  }

  @Test
  void inMathematics() {
    Formula sum = of(Elementwise.ADD, A, B);
    Formula product = of(Elementwise.MULTIPLY, A, B);
    check(of(Elementwise.ADD, C, sum), "c + a + b");
    check(of(Elementwise.SUBTRACT, C, sum), "c − (a + b)");
    check(of(Elementwise.SUBTRACT, sum, C), "a + b − c");
    check(of(Elementwise.MULTIPLY, C, sum), "c ⊙ (a + b)");
    check(of(Elementwise.MULTIPLY, S, product), "s · a ⊙ b");
    check(of(Elementwise.DIVIDE, C, product), "c / (a ⊙ b)");
    check(of(Elementwise.DIVIDE, C, of(Elementwise.NEGATE, product)), "c / (−a ⊙ b)");
    check(of(Elementwise.NEGATE, sum), "−(a + b)");
    check(of(Elementwise.SQUARE, product), "(a ⊙ b)²");
    check(of(Elementwise.SQRT, sum), "√(a + b)");
    check(of(Elementwise.POWER, of(Elementwise.SQUARE, A), B), "(a²)^b");
    check(of(Elementwise.POWER, A, of(Elementwise.POWER, A, B)), "a^a^b");
    check(of(Elementwise.POWER, A, sum), "a^(a + b)");
    check(of(Elementwise.ABS, sum), "|a + b|");
    check(of(Elementwise.TANH, sum), "tanh(a + b)");
    check(of(Elementwise.WHERE, of(Elementwise.LESS, A, B), sum, C), "a + b if a < b else c");
    check(of(new Sum(List.of(0)), sum), "Σ (a + b)");
    check(of(new Sum(List.of(0)), product), "Σ a ⊙ b");
    check(of(Elementwise.ADD, of(new Sum(List.of(0)), A), B), "Σ a + b");
    check(of(new Greatest(List.of(0)), sum), "max (a + b)");
    check(of(new Matmul(Matmul.Form.PLAIN, 0), sum, B), "(a + b) · b");
    check(of(new Matmul(Matmul.Form.LEFT_TRANSPOSED, 0), sum, B), "(a + b)ᵀ · b");
    check(of(new Transpose(List.of(1, 0)), sum), "(a + b)ᵀ");
    check(of(new Pick(), sum, B), "(a + b)[b]");
    check(of(Elementwise.MULTIPLY, of(new Constant(-2, "")), A), "−2 · a");
  }

  @Test
  void inJava() {
    Formula sum = java(Elementwise.ADD, A, B);
    Formula product = java(Elementwise.MULTIPLY, A, B);
    check(java(Elementwise.SUBTRACT, C, sum), "c - (a + b)");
    check(java(Elementwise.DIVIDE, C, product), "c / (a * b)");
    check(java(Elementwise.NEGATE, product), "-(a * b)");
    check(java(Elementwise.NEGATE, java(Elementwise.NEGATE, A)), "-(-a)");
    check(java(Elementwise.MAX, sum, C), "max(a + b, c)");
    check(java(Elementwise.WHERE, java(Elementwise.LESS, A, B), sum, C), "a < b ? a + b : c");
    check(
        java(Elementwise.ADD, java(Elementwise.WHERE, java(Elementwise.LESS, A, B), A, B), C),
        "(a < b ? a : b) + c");
  }
}
