package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Network;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Optimization;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.recurrent.RandomCell;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Share;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Moment;
import java.nio.file.Path;
import java.util.HashMap;
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
  private static final String NORMED =
      """
      network Normed {
        input  x: [3]
        h = dense(x, 4)
        output p = dense(h / sqrt(var(h, batch) + 0.1), 2)
        loss sum(p ^ 2)
      }
      train Normed {
        data      csv("data.csv") { x = columns 0 .. 3 }
        optimizer sgd(0.1)
      }
      """;
  private static final Path BENCHMARKS = Path.of("..", "benchmarks", "models");
  private static final Map<String, Network> NETWORKS = new LinkedHashMap<>();
  private static final Map<Precision, Map<String, String>> TEXTS = new HashMap<>();
  private static final Map<Precision, Map<String, Results>> WITH_ALL = new HashMap<>();

  @BeforeAll
  static void computeWithAll() {
    Texts.samples().forEach(file -> add(file.getFileName().toString(), Texts.read(file)));
    for (String name : List.of("peephole-50", "gru-50", "bidirectional-50", "mlp-small", "xor")) {
      add(name, fewer(Texts.read(BENCHMARKS.resolve(name + ".nn"))));
    }
    add("normed", NORMED);
    LongStream.range(0, 3).forEach(seed -> add("program " + seed, RandomProgram.text(seed)));
    LongStream.range(0, 3).forEach(seed -> add("cell " + seed, RandomCell.text(seed)));
    for (Variant fast : List.of(Variant.FLOAT_FAST, Variant.FAST)) {
      Map<String, String> texts = texts(fast);
      TEXTS.put(fast.precision(), texts);
      WITH_ALL.put(fast.precision(), results(texts));
    }
  }

  /** A network, by the name that its class gets. */
  private static void add(String name, String text) {
    NETWORKS.put("Of_" + name.replaceAll("\\W", "_"), Texts.network(text));
  }

  /** The same network with fewer units and time steps. */
  private static String fewer(String text) {
    return text.replaceAll("\\b128\\b", "20").replaceAll("\\b50\\b", "7");
  }

  private static Map<String, String> texts(Variant variant) {
    Map<String, String> texts = new LinkedHashMap<>();
    NETWORKS.forEach(
        (name, network) ->
            texts.put(
                name, Generated.text(network.program(variant.optimizations()), name, variant)));
    return texts;
  }

  /** What networks compute at a point, and their parameters after a step from there. */
  private static Map<String, Results> results(Map<String, String> texts) {
    Map<String, Results> all = new LinkedHashMap<>();
    Generated.models(texts)
        .forEach((name, model) -> all.put(name, results(NETWORKS.get(name).program(), model)));
    return all;
  }

  private static Results results(Program program, Model model) {
    Results results = Results.generated(model, program, Point.random(program, 3, 47));
    Map<String, double[]> values = new LinkedHashMap<>(results.values());
    if (program.optimizer().isPresent()) {
      for (int thread = 0; thread < THREADS; thread++) {
        model.update(Moment.of(1), new Share(thread, THREADS));
      }
      for (Tensor parameter : model.parameters()) {
        values.put(parameter.name(), Results.numbers(parameter, parameter.length()));
      }
    }
    return new Results(values);
  }

  /**
   * The networks whose code is another without the optimisation, in single precision, which is what
   * trains, where bits are compared; else in double.
   */
  @ParameterizedTest
  @EnumSource
  void computesTheSameWithout(Optimization optimization) {
    Precision precision = optimization.exact() ? Precision.FLOAT : Precision.DOUBLE;
    Map<String, String> changed = texts(Variant.without(optimization, precision));
    changed.entrySet().removeAll(TEXTS.get(precision).entrySet());
    assertThat(changed).as("networks that %s changes", optimization).isNotEmpty();
    results(changed)
        .forEach(
            (name, found) -> {
              Results expected = WITH_ALL.get(precision).get(name);
              Difference difference = Difference.between(expected, found);
              assertThat(difference.error())
                  .as("%s of %s without %s", difference.what(), name, optimization)
                  .isLessThanOrEqualTo(optimization.exact() ? 0 : ROUNDING);
            });
  }
}
