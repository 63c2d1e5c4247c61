package dev.peephole.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Network;
import dev.peephole.ir.Program;
import dev.peephole.proof.CentralDifferences;
import dev.peephole.proof.Generated;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.proof.Point;
import dev.peephole.proof.Results;
import dev.peephole.proof.Texts;
import dev.peephole.runtime.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cells out of random equations: evaluator and generated code compute the same, and the gradients
 * are slopes; {@code -Dproof.cells=400} tries more of them.
 */
class RandomCellsTest {
  private static final int CELLS = Integer.getInteger("proof.cells", 40);
  private static final int BATCH = 2;
  private static final double SLOPES = 1e-6;
  private static final double ROUNDING = 1e-11;
  private static final List<Network> NETWORKS = new ArrayList<>();
  private static final List<Map<Variant, Model>> MODELS = new ArrayList<>();
  private static final RelativeError LARGEST = new RelativeError();

  @BeforeAll
  static void compile() {
    for (int seed = 0; seed < CELLS; seed++) {
      NETWORKS.add(network(seed));
    }
    List<Program> programs = NETWORKS.stream().map(Network::program).toList();
    MODELS.addAll(Generated.models(programs, List.of(Variant.TEXTBOOK, Variant.FAST)));
  }

  private static Network network(int seed) {
    try {
      return Texts.network(RandomCell.text(seed));
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + "\n" + RandomCell.text(seed), e);
    }
  }

  @AfterAll
  static void report() {
    System.out.println("Random cells, " + CELLS + ", largest relative error: " + LARGEST);
  }

  static List<Integer> seeds() {
    return IntStream.range(0, CELLS).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void allComputeTheSame(int seed) {
    Program program = NETWORKS.get(seed).program();
    Point point = Point.random(program, BATCH, 41);
    Results reference = Results.interpreted(program, point);
    List<Results> single =
        IntStream.range(0, BATCH)
            .mapToObj(k -> Results.interpreted(program, point.example(program, k)))
            .toList();
    double apart = RelativeError.of(reference, Results.mean(single));
    require(apart, ROUNDING, "at once or 1 by 1", seed);
    MODELS
        .get(seed)
        .forEach(
            (variant, model) -> {
              Results results = Results.generated(model, program, point);
              require(RelativeError.of(results, reference), ROUNDING, variant.toString(), seed);
            });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void gradientsAreSlopes(int seed) {
    Network network = NETWORKS.get(seed);
    Program checked = network.checked();
    Point point = Point.random(checked, BATCH, 43);
    Results results = Results.interpreted(network.program(), point);
    double error = CentralDifferences.of(checked, point, 7).largestError(results);
    require(error, SLOPES, "slopes", seed);
  }

  private static void require(double error, double allowed, String what, int seed) {
    LARGEST.note(what, error);
    assertThat(error)
        .as("seed %s, %s, in%n%s", seed, what, RandomCell.text(seed))
        .isLessThan(allowed);
  }
}
