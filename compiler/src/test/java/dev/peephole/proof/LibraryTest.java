package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.check.scope.Library;
import dev.peephole.driver.Network;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.runtime.Model;
import dev.peephole.syntax.Declaration.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions, layers and losses of the library against formulas and numbers from elsewhere. */
class LibraryTest {
  private static final double[] NINE = {
    0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 4, 5, 6, 0, 0, 7, 8, 9, 0, 0, 0, 0, 0, 0
  };
  private static final double[] GRID = {-30, -5, -1, -0.5, 0, 0.5, 1, 5, 30};

  /**
   * A value that is known.
   *
   * @param tested what is applied
   * @param arguments the numbers of its parameters, by name
   * @param label the label, where it is asked for
   * @param expected the numbers that must come out
   */
  record Known(LibraryCase tested, Map<String, double[]> arguments, int label, double... expected) {
    @Override
    public String toString() {
      return tested + " at " + Arrays.toString(arguments.get("x"));
    }
  }

  private static Known known(
      String call, String result, String x, double[] xs, double... expected) {
    return new Known(LibraryCase.of(call, result, "x: " + x), Map.of("x", xs), 0, expected);
  }

  private static Known onGrid(String call, DoubleUnaryOperator formula) {
    return known(call, "[9]", "[9]", GRID, Arrays.stream(GRID).map(formula).toArray());
  }

  /** What a function makes of a square of nine pixels in the middle of an image of 5 × 5. */
  private static Known image(String call, double... expected) {
    return known(call, "[5, 5, 1]", "[5, 5, 1]", NINE, expected);
  }

  private static Known loss(String call, double[] x, double[] y, double expected) {
    String shape = "[" + x.length + "]";
    LibraryCase tested = LibraryCase.of(call, "[]", "x: " + shape, "y: " + shape);
    return new Known(tested, Map.of("x", x, "y", y), 0, expected);
  }

  private static Known crossEntropy(double[] logits, int label, double expected) {
    return labelled("cross_entropy(x, label)", logits, label, expected);
  }

  private static Known labelled(String call, double[] logits, int label, double expected) {
    LibraryCase tested = LibraryCase.of(call, "[]", "x: [4]");
    return new Known(tested, Map.of("x", logits), label, expected);
  }

  private static double[] numbers(double... numbers) {
    return numbers;
  }

  static Stream<Known> values() {
    return Stream.of(
            activations(), probabilities(), losses(), shapes(), convolutions(), augmentations())
        .flatMap(s -> s);
  }

  private static Stream<Known> augmentations() {
    double[] larger = new double[25];
    Arrays.setAll(larger, k -> 1 + 1.5 * (k / 5) + 0.5 * (k % 5));
    double[] three = numbers(1, 2, 3, 4, 5, 6, 7, 8, 9);
    return Stream.of(
        image("shifted(x)", NINE),
        image("nudged(x)", NINE),
        image("flipped(x)", NINE),
        image("rotated(x)", NINE),
        image("zoomed(x)", NINE),
        known("0 * x[0, 0, 0] + drawn_between(x, 2, 6)", "[]", "[1, 1, 1]", numbers(5), 4),
        known("x * places(x)", "[4]", "[4]", numbers(9, 9, 9, 9), 0, 9, 18, 27),
        known("x * from_middle(x)", "[3]", "[3]", numbers(9, 9, 9), -9, 0, 9),
        known("shares(x[0], x)", "[3]", "[3]", numbers(0.25, 0, 1), 1, 0.75, 0.25),
        known("shares_of_all(x[0], x)", "[2, 2]", "[2]", numbers(0.25, 1), 0.75, 0.5, 0, 0.75),
        known("sheared(x, x[0, 0, 0])", "[3, 3, 1]", "[3, 3, 1]", three, 0, 1, 2, 4, 5, 6, 8, 9, 0),
        pair("across(x, y)", "[1, 2]", "[1, 2]", "[2, 2]", 1 + 6, 2 + 8),
        image(
            "turned(x, pi / 2 + 0 * x[0, 0, 0])",
            numbers(0, 0, 0, 0, 0, 0, 7, 4, 1, 0, 0, 8, 5, 2, 0, 0, 9, 6, 3, 0, 0, 0, 0, 0, 0)),
        image(
            "mirrored(x)",
            numbers(0, 0, 0, 0, 0, 0, 3, 2, 1, 0, 0, 6, 5, 4, 0, 0, 9, 8, 7, 0, 0, 0, 0, 0, 0)),
        image("magnified(x, 2 + 0 * x[0, 0, 0])", larger));
  }

  private static Stream<Known> activations() {
    return Stream.of(
        onGrid("relu(x)", x -> x > 0 ? x : 0),
        onGrid("leaky_relu(x)", x -> x > 0 ? x : x / 100),
        onGrid("leaky_relu(x, slope: 0.3)", x -> x > 0 ? x : 0.3 * x),
        onGrid("elu(x)", x -> x > 0 ? x : Math.expm1(x)),
        onGrid("elu(x, alpha: 0.4)", x -> x > 0 ? x : 0.4 * Math.expm1(x)),
        onGrid("softplus(x)", x -> x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))),
        onGrid("swish(x)", x -> x / (1 + Math.exp(-x))),
        known("prelu(x)", "[2]", "[2]", numbers(-2, 3), -2 * 0.25, 3),
        known(
            "gelu(x)",
            "[5]",
            "[5]",
            numbers(-2, -1, 0, 1, 2),
            -0.0455002638963584,
            -0.15865525393145707,
            0,
            0.8413447460685429,
            1.9544997361036416),
        known("relu(x)", "[2]", "[2]", numbers(-1e4, 1e4), 0, 1e4),
        known("softplus(x)", "[2]", "[2]", numbers(-1e4, 1e4), 0, 1e4),
        known("elu(x)", "[2]", "[2]", numbers(-1e4, 1e4), -1, 1e4),
        known("swish(x)", "[2]", "[2]", numbers(-1e4, 1e4), 0, 1e4),
        known("gelu(x)", "[2]", "[2]", numbers(-1e4, 1e4), 0, 1e4));
  }

  private static Stream<Known> probabilities() {
    double e = Math.E;
    double total = 1 + e + e * e + e * e * e;
    return Stream.of(
        known(
            "softmax(x)",
            "[4]",
            "[4]",
            numbers(0, 1, 2, 3),
            1 / total,
            e / total,
            e * e / total,
            e * e * e / total),
        known("softmax(x)", "[3]", "[3]", numbers(1e4, 0, -1e4), 1, 0, 0),
        known("softmax(x)", "[2, 2]", "[2, 2]", numbers(7, 7, 0, 1e4), 0.5, 0.5, 0, 1),
        known(
            "log_softmax(x)",
            "[4]",
            "[4]",
            numbers(0, 1, 2, 3),
            -Math.log(total),
            1 - Math.log(total),
            2 - Math.log(total),
            3 - Math.log(total)),
        known("log_softmax(x)", "[3]", "[3]", numbers(1e4, 0, -1e4), 0, -1e4, -2e4));
  }

  private static Stream<Known> losses() {
    return Stream.of(
        loss("mse(x, y)", numbers(1, 2, 3), numbers(2, 2, 0), 10.0 / 3),
        loss("mae(x, y)", numbers(1, 2, 3), numbers(2, 2, 0), 4.0 / 3),
        loss("huber(x, y)", numbers(1, 2, 3), numbers(1.5, 2, 0), (0.125 + 2.5) / 3),
        loss("huber(x, y, delta: 2)", numbers(1, 2, 3), numbers(1.5, 2, 0), (0.125 + 4) / 3),
        crossEntropy(numbers(0, 0, 0, 0), 2, Math.log(4)),
        crossEntropy(numbers(1, 2, 3, 4), 0, 3.4401896985611953),
        crossEntropy(numbers(1e4, -1e4, 0, 0), 0, 0),
        crossEntropy(numbers(1e4, -1e4, 0, 0), 1, 2e4),
        crossEntropy(numbers(1e4, -1e4, 0, 0), 2, 1e4),
        labelled("cross_entropy(x, label, 0.5)", numbers(0, 0, 0, 0), 2, Math.log(4)),
        labelled("focal(x, label)", numbers(0, 0, 0, 0), 3, 0.75 * 0.75 * Math.log(4)),
        loss("binary_focal(x, y)", numbers(0), numbers(1), 0.25 * 0.25 * Math.log(2)),
        labelled("multiclass_hinge(x, label)", numbers(1, 2, 3, 4), 2, (0 + 0 + 2) / 4.0),
        loss("hinge(x, y)", numbers(0.5, 2, -3), numbers(1, 1, 1), (0.5 + 4) / 3),
        loss("kl_divergence(x, y)", numbers(0, 0), numbers(1, 0), Math.log(2)),
        loss("kl_divergence(x, y)", numbers(7, 7), numbers(0.5, 0.5), 0),
        loss("gaussian_kl(x, y)", numbers(0, 2), numbers(0, 0), 2),
        loss("poisson_nll(x, y)", numbers(0, 1), numbers(3, 2), (1 + Math.E - 2) / 2),
        loss("gaussian_nll(x, 4, y)", numbers(3), numbers(1), (Math.log(4) + 1) / 2),
        loss("triplet(x, y, 0)", numbers(3, 4), numbers(3, 0), 4 - 5 + 1),
        loss("triplet(x, y, 0, 2)", numbers(3, 4), numbers(3, 0), 4 - 5 + 2),
        loss("contrastive(x, y, 1)", numbers(3, 4), numbers(3, 0), 8),
        loss("contrastive(x, y, 0, margin: 5)", numbers(3, 4), numbers(3, 0), 0.5),
        loss("binary_cross_entropy(x, y)", numbers(0), numbers(1), Math.log(2)),
        loss(
            "binary_cross_entropy(x, y)",
            numbers(1e4, 1e4, -1e4, -1e4),
            numbers(0, 1, 0, 1),
            2e4 / 4),
        loss(
            "binary_cross_entropy_of_probabilities(x, y)",
            numbers(0.8),
            numbers(1),
            -Math.log(0.8)),
        loss(
            "binary_cross_entropy_of_probabilities(x, y)",
            numbers(0.8),
            numbers(0),
            -Math.log(0.2)),
        loss(
            "binary_cross_entropy_of_probabilities(x, y)",
            numbers(0, 1),
            numbers(1, 0),
            (-Math.log(1e-7) - Math.log(1 - (1 - 1e-7))) / 2));
  }

  private static Stream<Known> shapes() {
    double[] six = {1, 2, 3, 4, 5, 6};
    LibraryCase dense = LibraryCase.of("dense(x, 2)", "[2]", "x: [3]");
    return Stream.of(
        known("mean(x)", "[]", "[2, 3]", six, 3.5),
        known("mean(x, 0)", "[3]", "[2, 3]", six, 2.5, 3.5, 4.5),
        known("var(x)", "[]", "[2, 3]", six, 17.5 / 6),
        known("var(x, 1)", "[2]", "[2, 2]", numbers(1e9, 1e9 + 2, 5, 5), 1, 0),
        known("std(x)", "[]", "[2, 2]", numbers(1, -1, 7, 5), Math.sqrt(10)),
        known("norm(x)", "[]", "[2, 2]", numbers(1, -5, 3, 1), 6),
        known("norm(x)", "[]", "[2]", numbers(0, 0), 0),
        known("flatten(x)", "[6]", "[2, 3]", six, six),
        known("l1(x, 0.5)", "[]", "[2]", numbers(-2, 3), 2.5),
        known("l2(x, 0.5)", "[]", "[2]", numbers(-2, 3), 6.5),
        known("elastic(x, 0.5, 0.25)", "[]", "[2]", numbers(-2, 3), 0.5 * (0.25 * 5 + 0.75 * 13)),
        known("sequence_dropout(x)", "[2, 3]", "[2, 3]", six, six),
        known("zone_out(x, 2 * x, 0.25)", "[2]", "[2]", numbers(-2, 4), -3.5, 7),
        known("zone_out(x, 2 * x, 0)", "[2]", "[2]", numbers(-2, 4), -4, 8),
        known("dropout(x)", "[6]", "[6]", six, six),
        known("x * dropout_mask(x)", "[6]", "[6]", six, six),
        known("gaussian_noise(x)", "[6]", "[6]", six, six),
        known("last(x)", "[3]", "[2, 3]", six, 4, 5, 6),
        new Known(dense, Map.of("x", numbers(1, 2, 3), "W", six, "b", numbers(10, 20)), 0, 32, 48));
  }

  private static Stream<Known> convolutions() {
    double[] eight = {1, 2, 3, 4, 5, 6, 7, 8};
    double[] nine = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    return Stream.of(
        known("x * zeros_around(5, 4, 1, same, 1)", "[1]", "[1]", numbers(1), 3),
        known("x * zeros_around(5, 3, 2, same, 1)", "[1]", "[1]", numbers(1), 2),
        known("x * zeros_around(6, 3, 1, same, 2)", "[1]", "[1]", numbers(1), 4),
        known("x * zeros_around(5, 3, 1, 4, 1)", "[1]", "[1]", numbers(1), 8),
        known(
            "patches(x, 2, 2, same, 1)",
            "[2, 1, 2, 2, 1]",
            "[3, 2, 1]",
            numbers(1, 2, 3, 4, 5, 6),
            1,
            2,
            3,
            4,
            5,
            6,
            0,
            0),
        pair("each_product(x, y)", "[2, 1, 1]", "[2, 1, 2]", "[2, 2, 1]", 1 + 4, 9 + 16),
        pair("filtered_series(x, y)", "[1, 1]", "[1, 2, 2]", "[2, 2, 1]", 1 + 4 + 9 + 16),
        pair("filtered(x, y)", "[1, 1, 2]", "[1, 1, 1, 2, 1]", "[1, 2, 1, 2]", 1 + 6, 2 + 8),
        pair(
            "filtered_apart(x, y, 2)",
            "[1, 1, 2]",
            "[1, 1, 1, 2, 2]",
            "[1, 2, 1, 2]",
            1 + 3 * 3,
            2 * 2 + 4 * 4),
        known("max_pool(x, 2)", "[1, 1, 2]", "[2, 2, 2]", eight, 7, 8),
        known("max_pool(x, 2, stride: 1)", "[2, 2, 1]", "[3, 3, 1]", nine, 5, 6, 8, 9),
        known("avg_pool(x, 2)", "[1, 1, 2]", "[2, 2, 2]", eight, 4, 5),
        known("global_max_pool(x)", "[2]", "[2, 2, 2]", eight, 7, 8),
        known("global_avg_pool(x)", "[2]", "[2, 2, 2]", eight, 4, 5));
  }

  /** Of two arguments that count 1, 2, 3 …. */
  private static Known pair(String call, String result, String x, String y, double... expected) {
    LibraryCase tested = LibraryCase.of(call, result, "x: " + x, "y: " + y);
    return new Known(tested, Map.of("x", counting(x), "y", counting(y)), 0, expected);
  }

  private static double[] counting(String shape) {
    int size =
        Arrays.stream(shape.substring(1, shape.length() - 1).split(", "))
            .mapToInt(Integer::parseInt)
            .reduce(1, (a, b) -> a * b);
    return IntStream.rangeClosed(1, size).asDoubleStream().toArray();
  }

  private static Point point(Known known, Network network) {
    Point point = known.tested.point(network, 1, 1);
    for (Map.Entry<String, double[]> argument : known.arguments.entrySet()) {
      point = point.with(network.checked(), argument.getKey(), argument.getValue());
    }
    return point.with(network.checked(), "label", known.label);
  }

  @ParameterizedTest
  @MethodSource("values")
  void isRight(Known known) {
    Network network = known.tested.network();
    Point point = point(known, network);
    if (known.tested.name().equals("prelu")) {
      point = point.with(network.checked(), "a", 0.25);
    }
    double[] found = Results.interpreted(network.checked(), point).output();
    assertThat(found).hasSameSizeAs(known.expected);
    for (int i = 0; i < found.length; i++) {
      double allowed = 1e-14 * Math.max(1, Math.abs(known.expected[i]));
      assertThat(found[i]).isCloseTo(known.expected[i], within(allowed));
    }
  }

  static List<LibraryCase> cases() {
    return LibraryCases.all();
  }

  @Test
  void everyFunctionHasAKnownValue() {
    Library library = new Library();
    assertThat(values().map(k -> k.tested.name()).collect(Collectors.toSet()))
        .containsAll(
            library.names().stream()
                .filter(n -> library.find(n).orElseThrow().kind() == Kind.FUNCTION)
                .filter(n -> !SchedulesTest.names().contains(n))
                .toList());
  }

  /** Far out, values and gradients are finite in single precision too, and the right ones. */
  @ParameterizedTest
  @MethodSource("cases")
  void staysFinite(LibraryCase tested) {
    Network network = tested.network();
    boolean probabilities = tested.high() < 1;
    boolean cancels =
        tested.name().matches(".*_norm|standardized"); // gradients are differences, all but 0
    double allowed = probabilities ? 0.02 : cancels ? 1e-3 : 1e-4; // 1 − 1e-7 is not a float
    Point point = tested.point(network, 2, 3);
    int first = network.checked().step().inputs().indexOf(network.checked().weights().get(0));
    for (int i = 0; i < tested.arguments().size(); i++) {
      double[] extremes = point.values().get(first + i).clone();
      for (int k = 0; k < extremes.length; k++) {
        int sign = (k + i) % 3 - 1;
        extremes[k] = probabilities ? (sign + 1) / 2 : 1e4 * sign;
      }
      point = point.with(first + i, extremes);
    }
    Results expected = Results.interpreted(network.program(), point);
    Map<Variant, Model> models = Generated.models(List.of(network.program()), Variant.all()).get(0);
    for (Map.Entry<Variant, Model> e : models.entrySet()) {
      Results found = Results.generated(e.getValue(), network.program(), point);
      found
          .values()
          .forEach(
              (name, numbers) ->
                  assertThat(Arrays.stream(numbers).allMatch(Double::isFinite))
                      .as("%s of %s, %s: %s", name, tested, e.getKey(), Arrays.toString(numbers))
                      .isTrue());
      assertThat(Difference.between(expected, found).error()).isLessThan(allowed);
    }
  }

  @Test
  void gradientsOfLossesAreRightFarOut() {
    Known known = crossEntropy(numbers(1e4, -1e4, 0, 0), 1, 0);
    Network network = known.tested.network();
    Point point = point(known, network).with(network.checked(), "u", 1);
    assertThat(Results.interpreted(network.program(), point).gradient("given_x.x"))
        .containsExactly(1, -1, 0, 0);
    Known binary =
        loss("binary_cross_entropy(x, y)", numbers(1e4, 1e4, -1e4, 0), numbers(0, 1, 1, 1), 0);
    Network other = binary.tested.network();
    Point there = point(binary, other).with(other.checked(), "u", 1);
    assertThat(Results.interpreted(other.program(), there).gradient("given_x.x"))
        .containsExactly(0.25, 0, -0.25, -0.125);
  }
}
