package dev.peephole.pass.naming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Scan;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.proof.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the user wrote keeps its name; the compiler's names give way. */
class GivenNamesTest {
  private static final String CELL =
      """
      cell odd(x: [n], units: int) {
        param W: [n, units] = glorot_uniform
        param U: [units, units] = glorot_uniform
        state s: [units]
        ds = tanh(x @ W)
        s = tanh(ds + prev s @ U) * sigmoid(ds)
        return s
      }
      network Odd {
        input x: [4, 2]
        target y: [1]
        output p = dense(last(odd(x, 3)), 1)
        loss mse(p, y)
      }
      """;

  private static ToKernels.Network network(String text, Style style) {
    return Pipeline.lower(Texts.network(text).program(), Optimization.of(style));
  }

  private static Stream<Equation> all(Function function) {
    return function.equations().stream()
        .flatMap(
            e ->
                e.op() instanceof Scan scan
                    ? Stream.concat(Stream.of(e), all(scan.step()))
                    : Stream.of(e));
  }

  /** The names of values that come from the model itself and not from derivatives. */
  private static List<String> names(Function function, boolean gradients) {
    return all(function)
        .filter(e -> e.origin().gradientOf().isEmpty() != gradients)
        .flatMap(e -> e.outs().stream())
        .filter(out -> out.named())
        .map(out -> out.name())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void stayWhereAGradientWouldBeCalledSo(Style style) {
    Function step = network(CELL, style).program().step();
    assertThat(names(step, false)).contains("ds", "s").doesNotContain("dL_ds", "ds1", "ds2");
    assertThat(names(step, true)).contains("dL_ds", "dds").doesNotContain("ds");
  }

  @Test
  void stayOutsideOfCells() {
    String text =
        """
        network Delta {
          input x: [3]
          target y: [1]
          elta = tanh(dense(x, 2))
          delta = sigmoid(elta) * elta
          output p = dense(delta, 1)
          loss mse(p, y)
        }
        """;
    Function step = network(text, Style.TEXTBOOK).program().step();
    assertThat(names(step, false)).contains("elta", "delta");
    assertThat(names(step, true)).contains("dL_delta", "ddelta").doesNotContain("delta");
  }

  @Test
  void stayWhereTheLibraryUsesThemToo() {
    String text =
        """
        network Own {
          input x: [3]
          target y: [1]
          param W: [3, 2] = glorot_uniform
          z = tanh(x @ W)
          output p = dense(tanh(dense(z, 2)), 1)
          loss mse(p, y)
        }
        """;
    Function step = network(text, Style.TEXTBOOK).program().step();
    assertThat(names(step, false)).contains("z");
    assertThat(step.inputs()).extracting(v -> v.name()).contains("W");
  }

  @Test
  void areSaidWhereTheValuesStand() {
    List<String> lines = new ArrayList<>();
    for (Kernel kernel : network(CELL, Style.TEXTBOOK).phases().get(Phase.BACKWARD)) {
      lines.addAll(kernel.formulas());
    }
    assertThat(lines.stream().filter(line -> line.contains(" stands in ")))
        .anySatisfy(line -> assertThat(line).startsWith("ds stands in "))
        .anySatisfy(line -> assertThat(line).startsWith("sPrev stands in "))
        .noneSatisfy(line -> assertThat(line).startsWith("L_ds"));
  }
}
