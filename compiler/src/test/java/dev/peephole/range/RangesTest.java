package dev.peephole.range;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Network;
import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Range;
import dev.peephole.ir.Var;
import dev.peephole.proof.Point;
import dev.peephole.proof.RandomProgram;
import dev.peephole.proof.Texts;
import dev.peephole.runtime.kernel.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every number lies in its range, and the ranges are as narrow as they should be. */
class RangesTest {
  private static final int PROGRAMS = Integer.getInteger("proof.programs", 40);
  private static final int BATCH = 3;

  /** How far rounding may carry a number, relative to it. */
  private static final double ROUNDING = 1e-9;

  static LongStream seeds() {
    return LongStream.range(0, PROGRAMS);
  }

  static List<Path> samples() {
    return Texts.samples();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void numbersOfRandomProgramsLieInTheirRanges(long seed) {
    check(Texts.network(RandomProgram.text(seed)), seed);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void numbersOfSamplesLieInTheirRanges(Path sample) {
    check(Texts.network(sample), 1);
  }

  private static void check(Network network, long seed) {
    for (Program program : List.of(network.checked(), network.program())) {
      Point point = Point.random(program, BATCH, seed);
      for (Mode mode : List.of(new Mode(), new Mode(seed, 1))) {
        Interpreter interpreter = new Interpreter(BATCH, mode);
        interpreter.run(program.step(), point.values());
        check(program.step(), interpreter);
      }
    }
  }

  private static void check(Function function, Interpreter interpreter) {
    Ranges ranges = Ranges.of(function, Map.of());
    for (Equation equation : function.equations()) {
      for (Var out : equation.outs()) {
        Range range = ranges.of(out);
        for (double number : interpreter.value(out)) {
          double slack = ROUNDING * Math.max(1, Math.abs(number));
          assertThat(number)
              .as("%s = %s at %s, in %s", out, equation.op().describe(), equation.origin(), range)
              .isBetween(range.low() - slack, range.high() + slack);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "z | (-Infinity, Infinity)",
        "sigmoid(z) | (0.0, 1.0)",
        "1 / (1 + exp(-z)) | (0.0, 1.0)",
        "0.5 * (1 + tanh(z)) | (0.0, 1.0)",
        "tanh(z) | (-1.0, 1.0)",
        "1 - sigmoid(z) | (0.0, 1.0)",
        "sigmoid(z) - tanh(z) | (-1.0, 2.0)",
        "relu(z) | [0.0, Infinity)",
        "where(z > 0, z, 0) | [0.0, Infinity)",
        "where(0 < z, z, 1) | (0.0, Infinity)",
        "where(z > 2, 1, z) | (-Infinity, 2.0]",
        "elu(z, alpha: 2) | (-2.0, Infinity)",
        "-relu(z) | (-Infinity, 0.0]",
        "max(min(z, 6), -1) | [-1.0, 6.0]",
        "exp(z) | (0.0, Infinity)",
        "softplus(z) | (0.0, Infinity)",
        "z * z | [0.0, Infinity)",
        "z ^ 2 | [0.0, Infinity)",
        "z ^ 3 | (-Infinity, Infinity)",
        "(1 + z ^ 2) ^ -1 | (0.0, 1.0]",
        "2 ^ tanh(z) | (0.5, 2.0)",
        "0.25 ^ sigmoid(z) | (0.25, 1.0)",
        "z - z | [0.0, 0.0]",
        "abs(tanh(z) - 3) | (2.0, 4.0)",
        "abs(z) | [0.0, Infinity)",
        "sqrt(1 + z ^ 2) | [1.0, Infinity)",
        "stop_gradient(sign(z)) | [-1.0, 1.0]",
        "stop_gradient(round(3 * sigmoid(z))) | [0.0, 3.0]",
        "1 / (2 + tanh(z)) | (0.3333333333333333, 1.0)",
        "relu(-exp(z)) | [0.0, 0.0]",
        "where(softplus(z) < -1, z, 2) | [2.0, 2.0]",
        "where(softplus(z) > -1, z, 2) | (-Infinity, Infinity)",
        "1 / z | (-Infinity, Infinity)",
        "sum(sigmoid(z)) | (0.0, 4.0)",
        "mean(sigmoid(z)) | (0.0, 1.0)",
        "max(tanh(z)) | (-1.0, 1.0)",
        "softmax(z) | (0.0, 1.0)",
        "exp(z) / sum(exp(z)) | (0.0, 1.0)",
        "(z + 1) * (1 + z) | (-Infinity, Infinity)",
        "(z + 1) * (z + 1) | [0.0, Infinity)",
        "log_softmax(z) | (-Infinity, 0.0]",
        "concat(sigmoid(z), 1 + sigmoid(z)) | (0.0, 2.0)",
        "sigmoid(z)[0] | (0.0, 1.0)",
        "tanh(z) @ sigmoid(z) | (-4.0, 4.0)",
        "0.1 + sigmoid(z) * tanh(z) + (1 - sigmoid(z)) * relu(z) | (-0.9, Infinity)",
        "lstm(x, 3) | (-1.0, 1.0)",
        "gru(x, 3) | (-1.0, 1.0)",
        "where(random_uniform(z) < 0.5, 0, 2) | [0.0, 2.0]",
      })
  void rangesAreAsNarrowAsTheyShouldBe(String expression, String range) {
    Program program =
        Texts.network(
                """
                network Ranged {
                  input  x: [5, 4]
                  target y: [4]
                  z = dense(x[0], 4)
                  p = %s
                  output p
                  loss mse(z, y) + mean(p)
                }
                """
                    .formatted(expression))
            .checked();
    Var p = program.step().outputs().get(0);
    assertThat(Ranges.of(program.step(), Map.of()).of(p)).hasToString(range);
  }
}
