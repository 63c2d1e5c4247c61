package dev.peephole.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.MemoryCompiler;
import dev.peephole.driver.Network;
import dev.peephole.emit.java.ModelClass;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Notation;
import dev.peephole.proof.Point;
import dev.peephole.proof.Results;
import dev.peephole.proof.Texts;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.kernel.VectorApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Loops along rows a vector at a time compute the bits of the plain loops, whatever is left over at
 * a row's end.
 */
class VectorLoopsTest {
  private static final int BATCH = 3;

  /** Every operation that vectors have, numbers that are the same along a row on either side. */
  private static final String EVERY =
      """
      cell every(x: [m], units: int) {
        param W: [m, units] = glorot_uniform
        param v: [m]        = 0.3
        param p: [units]    = 0.5
        state s: [units]    = 0.25

        z = x @ W + p * prev s
        low  = min(max(z, p), -prev s)
        root = sqrt(abs(low) + 0.5)
        far  = (z - prev s) ^ 2 / (1 + z ^ 2) - sum(x) * p
        s = (2 / root - low / 3) * (where(z < p, 0.75 - far, far) + where(z == p, 0.5, 0.25)) + sum(x * v) * prev s
        return s
      }
      """;

  static List<String> cells() {
    return List.of(
        "rnn(x, 32)",
        "rnn(x, 47, direction: backward)",
        "lstm(x, 40)",
        "lstm(x, 64, peepholes: true)",
        "lstm(x, 33, coupled: true, peepholes: true)",
        "lstm(x, 36, forget: false)",
        "lstm(x, 40, dropout: 0.2, zoneout: 0.1)",
        "gru(x, 65)",
        "x |> bidirectional(lstm, 40) |> bidirectional(gru, 48)",
        "every(x, 50)",
        "every(x, 33, direction: backward)");
  }

  private static Network network(String cells, String steps) {
    return Texts.network(
        EVERY
            + """
            network Wide {
              input  x: [%s, 5]
              target y: [2]
              h = %s
              output p = h |> last |> dense(2)
              loss mse(p, y) + 0.01 * mse(sum(h ^ 2), 1)
            }
            """
                .formatted(steps, cells));
  }

  private static String text(Program program, boolean vectors) {
    Set<Optimization> all = Optimization.of(Style.FAST);
    Set<Optimization> some = vectors ? all : Optimization.without(Optimization.VECTORS_ALONG_ROWS);
    return new ModelClass(program, "Wide", Style.FAST, Precision.FLOAT, some).text();
  }

  private static Results results(Program program, boolean vectors) throws Exception {
    Map<String, String> sources = Map.of("Wide.java", text(program, vectors));
    Class<?> made = MemoryCompiler.compile(sources).loader().loadClass("Wide");
    Model model = (Model) made.getConstructor().newInstance();
    return Results.generated(model, program, Point.random(program, BATCH, 5));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void haveTheBitsOfPlainOnes(String cells) throws Exception {
    assertThat(VectorApi.VECTORS).isTrue();
    for (String steps : List.of("4", "*")) {
      Program program = network(cells, steps).program();
      assertThat(text(program, true)).contains("VECTORS ? Vectors.");
      assertThat(text(program, false)).doesNotContain("ector");
      Results plain = results(program, false);
      results(program, true)
          .values()
          .forEach(
              (name, numbers) ->
                  assertThat(numbers).as(name).containsExactly(plain.values().get(name)));
    }
  }

  /** The longest loop there is, which reads columns of the product that it has just computed. */
  @Test
  void doTheMergedLoopOfAPeepholeLstmBackwards() {
    assertThat(text(network("lstm(x, 64, peepholes: true)", "4").program(), true))
        .contains("k = VECTORS ? Vectors.dz_giof(this, N, t, n) : 0; k < 64;");
  }

  @Test
  void coverEveryOperationThatVectorsHave() {
    String text = text(network("every(x, 50)", "4").program(), true);
    List<String> calls =
        Elementwise.all().stream()
            .map(Elementwise::vectors)
            .flatMap(Optional::stream)
            .map(Notation::template)
            .map(template -> template.replaceAll("\\{\\d}|\\(.*", ""))
            .distinct()
            .toList();
    assertThat(calls)
        .hasSizeGreaterThan(8)
        .allSatisfy(call -> assertThat(text).contains(call + "("));
  }

  /** What layers over images of some channels do, in rows of that length. */
  static List<String> images() {
    return List.of(
        "image |> conv2d(6, kernel: 3) |> tanh |> max_pool(2)",
        "image |> conv2d(16, kernel: 3, padding: same) |> relu |> avg_pool(2)",
        "image |> conv2d(4, kernel: 1) |> max_pool(3) |> conv2d(20, kernel: 2) |> sigmoid",
        "conv2d(where(0.1 < image, image, 3), 5, kernel: 3) |> max_pool(2) |> relu",
        "image |> conv2d(6, kernel: 2) |> scaled |> tanh |> scaled");
  }

  private static Program images(String layers) {
    return Texts.network(
            """
            layer scaled(x: [n]) {
              param a: [n] = normal
              param b: [n] = uniform(low: 1, high: 2)
              return a * (x - b) / b
            }

            network Wide {
              input  image: [9, 9, 2]
              target y: [2]
              h = %s
              output p = h |> flatten |> dense(2)
              loss mse(p, y)
            }
            """
                .formatted(layers))
        .program();
  }

  /** The vectors of a row may end in the next row, but for the last example's. */
  @ParameterizedTest
  @MethodSource("images")
  void haveTheBitsOfPlainOnesInShortRows(String layers) throws Exception {
    Program program = images(layers);
    assertThat(text(program, true)).contains("int n = VECTORS ? Vectors.");
    Results plain = results(program, false);
    results(program, true)
        .values()
        .forEach(
            (name, numbers) ->
                assertThat(numbers).as(name).containsExactly(plain.values().get(name)));
  }

  @Test
  void shortRowsOfTimeStepsAndDoublePrecisionStayPlain() {
    assertThat(text(network("rnn(x, 31)", "4").program(), true)).doesNotContain("ector");
    Program wide = network("rnn(x, 40)", "4").program();
    for (Style style : Style.values()) {
      assertThat(new ModelClass(wide, "Wide", style, Precision.DOUBLE).text())
          .doesNotContain("ector");
    }
    assertThat(new ModelClass(wide, "Wide", Style.TEXTBOOK, Precision.FLOAT).text())
        .doesNotContain("ector");
  }
}
