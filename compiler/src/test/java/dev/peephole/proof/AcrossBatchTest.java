package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Network;
import dev.peephole.ir.Program;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.runtime.Joint;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Share;
import dev.peephole.runtime.kernel.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is computed across a batch: gradients against central differences, the generated code
 * against the evaluator, and threads that each have a share of the batch against one that has it
 * all.
 */
class AcrossBatchTest {
  private static final int BATCH = 5;
  private static final double ROUNDING = 1e-11;
  private static final double ALLOWED = 1e-6;

  private static final String LAYERS =
      """
      layer normed(x: [n]) {
        param gain: [n] = 1
        state centre: [n] = 0
        state counted = 0
        count = size(x, batch)
        m = mean(x, batch)
        v = var(x, batch)
        centre = 0.9 * prev centre + 0.1 * m * count / max(count - 1, 1)
        counted = prev counted + count
        return gain * where(training, (x - m) / sqrt(v + 0.01), x - prev centre)
      }

      // The greatest places of the batch count as 1.
      layer ranked(x: [n, m]) {
        param power: [] = 1
        return x / (1 + power * max(abs(x), [batch, 0]))
      }

      """;

  /** Bodies after an input, by that. */
  private static final Map<String, List<String>> BODIES =
      Map.of(
          "[3]",
          List.of(
              "h = x |> dense(4) |> normed |> tanh |> dense(2) |> normed   loss mean(h ^ 3)",
              "h = x |> dense(2)   loss sqrt(mean(h ^ 2, [batch, 0]))",
              "h = x |> dense(2)   loss sum(h * sum(h, batch)) + sum(max(h, batch) ^ 2)"),
          "[2, 3, 2]",
          List.of(
              "h = x |> normed |> ranked   loss sum(h ^ 2) + sum(sum(h, batch)) / size(h, batch)"),
          "[*, 3]",
          List.of("h = x |> dense(2) |> normed |> rnn(3) |> normed   loss sum(h ^ 3)"));

  /** The network's code in both styles. */
  private static final Map<Network, Map<Variant, Model>> MODELS = new LinkedHashMap<>();

  @BeforeAll
  static void compile() {
    List<Network> networks =
        BODIES.entrySet().stream()
            .flatMap(e -> e.getValue().stream().map(body -> network(e.getKey(), body)))
            .toList();
    List<Map<Variant, Model>> models =
        Generated.models(
            networks.stream().map(Network::program).toList(),
            List.of(Variant.TEXTBOOK, Variant.FAST));
    for (int i = 0; i < networks.size(); i++) {
      MODELS.put(networks.get(i), models.get(i));
    }
  }

  static Set<Network> networks() {
    return MODELS.keySet();
  }

  private static Network network(String input, String body) {
    String lines = body.replace("   loss", "\n  output h\n  loss");
    return Texts.network(
        LAYERS + "network Across {\n  input x: %s\n  %s\n}\n".formatted(input, lines));
  }

  private static Point point(Program program) {
    int[] lengths = {2, 5, 1, 4, 3};
    return Point.random(program, BATCH, lengths, 3);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsAreThoseOfCentralDifferences(Network network) {
    for (Mode mode : List.of(new Mode(0, 1), new Mode())) {
      Point point = point(network.checked());
      Results derived =
          Results.interpreted(network.program(), network.program().step(), point, mode);
      CentralDifferences differences = CentralDifferences.of(network.checked(), point, mode, 13);
      assertThat(differences.largestError(derived)).isLessThan(ALLOWED);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void allCodeComputesWhatTheEvaluatorDoes(Network network) throws Exception {
    Program program = network.program();
    Point point = point(program);
    Mode mode = new Mode(0, 1);
    Results expected = Results.interpreted(program, program.step(), point, mode);
    for (Variant variant : List.of(Variant.TEXTBOOK, Variant.FAST)) {
      Model model = MODELS.get(network).get(variant);
      assertThat(model.acrossBatch()).isTrue();
      assertThat(model.join(Joint.ALONE)).isEqualTo(variant == Variant.FAST);
      model.mode().copyFrom(mode);
      Results found = Results.generated(model, program, point);
      assertThat(Difference.between(found, expected).error()).isLessThan(ROUNDING);
    }
    Model fast = MODELS.get(network).get(Variant.FAST);
    Results one = shared(fast, program, point, mode, BATCH);
    assertThat(Difference.between(one, expected).error()).isLessThan(ROUNDING);
    if (program.lengths().isEmpty()) {
      Results two = shared(fast, program, point, mode, 2);
      assertThat(Difference.between(two, expected).error()).isLessThan(ROUNDING);
      assertThat(shared(fast, program, point, mode, 2).values().get("loss"))
          .isEqualTo(two.values().get("loss"));
    }
  }

  /** By threads together: what they have of loss and gradients adds up, states are all the same. */
  private static Results shared(Model fast, Program program, Point point, Mode mode, int threads)
      throws Exception {
    Joint joint = new Joint(threads);
    joint.begin(threads);
    List<Future<Results>> parts = new ArrayList<>();
    ExecutorService team = Executors.newFixedThreadPool(threads);
    for (int k = 0; k < threads; k++) {
      Share share = new Share(k, threads);
      Point own = point.examples(program, share.begin(BATCH), share.end(BATCH));
      Model model = Generated.another(fast);
      model.join(joint.member(k));
      model.mode().copyFrom(mode);
      parts.add(team.submit(() -> Results.generated(model, program, own)));
    }
    List<Results> all = new ArrayList<>();
    for (Future<Results> part : parts) {
      all.add(part.get());
    }
    team.shutdown();
    Map<String, double[]> whole = new LinkedHashMap<>();
    for (String name : all.get(0).values().keySet()) {
      List<double[]> each = all.stream().map(r -> r.values().get(name)).toList();
      if (name.startsWith("state")) {
        each.forEach(state -> assertThat(state).isEqualTo(each.get(0)));
        whole.put(name, each.get(0));
      } else if (name.startsWith("output")) {
        whole.put(name, each.stream().flatMapToDouble(Arrays::stream).toArray());
      } else {
        whole.put(name, sum(each));
      }
    }
    return new Results(whole);
  }

  private static double[] sum(List<double[]> parts) {
    return IntStream.range(0, parts.get(0).length)
        .mapToDouble(i -> parts.stream().mapToDouble(part -> part[i]).sum())
        .toArray();
  }

  @Test
  void whatIsOfSingleExamplesIsNotAcrossTheBatch() {
    Program program =
        Texts.network(
                """
                layer counted(x) {
                  state steps = 0
                  steps = prev steps + 1
                  return x + prev steps
                }
                network Alone {
                  input x: [3]
                  h = x |> dense(2) |> counted
                  output h
                  loss sum(h ^ 2)
                }
                """)
            .program();
    assertThat(Generated.model(program, Variant.FAST).acrossBatch()).isFalse();
  }
}
