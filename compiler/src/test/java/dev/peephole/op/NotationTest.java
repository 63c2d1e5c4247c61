package dev.peephole.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Inlining;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Brackets stand where the notation would mean something else without them. */
class NotationTest {
  private static final Formula A = Formula.atom("a", false);
  private static final Formula B = Formula.atom("b", false);
  private static final Formula C = Formula.atom("c", false);
  private static final Shape SHAPE = Shape.of(Shape.BATCH, 3);

  private final Inlining inlining = new Inlining();
  private final Var a = Var.real("a", SHAPE);
  private final Var b = Var.real("b", SHAPE);
  private final Var c = Var.real("c", SHAPE);
  private final Var s = Var.real("s", Shape.SCALAR);

  private Var of(Op op, Var... inputs) {
    Var out = Var.of("", op.type(Arrays.stream(inputs).map(Var::type).toList()));
    inlining.inline(new Equation(out, op, List.of(inputs), Origin.NOWHERE));
    return out;
  }

  private Var repeated(Var var, Shape shape, Integer... places) {
    return of(new Broadcast(shape, List.of(places)), var);
  }

  private static Formula java(Elementwise op, Formula... inputs) {
    return op.code().write(List.of(inputs));
  }

  private void check(Var var, String text) {
    assertThat(inlining.formula(var).text()).isEqualTo(text);
  }

  private static void check(Formula formula, String text) {
    assertThat(formula.text()).isEqualTo(text);
  }

  @Test
  void inMathematics() {
    Var sum = of(Elementwise.ADD, a, b);
    Var product = of(Elementwise.MULTIPLY, a, b);
    check(of(Elementwise.ADD, c, sum), "c + a + b");
    check(of(Elementwise.SUBTRACT, c, sum), "c − (a + b)");
    check(of(Elementwise.SUBTRACT, sum, c), "a + b − c");
    check(of(Elementwise.MULTIPLY, c, sum), "c ⊙ (a + b)");
    check(of(Elementwise.MULTIPLY, repeated(s, SHAPE), product), "s · a ⊙ b");
    check(of(Elementwise.DIVIDE, c, product), "c / (a ⊙ b)");
    check(of(Elementwise.DIVIDE, c, of(Elementwise.NEGATE, product)), "c / (−a ⊙ b)");
    check(of(Elementwise.NEGATE, sum), "−(a + b)");
    check(of(Elementwise.SQUARE, product), "(a ⊙ b)²");
    check(of(Elementwise.SQRT, sum), "√(a + b)");
    check(of(Elementwise.POWER, of(Elementwise.SQUARE, a), b), "(a²)^b");
    check(of(Elementwise.POWER, a, of(Elementwise.POWER, a, b)), "a^a^b");
    check(of(Elementwise.POWER, a, sum), "a^(a + b)");
    check(of(Elementwise.ABS, sum), "|a + b|");
    check(of(Elementwise.TANH, sum), "tanh(a + b)");
    check(of(Elementwise.WHERE, of(Elementwise.LESS, a, b), sum, c), "(a + b) if a < b else c");
    check(of(Elementwise.MULTIPLY, repeated(of(new Constant(-2, "")), SHAPE), a), "−2 · a");
  }

  /** What a sum takes in, and along which axes. */
  @Test
  void sums() {
    Var sum = of(Elementwise.ADD, a, b);
    Var product = of(Elementwise.MULTIPLY, a, b);
    Var rows = of(new Sum(List.of(1)), product);
    Var number = Var.real("q", Shape.of(Shape.BATCH));
    check(of(new Sum(List.of(0)), sum), "Σₙ (a + b)");
    check(of(new Sum(List.of(0, 1)), product), "Σₙₖ a ⊙ b");
    check(of(Elementwise.DIVIDE, rows, number), "(Σₖ a ⊙ b) / q");
    check(of(new Sum(List.of(1)), of(Elementwise.DIVIDE, product, c)), "Σₖ a ⊙ b / c");
    check(of(Elementwise.ADD, rows, number), "(Σₖ a ⊙ b) + q");
    check(of(Elementwise.ADD, number, rows), "q + Σₖ a ⊙ b");
    check(of(Elementwise.ADD, of(Elementwise.ADD, number, rows), number), "(q + Σₖ a ⊙ b) + q");
    check(of(Elementwise.MULTIPLY, number, rows), "q ⊙ (Σₖ a ⊙ b)");
    check(of(Elementwise.DIVIDE, a, repeated(rows, SHAPE, 0)), "a / (Σₖ a ⊙ b)");
    check(of(new ReduceMax(List.of(1)), sum), "maxₖ(a + b)");
    check(of(new Sum(List.of(0)), of(new Sum(List.of(1)), a)), "Σₙ (Σₖ a)");
  }

  /** Along which axis a value is repeated, where that does not go without saying. */
  @Test
  void axes() {
    Shape pictures = Shape.of(Shape.BATCH, 4, 3);
    Var x = Var.real("x", pictures);
    Var rows = Var.real("rows", Shape.of(4));
    Var columns = Var.real("columns", Shape.of(3));
    Var each = Var.real("each", Shape.of(Shape.BATCH));
    Var sums = Var.real("sums", Shape.of(Shape.BATCH, 4));
    check(of(Elementwise.ADD, x, repeated(columns, pictures, 2)), "x + columns");
    check(of(Elementwise.ADD, x, repeated(rows, pictures, 1)), "x + rowsⱼ");
    check(of(Elementwise.ADD, x, repeated(each, pictures, 0)), "x + each");
    check(of(Elementwise.DIVIDE, x, repeated(sums, pictures, 0, 1)), "x / sumsₙⱼ");
    Var total = of(new Sum(List.of(2)), x);
    check(of(Elementwise.DIVIDE, x, repeated(total, pictures, 0, 1)), "x / (Σₖ x)");
    check(of(Elementwise.SUBTRACT, sums, total), "sums − (Σₖ x)ₙₖ");
  }

  @Test
  void matrices() {
    Var sum = of(Elementwise.ADD, a, b);
    Var w = Var.real("W", Shape.of(3, 3));
    Var product = of(new Matmul(Matmul.Form.PLAIN, 0), a, w);
    check(of(new Matmul(Matmul.Form.PLAIN, 0), sum, w), "(a + b) · W");
    check(of(new Matmul(Matmul.Form.LEFT_TRANSPOSED, 0), sum, b), "(a + b)ᵀ · b");
    check(of(new Matmul(Matmul.Form.RIGHT_TRANSPOSED, 0), sum, w), "(a + b) · Wᵀ");
    check(of(Elementwise.MULTIPLY, c, product), "c ⊙ (a · W)");
    check(of(Elementwise.ADD, c, product), "c + a · W");
    check(of(new Transpose(List.of(1, 0)), of(Elementwise.ADD, w, w)), "(W + W)ᵀ");
  }

  /** Changes of the order of batch and time are no transposes, and picks say from which axis. */
  @Test
  void places() {
    Var x = Var.real("x", Shape.of(Shape.BATCH, Shape.OPEN, 5));
    Var timed = of(new Transpose(List.of(1, 0, 2)), x);
    check(timed, "x[n, t → t, n]");
    Var s = Var.real("s", Shape.of(20, Shape.BATCH, 8).timed(Set.of(0), 0));
    Var h = of(new Transpose(List.of(1, 0, 2)), s);
    check(h, "s[t, n → n, t]");
    check(of(new Slice(1, 2, 5), h), "s[t, n → n, t][.., 2..5]");
    check(of(new Slice(1, 0, 5, 2), h), "s[t, n → n, t][.., 0..5 step 2]");
    Var last = of(new Slice(1, 19, 20), h);
    check(of(new Reshape(Shape.of(Shape.BATCH, 8)), last), "s[t, n → n, t][.., 19]");
    check(of(new Reshape(Shape.of(Shape.BATCH, 160)), h), "reshape(s[t, n → n, t], [N, 160])");
    Var kind = Var.label("kind", Shape.of(Shape.BATCH), 3);
    check(of(new Pick(), of(Elementwise.ADD, a, b), kind), "(a + b)[.., kind]");
    check(of(new Gather(), Var.real("W", Shape.of(3, 7)), kind), "W[kind]");
    check(of(new ScatterAdd(3), a, kind), "onehot(kind)ᵀ · a");
    check(of(new Concat(1), a, b), "[a, b]");
    check(
        of(new Concat(0), Var.real("U", Shape.of(2, 3)), Var.real("V", Shape.of(2, 3))), "[U; V]ⱼ");
    check(of(new Pad(1, 2, 6), a), "padₖ(a, 2..5 of 6)");
    check(of(new Pad(1, 2, 8, 2), a), "padₖ(a, 2..7 step 2 of 8)");
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
