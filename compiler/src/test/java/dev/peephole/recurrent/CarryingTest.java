package dev.peephole.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.JavaSources;
import dev.peephole.driver.Network;
import dev.peephole.ir.Element;
import dev.peephole.ir.Program;
import dev.peephole.ir.Role;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Style;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.proof.Generated;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.proof.Point;
import dev.peephole.proof.Results;
import dev.peephole.proof.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * States carried over from window to window, against the whole sequence at once, truncated where a
 * window ends: the same outputs, and gradients and losses that add up to the same.
 */
class CarryingTest {
  private static final int BATCH = 3;
  private static final int WINDOW = 4;
  private static final int WINDOWS = 3;
  private static final double ROUNDING = 1e-11;

  /** Random cells that go forward over a plain sequence; the others are not carried over so. */
  private static final int RANDOM_CELLS = 8;

  /** Its states begin with a parameter and with what is given; one is not returned. */
  private static final String OWN =
      """
      cell own(x: [m], units: int, start: [n]) {
        param W: [m, units] = glorot_uniform
        param first: [units] = 0.5
        state a: [units] = first
        state b: [n] = tanh(start)

        a = tanh(x @ W + prev a + sum(prev b))
        b = 0.5 * prev b + sum(x) * sum(prev a)
        return a
      }

      """;

  private static String network(String body, String axis) {
    return OWN
        + """
        network Series {
          input x: [%s, 3]
          input g: [2]
          h = %s
          output h
          loss sum(h ^ 2) + sum(g)
        }
        """
            .formatted(axis, body);
  }

  /** The network of a random cell with the input and the loss that the comparison needs. */
  private static String randomNetwork(long seed, String axis) {
    return RandomCell.text(seed)
        .replaceFirst("input x: \\[\\S+, (\\d)\\]", "input x: [" + axis + ", $1]\n  input g: [2]")
        .replace("loss mean((p - 0.3) ^ 2)", "loss sum((p - 0.3) ^ 2) + sum(g)");
  }

  static List<Long> randomCells() {
    return LongStream.iterate(500, seed -> seed + 1)
        .filter(seed -> !RandomCell.text(seed).contains("backward"))
        .filter(seed -> !RandomCell.text(seed).contains("input x: [2,"))
        .limit(RANDOM_CELLS)
        .boxed()
        .toList();
  }

  private static Program whole(UnaryOperator<String> network) {
    String text = network.apply("" + WINDOW * WINDOWS);
    return Pipeline.run(Texts.network(text).checked().reaching(new Program.Reach(WINDOW, false)));
  }

  private static Program windows(String text) {
    return Pipeline.run(Texts.network(text).checked().reaching(new Program.Reach(0, true)));
  }

  /** A window of a point of the whole, with the states that the window before left. */
  private static Point window(Program windows, Point whole, int w, Results before) {
    List<double[]> values = new ArrayList<>();
    int parameters = windows.parameters().size();
    int carried = 0;
    for (Var var : windows.step().inputs()) {
      int i = values.size();
      int fromEnd = windows.step().inputs().size() - i;
      if (var.element() == Element.TRUTH) {
        double[] continues = new double[BATCH];
        Arrays.fill(continues, w == 0 ? 0 : 1);
        values.add(continues);
      } else if (var.element() == Element.COUNT) {
        values.add(new double[] {WINDOW, WINDOW, WINDOW});
      } else if (windows.step().inputs(Role.CARRIED).contains(var)) {
        double[] nothing = new double[var.shape().forBatch(BATCH, WINDOW).size()];
        Arrays.fill(nothing, Double.NaN);
        values.add(w == 0 ? nothing : before.values().get("carried " + carried));
        carried++;
      } else if (fromEnd <= parameters) {
        values.add(whole.values().get(whole.values().size() - fromEnd));
      } else {
        double[] numbers = whole.values().get(i);
        int width = numbers.length / BATCH / WINDOWS / WINDOW;
        values.add(var.name().equals("x") ? rows(numbers, w, width) : numbers);
      }
    }
    return new Point(BATCH, values);
  }

  /** The steps of one window of all examples. */
  private static double[] rows(double[] numbers, int w, int width) {
    int size = WINDOW * width;
    return IntStream.range(0, BATCH)
        .flatMap(i -> IntStream.range(0, size).map(k -> (i * WINDOWS + w) * size + k))
        .mapToDouble(k -> numbers[k])
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rnn(x, 4)",
        "gru(x, 4)",
        "lstm(x, 4, peepholes: true)",
        "lstm(x, 4, coupled: true)",
        "gru(lstm(x, 4), 2)",
        "lstm(x, 2) + lstm(rnn(x, 3), 2).c",
        "own(x, 4, g)",
        "own(x, 4, dense(g, 3))",
        "lstm(x, 4, c: dense(g, 4))",
      })
  void isTheWholeTruncatedAtTheWindows(String body) {
    compare(axis -> network(body, axis), List.of("" + WINDOW, "*"));
  }

  @ParameterizedTest
  @MethodSource("randomCells")
  void isTheWholeOfRandomCells(long seed) {
    compare(axis -> randomNetwork(seed, axis), List.of("" + WINDOW));
  }

  private static void compare(UnaryOperator<String> network, List<String> axes) {
    Program whole = whole(network);
    Point point = Point.random(whole, BATCH, 61);
    Results expected = Results.interpreted(whole, point);
    for (String axis : axes) {
      Program windows = windows(network.apply(axis));
      agree(windows, point, expected, p -> Results.interpreted(windows, p), "evaluator");
      for (Variant variant : List.of(Variant.TEXTBOOK, Variant.FAST)) {
        var model = Generated.model(windows, variant);
        agree(windows, point, expected, p -> Results.generated(model, windows, p), variant + axis);
      }
    }
  }

  private static void agree(
      Program windows,
      Point point,
      Results expected,
      Function<Point, Results> compute,
      String what) {
    Map<String, double[]> sums = new TreeMap<>();
    Results now = null;
    for (int w = 0; w < WINDOWS; w++) {
      now = compute.apply(window(windows, point, w, now));
      int units = now.output().length / BATCH / WINDOW;
      assertThat(RelativeError.of(now.output(), rows(expected.output(), w, units)))
          .as("outputs of window %s, %s", w, what)
          .isLessThan(ROUNDING);
      now.values().forEach((name, numbers) -> sums.merge(name, numbers, CarryingTest::sum));
    }
    double[] given = point.values().get(1);
    sums.get("loss")[0] -= (WINDOWS - 1) * Arrays.stream(given).sum() / BATCH;
    expected
        .values()
        .forEach(
            (name, numbers) -> {
              if (!name.startsWith("output")) {
                assertThat(RelativeError.of(sums.get(name), numbers))
                    .as("%s, %s", name, what)
                    .isLessThan(ROUNDING);
              }
            });
  }

  private static double[] sum(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(k -> a[k] + b[k]).toArray();
  }

  /** Where some examples continue and others do not, each is as it is alone. */
  @Test
  void eachExampleBeginsForItself() {
    Program windows = windows(network("gru(lstm(own(x, 3, g), 4), 2)", "" + WINDOW));
    Point point = Point.random(windows, 6, 67);
    double[] continues = {1, 0, 1, 1, 0, 0};
    Point mixed = point.with(windows, "continues", continues);
    List<Results> ones = new ArrayList<>();
    for (int k = 0; k < 6; k++) {
      ones.add(Results.interpreted(windows, mixed.example(windows, k)));
    }
    Results expected = Results.mean(ones);
    for (Variant variant : List.of(Variant.TEXTBOOK, Variant.FAST)) {
      Results actual = Results.generated(Generated.model(windows, variant), windows, mixed);
      assertThat(RelativeError.of(actual, expected)).isLessThan(1e-9);
    }
    Results fresh = Results.interpreted(windows, point.with(windows, "continues", new double[6]));
    assertThat(RelativeError.of(fresh, expected)).isGreaterThan(1e-2);
  }

  /** Nothing is carried until it is asked for, so that a batch may be computed again. */
  @Test
  void computingAgainBeginsWithTheSameStates() {
    Program windows = windows(network("lstm(x, 4)", "" + WINDOW));
    Point point = Point.random(windows, BATCH, 71);
    for (Variant variant : Variant.all()) {
      var model = Generated.model(windows, variant);
      Results.set(model, windows, point);
      double[] before = Results.numbers(model.carried().get(0), BATCH * 4);
      double loss = model.loss(BATCH);
      model.predict(BATCH);
      assertThat(model.loss(BATCH)).isEqualTo(loss);
      assertThat(Results.numbers(model.carried().get(0), BATCH * 4)).isEqualTo(before);
      model.carry(BATCH);
      assertThat(Results.numbers(model.carried().get(0), BATCH * 4)).isNotEqualTo(before);
    }
  }

  @Test
  void isPlainToSee() {
    Network network =
        Texts.network(
            """
            network Waves {
              input  x: [8, 1]
              target y: [1, 1]
              output p = x |> rnn(4) |> last |> dense(1)
              loss mse(p, y[0])
            }

            train Waves {
              data csv("a.csv") { x = column 0   y = column 0 }
              window 8 step 8 predict 1
              stateful
              optimizer sgd(0.1)
            }
            """);
    Map<String, String> files = JavaSources.of(network, Style.TEXTBOOK).files();
    assertThat(files.get("Waves.java"))
        .contains(
            "sFirst[n * 4 + k] = continues[n] ? sCarried[n * 4 + k] : 0;",
            "// sCarried = s[7]",
            "System.arraycopy(s, 7 * N * 4, sCarried, 0, N * 4);");
    assertThat(files.get("WavesTraining.java")).contains(".stateful()");
  }
}
