package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.driver.Network;
import dev.peephole.proof.Generated.Variant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients where a function is not smooth, and where a value that is not chosen is infinite or no
 * number. The numbers are those of PyTorch 1.13, whose {@code where} was given harmless numbers in
 * the branch that is not taken: torch.maximum, torch.amax, torch.pow, torch.linalg.norm, relu and
 * elu, and {@code torch.where(x > 0, torch.log(torch.where(x > 0, x, 1)), …)}; or they are worked
 * out by hand, as the comment beside them says.
 */
class BranchesTest {

  /**
   * An expression of parameters x, y and k at a point.
   *
   * @param expected the value, then the gradient of each parameter, of the sum of the numbers
   */
  record Case(String expression, Map<String, double[]> at, List<double[]> expected) {
    @Override
    public String toString() {
      return expression;
    }

    LibraryCase tested() {
      String shape = "[" + expected.get(0).length + "]";
      String[] arguments =
          at.entrySet().stream()
              .map(e -> e.getKey() + ": [" + e.getValue().length + "]")
              .toArray(String[]::new);
      return LibraryCase.of("(" + expression + ")", shape.equals("[1]") ? "[]" : shape, arguments);
    }

    Point point(Network network) {
      Point point = tested().point(network, 1, 1);
      double[] ones = new double[expected.get(0).length];
      Arrays.fill(ones, 1);
      point = point.with(network.checked(), "u", ones).with(network.checked(), "label", 1);
      for (Map.Entry<String, double[]> e : at.entrySet()) {
        point = point.with(network.checked(), e.getKey(), e.getValue());
      }
      return point;
    }
  }

  private static double[] n(double... numbers) {
    return numbers;
  }

  private static Case of(String expression, double[] x, double[] value, double[] dx) {
    return new Case(expression, Map.of("x", x), List.of(value, dx));
  }

  private static Case of(
      String expression,
      double[] x,
      String other,
      double[] numbers,
      double[] value,
      double[] dx,
      double[] dOther) {
    Map<String, double[]> at = new LinkedHashMap<>();
    at.put("x", x);
    at.put(other, numbers);
    return new Case(expression, at, List.of(value, dx, dOther));
  }

  static List<Case> cases() {
    double[] z = {0, 1.5, -0.75, 0};
    double[] entropies = {0.6931471805599453, 0.20141327798275246, 1.1368710061148999};
    double[] slopes = {0.5, 0.8175744761936437, 0.320821300824607};
    double[] softplus = {entropies[0], 1.7014132779827524, 0.38687100611489987, entropies[0]};
    double[] sigmoid = {slopes[0], slopes[1], slopes[2], 0.5};
    double log2 = Math.log(2);
    return List.of(
        of("max(x, 0) + log(1 + exp(-abs(x)))", z, softplus, sigmoid),
        of("max(0, x) + log(1 + exp(-abs(x)))", z, softplus, sigmoid),
        of("x - min(x, 0) + log(1 + exp(-abs(x)))", z, softplus, sigmoid),
        of("relu(x)", n(0, 100, -1), n(0, 100, 0), n(0, 1, 0)),
        of("elu(x)", n(0, 100, -1), n(0, 100, Math.exp(-1) - 1), n(1, 1, Math.exp(-1))),
        of("elu(x)", n(1e4, 1, -2), n(1e4, 1, Math.exp(-2) - 1), n(1, 1, Math.exp(-2))),
        of("min(x, y)", n(1, 2, 3), "y", n(1, 3, -1), n(1, 2, -1), n(0.5, 1, 0), n(0.5, 0, 1)),
        of("max(x)", n(1, 3, 3, 2), n(3), n(0, 0.5, 0.5, 0)),
        of("where(x > 0, sqrt(x), x)", n(-1, 4, 0, 0.25), n(-1, 2, 0, 0.5), n(1, 0.25, 1, 1)),
        of("where(x <= 0, x, sqrt(x))", n(-1, 4, 0, 0.25), n(-1, 2, 0, 0.5), n(1, 0.25, 1, 1)),
        of(
            "where(x > 0, tanh(log(x) * y), y)",
            n(-1, 4, 0, 0.25),
            "y",
            n(0.5, 0.6, 0.7, 0.8),
            n(0.5, 0.6814288118154319, 0.7, -0.8037211879726562),
            n(0, 0.0803482161641713, 0, 1.1329032064122309),
            n(1, 0.7425751932962182, 1, -0.49079291460747476)),
        // two branches of one root: ½ / √x · (1 + 2)
        of(
            "where(x > 0, sqrt(x), 0) + where(x > 1, 2 * sqrt(x), 0)",
            n(-1, 4, 0, 0.25),
            n(0, 6, 0, 0.5),
            n(0, 0.75, 0, 1)),
        of("sum(where(x > 0, x / y, 0))", n(-1, 4), "y", n(0, 2), n(2), n(0, 0.5), n(0, -1)),
        // along an axis, where the root of the first is not finite
        of("where(x > 0, sum(sqrt(reshape(x, [2, 1])), 1), 3)", n(-1, 4), n(3, 2), n(0, 0.25)),
        of("sum(sqrt(x)[1 .. 3])", n(0, 4, 0.25, 0), n(2.5), n(0, 0.25, 1, 0)),
        of("sqrt(x)[1] + sqrt(x)[2]", n(0, 4, 0.25, 0), n(2.5), n(0, 0.25, 1, 0)),
        of("-log(x)[label]", n(0, 0.25, 0, 0.75), n(2 * log2), n(0, -4, 0, 0)),
        of(
            "x ^ y",
            n(0, 0.5, 2, 0),
            "y",
            n(1.5, 0.75, -1, 2),
            n(0, 0.5946035575013605, 0.5, 0),
            n(0, 0.8919053362520408, -0.25, 0),
            n(0, -0.41214777943298136, 0.34657359027997264, 0)),
        of("x ^ y", n(0, 0.5, 2), "y", n(0, 0, 0), n(1, 1, 1), n(0, 0, 0), n(0, -log2, log2)),
        of("norm(x)", n(0, 0, 0), n(0), n(0, 0, 0)),
        of("norm(x)", n(3, 0, 4), n(5), n(0.6, 0, 0.8)),
        of("norm(x - y)", n(1, 2), "y", n(1, 2), n(0), n(0, 0), n(0, 0)),
        // a unit vector, whose length is not known to differ from 0
        of(
            "where(norm(x) > 0, x / norm(x), 0) |> sum",
            n(3, 4),
            n(1.4),
            n(0.2 - 1.4 * 0.6 / 5 + 0 * 1, 0.2 - 1.4 * 0.8 / 5)),
        of("where(norm(x) > 0, x / norm(x), 0) |> sum", n(0, 0), n(0), n(0, 0)),
        // a row of logarithms, and a column, that is no number and meets masked gradients alone
        of(
            "sum(where(reshape(x, [2, 2])[.., 0 .. 1] > 0,"
                + " log(reshape(x, [2, 2])) @ reshape(y, [2, 1]), 0))",
            n(-1, 2, 4, 1),
            "y",
            n(0.5, 3),
            n(log2),
            n(0, 0, 0.125, 3),
            n(2 * log2, 0)),
        of(
            "sum(where(reshape(y, [2, 2])[0] > 0, x @ log(reshape(y, [2, 2])), 0))",
            n(0.5, 3),
            "y",
            n(-1, 4, 2, 1),
            n(log2),
            n(2 * log2, 0),
            n(0, 0.125, 0, 3)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areRight(Case tested) {
    Network network = Texts.network(tested.tested().text());
    Point point = tested.point(network);
    check(tested, "evaluator", Results.interpreted(network.program(), point), 1e-14);
    Generated.models(List.of(network.program()), Variant.all())
        .get(0)
        .forEach(
            (variant, model) ->
                check(
                    tested,
                    variant.toString(),
                    Results.generated(model, network.program(), point),
                    variant.toString().contains("FLOAT") ? 1e-6 : 1e-14));
  }

  private static void check(Case tested, String by, Results found, double allowed) {
    require(tested + " by " + by, found.output(), tested.expected.get(0), allowed);
    int next = 1;
    for (String name : tested.at.keySet()) {
      double[] gradient = found.gradient("given_" + name + "." + name);
      require(
          "d" + name + " of " + tested + " by " + by, gradient, tested.expected.get(next), allowed);
      next++;
    }
  }

  private static void require(String what, double[] found, double[] expected, double allowed) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      double scale = Math.max(1, Math.abs(expected[i]));
      assertThat(found[i])
          .as("%s: %s", what, Arrays.toString(found))
          .isCloseTo(expected[i], within(allowed * scale));
    }
  }

  /**
   * What is left falls by x at each step, and the first example ends with the step that would be
   * the last before the root of 0. The derivative by what was there at first is ½ Σ 1/√left.
   */
  @Test
  void whatIsBehindTheEndOfASequenceDoesNotMatter() {
    String text =
        """
        cell roots(x: [m]) {
          param start: [m] = 4
          state left: [m] = start
          root = sqrt(prev left)
          left = prev left - x
          return root
        }
        network A {
          input x: [*, 1]
          target y: []
          output p = x |> roots |> sum
          loss p + y
        }
        """;
    Network network = Texts.network(text);
    Point point =
        Point.random(network.checked(), 2, new int[] {4, 6}, 1)
            .with(network.checked(), "x", 1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5)
            .with(network.checked(), "start", 4);
    double sum = 0;
    for (int t = 0; t < 6; t++) {
      sum += (t < 4 ? 0.5 / Math.sqrt(4 - t) : 0) + 0.5 / Math.sqrt(4 - 0.5 * t);
    }
    requireInAllVariants(network, point, "roots.start", sum / 2);
  }

  /** At the second step both logarithms are none; dW is the sum of those of the others. */
  @Test
  void whatIsNotChosenAtATimeStepDoesNotMatter() {
    String text =
        """
        cell logs(x: [m]) {
          param W: [m, 1] = 1
          state s: [1]    = 0
          s = prev s + where(sum(x) > 0, log(x) @ W, 0)
          return s
        }
        network A {
          input x: [3, 2]
          target y: []
          output p = x |> logs |> last |> sum
          loss p + y
        }
        """;
    Network network = Texts.network(text);
    Point point =
        Point.random(network.checked(), 1, 1)
            .with(network.checked(), "x", 1, 2, -1, 0, 0.5, 4)
            .with(network.checked(), "W", 2, 3);
    requireInAllVariants(network, point, "logs.W", Math.log(0.5), Math.log(8));
  }

  private static void requireInAllVariants(
      Network network, Point point, String parameter, double... expected) {
    Results interpreted = Results.interpreted(network.program(), point);
    require("evaluator", interpreted.gradient(parameter), expected, 1e-14);
    Generated.models(List.of(network.program()), Variant.all())
        .get(0)
        .forEach(
            (variant, model) ->
                require(
                    variant.toString(),
                    Results.generated(model, network.program(), point).gradient(parameter),
                    expected,
                    variant.toString().contains("FLOAT") ? 1e-6 : 1e-14));
  }
}
