package dev.peephole.pass.naming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.formula.TimePrograms;
import dev.peephole.ir.Axes;
import dev.peephole.ir.Function;
import dev.peephole.ir.Printer;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.pipeline.Stage;
import dev.peephole.proof.Texts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which axes are called t, and why. */
class MarkTimeTest {

  /** A network's equations, as the pass leaves them. */
  private static Function marked(String body) {
    String text = "network Net {\n" + body.indent(2) + "}\n";
    return Pipeline.stages(Texts.network(text).program(), Optimization.of(Style.TEXTBOOK)).stream()
        .filter(stage -> stage.name().equals("mark-time"))
        .map(stage -> ((Stage.Equations) stage).function())
        .findFirst()
        .orElseThrow();
  }

  private static String letters(Function function, String name) {
    return Stream.concat(
            function.inputs().stream(),
            function.equations().stream().flatMap(e -> e.outs().stream()))
        .filter(v -> v.name().equals(name))
        .map(v -> String.join(" ", Axes.of(v.shape())))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void marksWhatARecurrenceGoesAlongBeforeAndBehindIt() {
    Function net =
        marked(
            """
            input x: [24, 3]
            target y: [24, 2]
            output p = dense(lstm(x, 4), 2)
            loss mse(p, y)
            """);
    assertThat(letters(net, "x")).isEqualTo("n t k");
    assertThat(letters(net, "p")).isEqualTo("n t k");
    assertThat(letters(net, "y")).isEqualTo("n t k");
    assertThat(letters(net, "dp")).isEqualTo("n t k");
    assertThat(letters(net, "W_g")).isEqualTo("j k");
    assertThat(Printer.print(net)).contains("x: [N, 24ₜ, 3]", "x_t: [24, N, 3]");
  }

  @Test
  void leavesRowsAloneThatNoRecurrenceGoesAlong() {
    Function net =
        marked(
            """
            input x: [24, 3]
            target y: [24, 2]
            output p = dense(x, 2)
            loss mse(p, y)
            """);
    assertThat(letters(net, "x")).isEqualTo("n j k");
    assertThat(Printer.print(net)).doesNotContain("ₜ");
  }

  @Test
  void followsSlicesAndTheRowsThatTimeIsMultipliedBy() {
    Function net =
        marked(
            """
            input x: [24, 3]
            target y: [2]
            head = x[0 .. 5]
            tail = x[.., 0]
            output p = dense(tail, 2) + dense(last(rnn(head, 4)), 2)
            loss mse(p, y)
            """);
    assertThat(letters(net, "head")).isEqualTo("n t k");
    assertThat(letters(net, "tail")).isEqualTo("n t k");
    assertThat(letters(net, "W1")).isEqualTo("t k");
    assertThat(letters(net, "dW1")).isEqualTo("t k");
  }

  @Test
  void callsTimeOtherwiseInARecurrenceThatReadsAMemory() {
    Program program = Texts.network(TimePrograms.memory("6")).program();
    assertThat(
            Pipeline.lower(program, Optimization.of(Style.TEXTBOOK)).phases().values().stream()
                .flatMap(List::stream)
                .flatMap(kernel -> kernel.formulas().stream()))
        .contains("total = Σₛ e", "m = s2[t, n → n, t]");
  }
}
