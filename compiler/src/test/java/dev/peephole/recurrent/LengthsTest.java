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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sequences of different lengths in one batch: outputs, loss and every gradient are those of the
 * sequences one by one, whatever stands in the padding.
 */
class LengthsTest {
  private static final int[] LENGTHS = {4, 1, 6, 3};
  private static final List<Variant> VARIANTS = List.of(Variant.TEXTBOOK, Variant.FAST);
  private static final double ROUNDING = 1e-12;
  private static final double SLOPES = 1e-7;
  private static final Map<OpenCase, Network> NETWORKS = new LinkedHashMap<>();
  private static final Map<OpenCase, Map<Variant, Model>> MODELS = new LinkedHashMap<>();
  private static final RelativeError LARGEST = new RelativeError();

  @BeforeAll
  static void compile() {
    OpenCase.all().forEach(c -> NETWORKS.put(c, Texts.network(c.text())));
    List<Program> programs = NETWORKS.values().stream().map(Network::program).toList();
    List<Map<Variant, Model>> models = Generated.models(programs, VARIANTS);
    List<OpenCase> all = OpenCase.all();
    IntStream.range(0, all.size()).forEach(k -> MODELS.put(all.get(k), models.get(k)));
  }

  @AfterAll
  static void report() {
    System.out.println("Sequences of different lengths, largest relative error: " + LARGEST);
  }

  static List<OpenCase> cases() {
    return OpenCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aBatchIsItsSequencesOneByOne(OpenCase tested) {
    Program program = NETWORKS.get(tested).program();
    Point point = Point.random(program, LENGTHS.length, LENGTHS, 37);
    List<Point> examples =
        IntStream.range(0, LENGTHS.length).mapToObj(k -> point.example(program, k)).toList();
    Results reference = Results.interpreted(program, point);
    Results single =
        Results.mean(examples.stream().map(e -> Results.interpreted(program, e)).toList());
    require(reference, single, "evaluator at once or 1 by 1", tested);
    MODELS
        .get(tested)
        .forEach(
            (variant, model) -> {
              Results together = Results.generated(model, program, point);
              require(together, reference, variant + " against the evaluator", tested);
              Results apart =
                  Results.mean(
                      examples.stream().map(e -> Results.generated(model, program, e)).toList());
              require(together, apart, variant + " at once or 1 by 1", tested);
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void paddingDoesNotMatter(OpenCase tested) {
    Program program = NETWORKS.get(tested).program();
    Point point = Point.random(program, LENGTHS.length, LENGTHS, 41);
    MODELS
        .get(tested)
        .forEach(
            (variant, model) -> {
              Results plain = Results.generated(model, program, point);
              for (double padding : new double[] {0, -1e30, 1e300}) {
                Point other = point.withPadding(program, padding);
                Results padded = Results.generated(model, program, other);
                padded
                    .values()
                    .forEach(
                        (name, numbers) ->
                            assertThat(numbers).as(name).isEqualTo(plain.values().get(name)));
              }
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreSlopes(OpenCase tested) {
    Network network = NETWORKS.get(tested);
    Program checked = network.checked();
    Point point = Point.random(checked, LENGTHS.length, LENGTHS, 43);
    Results results =
        Results.generated(MODELS.get(tested).get(Variant.FAST), network.program(), point);
    double error = CentralDifferences.of(checked, point, 7).largestError(results);
    LARGEST.note("against slopes", error);
    assertThat(error).as("%s, in%n%s", tested, tested.text()).isLessThan(SLOPES);
  }

  private static void require(Results actual, Results expected, String what, OpenCase tested) {
    double error = LARGEST.note(what, RelativeError.of(actual, expected));
    assertThat(error).as("%s, %s, in%n%s", tested, what, tested.text()).isLessThan(ROUNDING);
  }
}
