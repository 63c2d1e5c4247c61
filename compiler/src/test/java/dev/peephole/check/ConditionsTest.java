package dev.peephole.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Program;
import dev.peephole.op.Elementwise;
import dev.peephole.proof.Texts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What conditions mean, for each number and while compiling. */
class ConditionsTest {
  private static final double[] X = {-2, -1, 0, 1, 2};

  private static Program program(String condition) {
    String text =
        """
        const many = 3
        function half(x) = x / 2
        network C {
          input  x: [5]
          target y: [5]
          param unused: [5] = 0
          output p = where(%s, 1, 0)
          loss mse(unused * x, y)
        }
        """
            .formatted(condition);
    Compilation compilation = Frontend.compile(Path.of("c.nn"), text, DataAccess.none());
    assertThat(compilation.errors()).as(Texts.messages(compilation)).isEmpty();
    return compilation.networks().get(0).program();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "-1 < x < 2                    ~ 0 0 1 1 0",
        "-1 <= x < 2                   ~ 0 1 1 1 0",
        "2 > x >= 0 != x               ~ 0 0 0 1 0",
        "x < 0 or x > 1                ~ 1 1 0 0 1",
        "x < 0 or x > 0 and x > 1      ~ 1 1 0 0 1",
        "(x < 0 or x > 0) and x > 1    ~ 0 0 0 0 1",
        "not x < 0                     ~ 0 0 1 1 1",
        "not x < 0 and x < 2           ~ 0 0 1 1 0",
        "not (x < 0 and x < -1)        ~ 0 1 1 1 1",
        "x > 0 and many > 2            ~ 0 0 0 1 1",
        "many > 2 and x > 0            ~ 0 0 0 1 1",
        "x > 0 or many < 2             ~ 0 0 0 1 1",
        "0 < many < x + 4              ~ 0 0 1 1 1",
        "(if many > 4 and 1 / 0 > [1] or not false then x > 0 else x < 0) ~ 0 0 0 1 1",
      })
  void holdsWhere(String condition, String expected) {
    double[] wanted = Arrays.stream(expected.split(" ")).mapToDouble(Double::parseDouble).toArray();
    Program program = program(condition);
    double[] zero = new double[5];
    assertThat(new Interpreter(1, 0).run(program.step(), List.of(X, zero, zero)).get(0))
        .containsExactly(wanted);
  }

  @Test
  void computesTheMiddleOfAChainOnce() {
    long halves =
        program("-1 < half(x) < 1").step().equations().stream()
            .filter(e -> e.op() == Elementwise.DIVIDE)
            .filter(e -> e.input(0).name().equals("x"))
            .count();
    assertThat(halves).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "true and (true or x > 0), x",
    "false and x > 0, -x",
    "x > 0 or true, x",
    "many < 2 < x, -x"
  })
  void whatIsKnownLeavesNothingBehind(String condition, String chosen) {
    Program program = program("x > 0, where(%s, x, -x), 0) + where(x > 0".formatted(condition));
    double[] zero = new double[5];
    double[] found = new Interpreter(1, 0).run(program.step(), List.of(X, zero, zero)).get(0);
    double sign = chosen.equals("x") ? 1 : -1;
    assertThat(found).containsExactly(0, 0, 0, sign + 1, 2 * sign + 1);
  }
}
