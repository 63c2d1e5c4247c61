package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Network;
import dev.peephole.ir.Program;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.runtime.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reference evaluator and the generated code in both styles and precisions compute the same, on
 * the samples and on random programs; {@code -Dproof.programs=400} tries more of them.
 */
class DifferentialTest {
  private static final int PROGRAMS = Integer.getInteger("proof.programs", 60);
  private static final List<Integer> BATCHES = List.of(1, 3, 8);
  private static final double ROUNDING = 1e-11;
  private static final double SLOPES = 1e-6;
  private static final double SINGLE = 1e-4;
  private static final Map<String, String> TEXTS = new LinkedHashMap<>();
  private static final Map<String, Network> NETWORKS = new LinkedHashMap<>();
  private static final Map<String, Map<Variant, Model>> MODELS = new LinkedHashMap<>();
  private static final Map<String, Difference> LARGEST = new TreeMap<>();

  @BeforeAll
  static void compile() {
    Texts.samples().forEach(f -> TEXTS.put(f.getFileName().toString(), Texts.read(f)));
    for (int seed = 0; seed < PROGRAMS; seed++) {
      TEXTS.put("random program " + seed, RandomProgram.text(seed));
    }
    TEXTS.forEach((name, text) -> NETWORKS.put(name, Texts.network(text)));
    List<Map<Variant, Model>> models =
        Generated.models(NETWORKS.values().stream().map(Network::program).toList(), Variant.all());
    List<String> names = List.copyOf(NETWORKS.keySet());
    IntStream.range(0, names.size()).forEach(i -> MODELS.put(names.get(i), models.get(i)));
  }

  @AfterAll
  static void report() {
    System.out.println(
        "Generated code against the reference evaluator, largest relative difference: "
            + LARGEST.entrySet().stream()
                .map(
                    e ->
                        "%s %.1e (%s)"
                            .formatted(e.getKey(), e.getValue().error(), e.getValue().what()))
                .collect(Collectors.joining(", ")));
  }

  static List<String> programs() {
    return List.copyOf(TEXTS.keySet());
  }

  static List<String> randomPrograms() {
    return programs().stream().filter(name -> name.startsWith("random")).toList();
  }

  private static void note(String what, Difference difference) {
    LARGEST.merge(what, difference, (a, b) -> a.error() >= b.error() ? a : b);
  }

  private static void require(Results a, Results b, double allowed, String what, String name) {
    Difference difference = Difference.between(a, b);
    note(what, new Difference(difference.what() + " of " + name, difference.error()));
    assertThat(difference.error())
        .as("%s of %s, %s, in%n%s", difference.what(), name, what, TEXTS.get(name))
        .isLessThan(allowed);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void allComputeTheSame(String name) {
    Program program = NETWORKS.get(name).program();
    for (int batch : BATCHES) {
      Point point = Point.random(program, batch, 17);
      Results reference = Results.interpreted(program, point);
      for (Map.Entry<Variant, Model> e : MODELS.get(name).entrySet()) {
        boolean single = e.getKey().precision().toString().equals("FLOAT");
        Results generated = Results.generated(e.getValue(), program, point);
        require(reference, generated, single ? SINGLE : ROUNDING, e.getKey().toString(), name);
      }
    }
  }

  /** The loss of a batch is the mean of the losses of its examples, and so are the gradients. */
  @ParameterizedTest
  @MethodSource("programs")
  void aBatchOfEightIsEightBatchesOfOne(String name) {
    Program program = NETWORKS.get(name).program();
    Model model = MODELS.get(name).get(Variant.FAST);
    Point point = Point.random(program, 8, 23);
    List<Results> ones = new ArrayList<>();
    for (int k = 0; k < 8; k++) {
      ones.add(Results.generated(model, program, point.example(program, k)));
    }
    Results together = Results.generated(model, program, point);
    require(together, Results.mean(ones), ROUNDING, "8 at once or 1 by 1", name);
  }

  /** But for what the program asks to be taken as if it were constant. */
  @ParameterizedTest
  @MethodSource("randomPrograms")
  void gradientsAreSlopes(String name) {
    String plain = TEXTS.get(name).replace("stop_gradient", "");
    Network network = plain.equals(TEXTS.get(name)) ? NETWORKS.get(name) : Texts.network(plain);
    double error = GradientsTest.error(network, Point.random(network.checked(), 2, 29));
    note("slopes", new Difference(name, error));
    assertThat(error).as("%s, in%n%s", name, TEXTS.get(name)).isLessThan(SLOPES);
  }
}
