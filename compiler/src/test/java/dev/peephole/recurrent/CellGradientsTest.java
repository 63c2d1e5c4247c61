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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What backpropagation through time derives for cells of all sorts, as generated code computes it
 * in double precision, against differences of the loss of the checked program, which no pass has
 * touched.
 */
class CellGradientsTest {
  private static final List<Integer> STEPS = List.of(1, 2, 7);
  private static final List<Integer> BATCHES = List.of(1, 5);
  private static final List<Variant> VARIANTS = List.of(Variant.TEXTBOOK, Variant.FAST);
  private static final double SLOPES = 1e-7;
  private static final double ROUNDING = 1e-12;
  private static final Map<Sequences, Network> NETWORKS = new LinkedHashMap<>();
  private static final Map<Sequences, Map<Variant, Model>> MODELS = new LinkedHashMap<>();
  private static final RelativeError LARGEST = new RelativeError();

  /** A case over sequences of one length. */
  record Sequences(CellCase cells, int steps) {
    String text() {
      return cells.text(steps);
    }

    @Override
    public String toString() {
      return cells + ", T = " + steps;
    }
  }

  @BeforeAll
  static void compile() {
    List<Sequences> all = sequences();
    all.forEach(s -> NETWORKS.put(s, Texts.network(s.text())));
    List<Program> programs = NETWORKS.values().stream().map(Network::program).toList();
    List<Map<Variant, Model>> models = Generated.models(programs, VARIANTS);
    IntStream.range(0, all.size()).forEach(k -> MODELS.put(all.get(k), models.get(k)));
  }

  @AfterAll
  static void report() {
    System.out.println("Gradients of cells, largest relative error: " + LARGEST);
  }

  static List<Sequences> sequences() {
    List<Sequences> all = new ArrayList<>();
    CellCase.all().forEach(c -> STEPS.forEach(steps -> all.add(new Sequences(c, steps))));
    return all;
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void areSlopes(Sequences tested) {
    Network network = NETWORKS.get(tested);
    Program checked = network.checked();
    for (int batch : BATCHES) {
      Point point = Point.random(checked, batch, 31);
      CentralDifferences slopes = CentralDifferences.of(checked, point, 7);
      MODELS
          .get(tested)
          .forEach(
              (variant, model) -> {
                Results results = Results.generated(model, network.program(), point);
                double error = slopes.largestError(results);
                LARGEST.note(variant + " against slopes", error);
                assertThat(error)
                    .as("%s, %s, a batch of %s, in%n%s", tested, variant, batch, tested.text())
                    .isLessThan(SLOPES);
              });
    }
  }

  /** A batch's outputs are those of its examples, its loss and gradients the means of theirs. */
  @ParameterizedTest
  @MethodSource("sequences")
  void aBatchOfFourIsFourBatchesOfOne(Sequences tested) {
    Program program = NETWORKS.get(tested).program();
    Point point = Point.random(program, 4, 37);
    Results reference = Results.interpreted(program, point);
    MODELS
        .get(tested)
        .forEach(
            (variant, model) -> {
              Results together = Results.generated(model, program, point);
              List<Results> single =
                  IntStream.range(0, 4)
                      .mapToObj(k -> Results.generated(model, program, point.example(program, k)))
                      .toList();
              require(together, Results.mean(single), "4 at once or 1 by 1", tested);
              require(together, reference, variant + " against the evaluator", tested);
            });
  }

  private static void require(Results actual, Results expected, String what, Sequences tested) {
    double error = LARGEST.note(what, RelativeError.of(actual, expected));
    assertThat(error).as("%s, %s, in%n%s", tested, what, tested.text()).isLessThan(ROUNDING);
  }
}
