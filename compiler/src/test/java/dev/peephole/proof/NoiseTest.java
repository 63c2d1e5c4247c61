package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.driver.Gradients;
import dev.peephole.driver.Network;
import dev.peephole.interpret.Interpreter;
import dev.peephole.kernel.Style;
import dev.peephole.op.Draw;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Mode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Random numbers in networks: the same everywhere, none in evaluation, of the right kind. */
class NoiseTest {
  private static final double ROUNDING = 1e-12;
  private static final double SINGLE = 1e-4;
  private static final int BATCH = 4;

  /** What is declared and computed, with noise, and the same without. */
  private static final Map<String, String> WITHOUT =
      Map.ofEntries(
          Map.entry(
              "tanh(dense(x, 6)) |> dropout(0.25) |> flatten |> dense(4)",
              "tanh(dense(x, 6)) |> flatten |> dense(4)"),
          Map.entry(
              "x |> gaussian_noise(0.3) |> flatten |> dense(4) |> tanh |> gaussian_noise",
              "x |> flatten |> dense(4) |> tanh"),
          Map.entry("flatten(x) |> shaken(4)", "flatten(x) |> dense(4)"),
          Map.entry(
              "x |> zone(4, 0.3) |> zone(4, 0.3, direction: backward) |> last",
              "x |> zone(4, 0) |> zone(4, 0, direction: backward) |> last"),
          Map.entry("x |> variational(4, 0.3) |> last", "x |> variational(4, 0) |> last"),
          Map.entry("dense(flatten(x), 4) * where(training, 3, 1)", "dense(flatten(x), 4)"),
          Map.entry("x |> sequence_dropout(0.3) |> lstm(4) |> last", "x |> lstm(4) |> last"),
          Map.entry("x |> rnn(4, dropout: 0.3) |> last", "x |> rnn(4) |> last"),
          Map.entry("x |> gru(4, dropout: 0.3) |> last", "x |> gru(4) |> last"),
          Map.entry(
              "x |> lstm(4, peepholes: true, dropout: 0.3) |> last",
              "x |> lstm(4, peepholes: true) |> last"));

  private static final String DECLARED =
      """
      layer shaken(x: [n], units: int) {
        param W: [n, units] = glorot_uniform
        param b: [units] = 0
        param a: [] = 1
        return x @ (W + 0.1 * random_normal(W)) + b * (1 + a * random_normal(a))
      }
      cell zone(x: [m], units: int, rate = 0.1) {
        param W: [m, units]     = glorot_uniform
        param U: [units, units] = orthogonal
        state s: [units]        = 0
        h = tanh(x @ W + prev s @ U)
        s = where(training, where(random_uniform(h) < rate, prev s, h), h)
        return s
      }
      cell variational(x: [m], units: int, rate = 0.1) {
        param W: [m, units]     = glorot_uniform
        param U: [units, units] = orthogonal
        state s: [units]        = 0
        state of_x: [m]         = dropout_mask(x, rate)
        state of_s: [units]     = dropout_mask(prev s, rate)
        of_x = prev of_x
        of_s = prev of_s
        s = tanh((of_x * x) @ W + (of_s * prev s) @ U)
        return s
      }
      """;

  private static final Map<String, Network> NETWORKS = new LinkedHashMap<>();
  private static final Map<String, Map<Variant, Model>> MODELS = new LinkedHashMap<>();

  private static Network network(String expression) {
    return Texts.network(
        DECLARED
            + """
            network Noisy {
              input  x: [5, 3]
              target y: [4]
              output p = %s
              loss mse(p, y)
            }
            """
                .formatted(expression));
  }

  @BeforeAll
  static void compile() {
    expressions().forEach(text -> NETWORKS.put(text, network(text)));
    List<Map<Variant, Model>> models =
        Generated.models(NETWORKS.values().stream().map(Network::program).toList(), Variant.all());
    List<String> names = List.copyOf(NETWORKS.keySet());
    IntStream.range(0, names.size()).forEach(i -> MODELS.put(names.get(i), models.get(i)));
  }

  static List<String> expressions() {
    return WITHOUT.keySet().stream().sorted().toList();
  }

  /** The checked program as written, the derived one, and the code in both styles. */
  @ParameterizedTest
  @MethodSource("expressions")
  void allDrawTheSame(String expression) {
    Network network = NETWORKS.get(expression);
    Point point = Point.random(network.checked(), BATCH, 7);
    for (long step : new long[] {1, 2, 1000}) {
      Mode mode = new Mode(11, step);
      Results expected =
          Results.interpreted(network.program(), network.program().step(), point, mode);
      Results checked =
          Results.interpreted(network.checked(), network.checked().step(), point, mode);
      assertThat(checked.output()).containsExactly(expected.output(), within(ROUNDING));
      MODELS
          .get(expression)
          .forEach(
              (variant, model) -> {
                model.mode().train(11, step);
                Results found = Results.generated(model, network.program(), point);
                boolean single = variant.toString().endsWith("FLOAT");
                assertThat(Difference.between(expected, found).error())
                    .as("%s, step %s", variant, step)
                    .isLessThan(single ? SINGLE : ROUNDING);
              });
    }
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void inEvaluationThereIsNone(String expression) {
    Network network = NETWORKS.get(expression);
    Network without = network(WITHOUT.get(expression));
    Point point = Point.random(network.checked(), BATCH, 8);
    int parameters = without.checked().parameters().size();
    int inputs = without.checked().step().inputs().size();
    Point same = new Point(BATCH, point.values().subList(0, inputs));
    Results expected = Results.interpreted(without.checked(), same);
    assertThat(parameters).isPositive();
    MODELS
        .get(expression)
        .forEach(
            (variant, model) -> {
              model.mode().train(1, 1);
              Results.generated(model, network.program(), point);
              model.mode().evaluate();
              Results found = Results.generated(model, network.program(), point);
              boolean single = variant.toString().endsWith("FLOAT");
              assertThat(found.output())
                  .as(variant.toString())
                  .containsExactly(expected.output(), within(single ? 1e-5 : ROUNDING));
            });
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void seedAndStepSayWhatIsDrawn(String expression) {
    Network network = NETWORKS.get(expression);
    Model model = MODELS.get(expression).get(Variant.FAST);
    Point point = Point.random(network.checked(), BATCH, 9);
    model.mode().train(5, 1);
    double[] first = Results.generated(model, network.program(), point).output();
    model.mode().train(5, 2);
    double[] second = Results.generated(model, network.program(), point).output();
    model.mode().train(6, 1);
    double[] other = Results.generated(model, network.program(), point).output();
    model.mode().train(5, 1);
    assertThat(Results.generated(model, network.program(), point).output()).containsExactly(first);
    if (!expression.contains("training")) {
      assertThat(second).isNotEqualTo(first);
      assertThat(other).isNotEqualTo(first).isNotEqualTo(second);
    }
  }

  static List<String> cells() {
    return Stream.concat(
            expressions().stream(),
            Stream.of("rnn", "gru", "lstm")
                .flatMap(
                    cell ->
                        Stream.of(
                            "last(" + cell + "(x, 4, zoneout: 0.3))",
                            cell + "(x, 4, dropout: 0.3, zoneout: 0.2, direction: backward)[0]")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void gradientsAreSlopesWithTheNoiseHeld(String expression) {
    for (Style style : Style.values()) {
      assertThat(Gradients.compare(network(expression), style, 3))
          .allSatisfy(a -> assertThat(a.ok()).as(style + ": " + a).isTrue());
    }
  }

  /** Another layer's first weights do not depend on whether there is noise before it. */
  @Test
  void noiseLeavesInitialParametersAlone() {
    Model with = Generated.model(network("x |> dropout |> flatten |> dense(4)").program(), FAST);
    Model without = Generated.model(network("x |> flatten |> dense(4)").program(), FAST);
    with.initialize(3);
    without.initialize(3);
    for (int i = 0; i < with.parameters().size(); i++) {
      Tensor tensor = with.parameters().get(i);
      assertThat(Results.numbers(tensor, tensor.length()))
          .containsExactly(Results.numbers(without.parameters().get(i), tensor.length()));
    }
  }

  private static final Variant FAST = Variant.FAST;

  /** What an expression of {@code x: [T, n]} gives in a step of training where x is 1. */
  private static double[] drawn(String expression, int steps, int width, long step) {
    Network network =
        Texts.network(
            DECLARED
                + """
                cell each(x: [m]) {
                  state s: [m] = 0
                  s = random_uniform(x) + 0 * prev s
                  return s
                }
                cell once(x: [m]) {
                  state s: [m] = random_uniform(x)
                  s = prev s
                  return s
                }
                network Drawn {
                  input  x: [%s, %s]
                  target y: []
                  param  w: [] = 1
                  output p = %s
                  loss mse(w * mean(p), y)
                }
                """
                    .formatted(steps, width, expression));
    Point random = Point.random(network.checked(), 3, 1);
    double[] ones = new double[random.values().get(0).length];
    Arrays.fill(ones, 1);
    Point point = random.with(0, ones).with(2, 1.0);
    Mode mode = new Mode(21, step);
    return Results.interpreted(network.checked(), network.checked().step(), point, mode).output();
  }

  private static double mean(double[] x) {
    return Arrays.stream(x).average().orElseThrow();
  }

  private static double covariance(double[] x, double[] y) {
    double mx = mean(x);
    double my = mean(y);
    return IntStream.range(0, x.length).mapToDouble(i -> (x[i] - mx) * (y[i] - my)).sum()
        / x.length;
  }

  /** Five standard deviations of the mean, which is 1 / √count of those of one number. */
  private static double bound(double variance, int count) {
    return 5 * Math.sqrt(variance / count);
  }

  /** Uniform: mean 1/2, variance 1/12, fourth moment 1/80; normal: 0, 1 and 3. */
  @ParameterizedTest
  @EnumSource
  void momentsAreThoseOfTheDistribution(Draw.Distribution distribution) {
    boolean uniform = distribution == Draw.Distribution.UNIFORM;
    double[] x =
        drawn(
            distribution == Draw.Distribution.UNIFORM ? "random_uniform(x)" : "random_normal(x)",
            40,
            100,
            1);
    double variance = uniform ? 1.0 / 12 : 1;
    double fourth = uniform ? 1.0 / 80 : 3;
    assertThat(x).hasSize(12_000);
    assertThat(mean(x)).isCloseTo(uniform ? 0.5 : 0, within(bound(variance, x.length)));
    assertThat(covariance(x, x))
        .isCloseTo(variance, within(bound(fourth - variance * variance, x.length)));
  }

  /** Zero with probability rate, else 1 / (1 − rate): mean 1, variance rate / (1 − rate). */
  @ParameterizedTest
  @MethodSource("rates")
  void dropoutLeavesOutItsShare(double rate) {
    double[] x = drawn("dropout(x, " + rate + ")", 40, 100, 1);
    double zeros = Arrays.stream(x).filter(v -> v == 0).count() / (double) x.length;
    assertThat(zeros).isCloseTo(rate, within(bound(rate * (1 - rate), x.length)));
    assertThat(Arrays.stream(x).filter(v -> v != 0)).allMatch(v -> v == 1 / (1 - rate));
    assertThat(mean(x)).isCloseTo(1, within(bound(rate / (1 - rate), x.length)));
  }

  static List<Double> rates() {
    return List.of(0.1, 0.5, 0.9);
  }

  @Test
  void stepsPlacesAndDrawsAreIndependent() {
    double[] first = drawn("random_uniform(x)", 40, 100, 1);
    double bound = bound(1.0 / 144, first.length);
    double[] shifted = new double[first.length];
    for (int shift : new int[] {1, 2, 3, 4, 100, 4000}) {
      for (int i = 0; i < first.length; i++) {
        shifted[i] = first[(i + shift) % first.length];
      }
      assertThat(covariance(first, shifted)).as("shift " + shift).isCloseTo(0, within(bound));
    }
    assertThat(covariance(first, drawn("random_uniform(x)", 40, 100, 2)))
        .isCloseTo(0, within(bound));
    double[] difference = drawn("random_uniform(x) - random_uniform(x)", 40, 100, 1);
    assertThat(covariance(difference, difference))
        .isCloseTo(1.0 / 6, within(bound(7.0 / 180, first.length)));
  }

  /** In a cell's equation every time step has numbers of its own, in a first value it has not. */
  @Test
  void aCellDrawsAtEachStepOrOnceASequence() {
    double[] each = drawn("each(x)", 40, 100, 1);
    double[] once = drawn("once(x)", 40, 100, 1);
    double equal = 0;
    for (int n = 0; n < 3; n++) {
      for (int t = 1; t < 40; t++) {
        for (int j = 0; j < 100; j++) {
          int here = (n * 40 + t) * 100 + j;
          assertThat(once[here]).isEqualTo(once[n * 4000 + j]);
          equal += each[here] == each[n * 4000 + j] ? 1 : 0;
        }
      }
    }
    assertThat(equal).isLessThan(3);
    assertThat(Arrays.stream(each).distinct().count()).isGreaterThan(11_900);
    assertThat(Arrays.stream(once).distinct().count()).isEqualTo(300);
  }

  /** The interpreter's default is evaluation, as a model's is. */
  @Test
  void theInterpreterEvaluates() {
    Network network = NETWORKS.get("dense(flatten(x), 4) * where(training, 3, 1)");
    Point point = Point.random(network.checked(), 1, 5);
    double[] evaluated = new Interpreter(1, 7).run(network.checked().step(), point.values()).get(0);
    double[] trained =
        new Interpreter(1, new Mode(7, 1)).run(network.checked().step(), point.values()).get(0);
    for (int i = 0; i < trained.length; i++) {
      assertThat(trained[i]).isEqualTo(3 * evaluated[i]);
    }
  }
}
