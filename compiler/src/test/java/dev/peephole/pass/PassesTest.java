package dev.peephole.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Printer;
import dev.peephole.ir.Role;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Matmul;
import dev.peephole.op.Sum;
import dev.peephole.pass.lower.NameBuffers;
import dev.peephole.pass.lower.Phases;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.SeparateOutputs;
import dev.peephole.pass.naming.UniqueNames;
import dev.peephole.pass.simplify.EliminateDeadCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The small passes, before and after. */
class PassesTest {
  private static final Shape ROWS = Shape.of(Shape.BATCH, 2);

  private final Builder builder = new Builder();
  private final Var x = Var.real("x", ROWS);

  private Var value(String name, Op op, Var... inputs) {
    return builder.named(name, op, List.of(inputs));
  }

  private Function function(Var... outputs) {
    return new Function("f", List.of(x), builder.equations(), List.of(outputs));
  }

  /** The left sides and ops, and the last line. */
  private static List<String> lines(Function function) {
    return Printer.print(function)
        .lines()
        .skip(1)
        .map(line -> line.strip().replaceAll(": \\[.*?\\] +=", " ="))
        .toList();
  }

  @Test
  void numbersValuesThatShareAName() {
    Var first = value("z", Elementwise.EXP, x);
    Var second = value("z", Elementwise.TANH, first);
    Var taken = value("z2", Elementwise.SIN, second);
    assertThat(lines(new UniqueNames().run(function(taken))))
        .containsExactly("z1 = exp of x", "z3 = tanh of z1", "z2 = sin of z3", "return z2");
  }

  @Test
  void leavesTheNamesOfInputsAndOutputs() {
    Var inner = value("x", Elementwise.EXP, x);
    Var other = value("p", Elementwise.TANH, inner);
    Var output = value("p", Elementwise.SIN, other);
    assertThat(lines(new UniqueNames().run(function(output))))
        .containsExactly("x2 = exp of x", "p2 = tanh of x2", "p = sin of p2", "return p");
  }

  @Test
  void dropsWhatNothingNeeds() {
    Var dead = value("dead", Elementwise.EXP, x);
    value("deader", Elementwise.EXP, dead);
    Var live = value("live", Elementwise.TANH, x);
    assertThat(lines(new EliminateDeadCode().run(function(live))))
        .containsExactly("live = tanh of x", "return live");
  }

  @Test
  void copiesOutputsThatAreOneValue() {
    Var y = value("y", Elementwise.TANH, x);
    assertThat(lines(new SeparateOutputs().run(function(y, y, x))))
        .containsExactly(
            "y = tanh of x",
            "y2 = broadcast [0, 1] to [N, 2] of y",
            "x2 = broadcast [0, 1] to [N, 2] of x",
            "return y, y2, x2");
  }

  @Test
  void namesWhatKeepsABuffer() {
    Var w = Var.real("W", Shape.of(2, 2));
    Var product = value("", new Matmul(Matmul.Form.PLAIN, 0), x, w);
    Var twice = value("", Elementwise.EXP, product);
    Var loss = value("", new Sum(List.of(0, 1)), value("", Elementwise.MULTIPLY, twice, twice));
    Function function = new Function("f", List.of(x, w), builder.equations(), List.of(loss));
    assertThat(lines(new NameBuffers(Optimization.of(Style.FAST)).run(function)))
        .containsExactly(
            "xW = matmul of x, W",
            "exp_xW = exp of xW",
            "%1 = multiply of exp_xW, exp_xW",
            "total = sum over [0, 1] of %1",
            "return total");
  }

  @Test
  void sortsByWhenItIsNeeded() {
    Var both = value("both", Elementwise.EXP, x);
    Var output = value("output", Elementwise.TANH, both);
    Var loss = value("loss", new Sum(List.of(0, 1)), both);
    Var back = value("back", Elementwise.SIN, both);
    Function function =
        Function.of(
            "f",
            Map.of(Role.INPUT, List.of(x)),
            builder.equations(),
            Map.of(
                Role.OUTPUT, List.of(output),
                Role.LOSS, List.of(loss),
                Role.GRADIENT, List.of(back)));
    Phases phases = Phases.of(function);
    assertThat(phases.of())
        .containsEntry(both, Phase.FORWARD)
        .containsEntry(output, Phase.OUTPUTS)
        .containsEntry(loss, Phase.LOSS)
        .containsEntry(back, Phase.BACKWARD);
  }
}
