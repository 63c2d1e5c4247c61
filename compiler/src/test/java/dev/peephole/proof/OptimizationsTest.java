package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Network;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Optimization;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.recurrent.RandomCell;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Share;
import dev.peephole.runtime.Tensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What each optimisation of the fast style leaves as it is: the same networks without it have the
 * same outputs, gradients and parameters after a step, to the bit where it says so.
 */
class OptimizationsTest {
  private static final int THREADS = 3;
  private static final double ROUNDING = 1e-11;
  private static final Path BENCHMARKS = Path.of("..", "benchmarks", "models");
  private static final Map<String, Network> NETWORKS = new LinkedHashMap<>();
  private static final Map<String, String> TEXTS = new LinkedHashMap<>();
  private static final Map<Precision, Map<String, Results>> WITH_ALL = new HashMap<>();

  @BeforeAll
  static void computeWithAll() {
    Texts.samples().forEach(file -> add(file.getFileName().toString(), Texts.read(file)));
    for (String name : List.of("peephole-50", "gru-50", "bidirectional-50", "mlp-small", "xor")) {
      add(name, fewer(Texts.read(BENCHMARKS.resolve(name + ".nn"))));
    }
    LongStream.range(0, 3).forEach(seed -> add("program " + seed, RandomProgram.text(seed)));
    LongStream.range(0, 3).forEach(seed -> add("cell " + seed, RandomCell.text(seed)));
    Map<String, Program> programs = new LinkedHashMap<>();
    NETWORKS.forEach((name, network) -> programs.put(name, network.program()));
    programs.forEach((name, p) -> TEXTS.put(name, Generated.text(p, "Model", Variant.FLOAT_FAST)));
    WITH_ALL.put(Precision.FLOAT, results(programs, Variant.FLOAT_FAST));
    WITH_ALL.put(Precision.DOUBLE, results(programs, Variant.FAST));
  }

  private static void add(String name, String text) {
    NETWORKS.put(name, Texts.network(text));
  }

  /** The same network with fewer units and time steps. */
  private static String fewer(String text) {
    return text.replaceAll("\\b128\\b", "20").replaceAll("\\b50\\b", "7");
  }

  /** What networks compute at a point, and their parameters after a step from there. */
  private static Map<String, Results> results(Map<String, Program> programs, Variant variant) {
    Iterator<Map<Variant, Model>> models =
        Generated.models(List.copyOf(programs.values()), List.of(variant)).iterator();
    Map<String, Results> all = new LinkedHashMap<>();
    programs.forEach(
        (name, program) -> all.put(name, results(program, models.next().get(variant))));
    return all;
  }

  private static Results results(Program program, Model model) {
    Results results = Results.generated(model, program, Point.random(program, 3, 47));
    Map<String, double[]> values = new LinkedHashMap<>(results.values());
    if (program.optimizer().isPresent()) {
      for (int thread = 0; thread < THREADS; thread++) {
        model.update(1, new Share(thread, THREADS));
      }
      for (Tensor parameter : model.parameters()) {
        values.put(parameter.name(), Results.numbers(parameter, parameter.length()));
      }
    }
    return new Results(values);
  }

  /** Single precision, which is what trains, where bits are compared; else double. */
  @ParameterizedTest
  @EnumSource
  void computesTheSameWithout(Optimization optimization) {
    Precision precision = optimization.exact() ? Precision.FLOAT : Precision.DOUBLE;
    Variant variant = Variant.without(optimization, precision);
    results(changed(optimization), variant)
        .forEach(
            (name, found) -> {
              Results expected = WITH_ALL.get(precision).get(name);
              Difference difference = Difference.between(expected, found);
              assertThat(difference.error())
                  .as("%s of %s without %s", difference.what(), name, optimization)
                  .isLessThanOrEqualTo(optimization.exact() ? 0 : ROUNDING);
            });
  }

  /** The networks whose code is another without the optimisation. */
  private static Map<String, Program> changed(Optimization optimization) {
    Variant variant = Variant.without(optimization, Precision.FLOAT);
    Map<String, Program> changed = new LinkedHashMap<>();
    NETWORKS.forEach(
        (name, network) -> {
          Program without = Pipeline.run(network.checked(), Optimization.without(optimization));
          if (!Generated.text(without, "Model", variant).equals(TEXTS.get(name))) {
            changed.put(name, without);
          }
        });
    assertThat(changed).as("networks that %s changes", optimization).isNotEmpty();
    return changed;
  }
}
