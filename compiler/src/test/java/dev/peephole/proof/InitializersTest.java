package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.check.scope.Library;
import dev.peephole.driver.Network;
import dev.peephole.interpret.Interpreter;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.syntax.Declaration.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the initializers draw: bounds, moments, orthogonality, and the same bits for one seed. */
class InitializersTest {
  private static final int ROWS = 60;
  private static final int COLUMNS = 40;

  /**
   * What is known of the numbers that an initializer draws for a matrix of 60 × 40.
   *
   * @param call how it is written
   * @param mean their mean
   * @param deviation their standard deviation
   * @param normal whether they are normal rather than uniform
   */
  record Law(String call, double mean, double deviation, boolean normal) {
    @Override
    public String toString() {
      return call;
    }
  }

  static Stream<Law> laws() {
    double both = ROWS + COLUMNS;
    return Stream.of(
        new Law("uniform", 0, 0.05 / Math.sqrt(3), false),
        new Law("uniform(low: 1, high: 3)", 2, 1 / Math.sqrt(3), false),
        new Law("normal", 0, 0.05, true),
        new Law("normal(mean: -2, deviation: 0.5)", -2, 0.5, true),
        new Law("glorot_uniform", 0, Math.sqrt(2 / both), false),
        new Law("glorot_uniform(gain: 2)", 0, 2 * Math.sqrt(2 / both), false),
        new Law("glorot_normal", 0, Math.sqrt(2 / both), true),
        new Law("glorot_normal(gain: 2)", 0, 2 * Math.sqrt(2 / both), true),
        new Law("he_uniform", 0, Math.sqrt(2.0 / ROWS), false),
        new Law("he_uniform(gain: 0.5)", 0, 0.5 * Math.sqrt(2.0 / ROWS), false),
        new Law("he_normal", 0, Math.sqrt(2.0 / ROWS), true),
        new Law("he_normal(gain: 0.5)", 0, 0.5 * Math.sqrt(2.0 / ROWS), true));
  }

  private static Network network(String initializer, int rows, int columns) {
    return Texts.network(
        """
        initializer of_two() {
          r = random_uniform()
          s = random_normal()
          return r * s
        }
        initializer mixed() {
          r = random_normal()
          q = orthonormal(r)
          return q + r
        }
        layer matrix(x: [n], columns: int) {
          param W, V: [n, columns] = %s
          return x @ W - x @ V
        }
        network Drawn {
          input  x: [%s]
          target y: [%s]
          output p = matrix(x, %s)
          loss mse(p, y)
        }
        """
            .formatted(initializer, rows, columns, columns));
  }

  private static double[] draw(Network network, int parameter, long seed) {
    return new Interpreter(1, seed)
        .run(network.program().parameters().get(parameter).initializer(), List.of())
        .get(0);
  }

  private static double share(double[] numbers, DoublePredicate of) {
    return Arrays.stream(numbers).filter(of).count() / (double) numbers.length;
  }

  @ParameterizedTest
  @MethodSource("laws")
  void follows(Law law) {
    double[] drawn = draw(network(law.call, ROWS, COLUMNS), 0, 1);
    assertThat(drawn).hasSize(ROWS * COLUMNS);
    double mean = Arrays.stream(drawn).average().orElseThrow();
    double variance =
        Arrays.stream(drawn).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    double error = law.deviation / Math.sqrt(drawn.length);
    assertThat(mean).isCloseTo(law.mean, within(4 * error));
    assertThat(Math.sqrt(variance)).isCloseTo(law.deviation, within(4 * error));
    double near = share(drawn, x -> Math.abs(x - law.mean) < law.deviation);
    assertThat(near).isCloseTo(law.normal ? 0.6827 : 1 / Math.sqrt(3), within(0.04));
    if (!law.normal) {
      double limit = Math.sqrt(3) * law.deviation;
      assertThat(share(drawn, x -> Math.abs(x - law.mean) <= limit)).isEqualTo(1);
      assertThat(share(drawn, x -> Math.abs(x - law.mean) > 0.98 * limit)).isPositive();
    }
  }

  @Test
  void constantIsTheSameEverywhere() {
    assertThat(draw(network("constant(0.3)", 3, 2), 0, 1)).containsOnly(0.3);
    assertThat(draw(network("0.3", 3, 2), 0, 1)).containsOnly(0.3);
  }

  static Stream<int[]> sizes() {
    return Stream.of(new int[] {7, 4}, new int[] {4, 7}, new int[] {5, 5}, new int[] {60, 40});
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void orthogonalKeepsLengths(int[] size) {
    int rows = size[0];
    int columns = size[1];
    double[] w = draw(network("orthogonal(gain: 3)", rows, columns), 0, 1);
    boolean tall = rows >= columns;
    int vectors = Math.min(rows, columns);
    for (int a = 0; a < vectors; a++) {
      for (int b = 0; b < vectors; b++) {
        double product = 0;
        for (int k = 0; k < Math.max(rows, columns); k++) {
          product +=
              tall
                  ? w[k * columns + a] * w[k * columns + b]
                  : w[a * columns + k] * w[b * columns + k];
        }
        assertThat(product).isCloseTo(a == b ? 9 : 0, within(1e-12));
      }
    }
  }

  static Stream<String> calls() {
    return Stream.concat(
        laws().map(Law::call), Stream.of("constant(0.3)", "orthogonal", "of_two", "mixed"));
  }

  @Test
  void allAreTested() {
    Library library = new Library();
    assertThat(calls().map(c -> c.replaceAll("\\(.*", "")))
        .containsAll(
            library.names().stream()
                .filter(n -> library.find(n).orElseThrow().kind() == Kind.INITIALIZER)
                .toList());
  }

  /** The generated code draws what the reference evaluator does, and single precision rounds it. */
  @ParameterizedTest
  @MethodSource("calls")
  void generatedCodeDrawsTheSame(String call) {
    Network network = network(call, 6, 5);
    Map<Variant, Model> models = Generated.models(List.of(network.program()), Variant.all()).get(0);
    models.forEach(
        (variant, model) -> {
          model.reserve(1);
          List<double[]> first = parameters(model, 4);
          assertThat(parameters(model, 4))
              .as("seed 4 again")
              .usingRecursiveComparison()
              .isEqualTo(first);
          boolean random = !call.startsWith("constant");
          assertThat(Arrays.equals(parameters(model, 5).get(0), first.get(0))).isEqualTo(!random);
          assertThat(Arrays.equals(first.get(1), first.get(0))).as("W and V").isEqualTo(!random);
          boolean single = variant == Variant.FLOAT_FAST || variant == Variant.FLOAT_TEXTBOOK;
          for (int i = 0; i < 2; i++) {
            assertThat(first.get(i))
                .as("%s in %s", call, variant)
                .containsExactly(draw(network, i, 4), within(single ? 1e-6 : 1e-15));
          }
        });
  }

  private static List<double[]> parameters(Model model, long seed) {
    model.initialize(seed);
    List<double[]> numbers = new ArrayList<>();
    for (Tensor parameter : model.parameters()) {
      numbers.add(Results.numbers(parameter, parameter.length()));
    }
    return numbers;
  }
}
