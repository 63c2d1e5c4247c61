package dev.peephole.pass.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.ir.Program;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.pass.lower.ToKernels;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.proof.Generated;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.proof.Point;
import dev.peephole.proof.RandomProgram;
import dev.peephole.proof.Results;
import dev.peephole.proof.Texts;
import dev.peephole.recurrent.RandomCell;
import dev.peephole.runtime.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who shares a buffer, who must not, and how much room that saves. */
class ShareBuffersTest {
  private static final Path BENCHMARKS = Path.of("..", "benchmarks", "models");

  static Stream<String> programs() {
    return Stream.of(
            Texts.samples().stream().map(Texts::read),
            LongStream.range(0, 12).mapToObj(RandomProgram::text),
            LongStream.range(0, 12).mapToObj(RandomCell::text))
        .flatMap(texts -> texts);
  }

  private static ToKernels.Network network(Program program) {
    return Pipeline.lower(program, Optimization.of(Style.FAST));
  }

  private static Map<String, String> shared(String text) {
    Map<String, String> names = new TreeMap<>();
    network(Texts.network(text).program())
        .shared()
        .forEach((var, in) -> names.put(var.name(), in.name()));
    return names;
  }

  /** z is written over xW, which nothing reads again; dz over dh, and dp shares with none. */
  @Test
  void aLoopWritesOverWhatItReadsForTheLastTime() {
    Map<String, String> shared =
        shared(
            """
            network Fit {
              input  x: [4]
              target y: [4]
              h = tanh(dense(x, 4))
              output p = dense(h, 4)
              loss mse(p, y)
            }
            """);
    assertThat(shared).containsEntry("h", "xW1").containsEntry("dz", "xW1");
  }

  /** Both gates' arguments read z; whoever comes first must leave it as it is. */
  @Test
  void aLoopLeavesWhatIsReadAgain() {
    Map<String, String> shared =
        shared(
            """
            network Gated {
              input  x: [4]
              target y: [4]
              z = dense(x, 4)
              output p = tanh(z) * sigmoid(z)
              loss mse(p, y)
            }
            """);
    assertThat(shared).doesNotContainEntry("tanh", "z").doesNotContainEntry("sigmoid", "z");
  }

  /** What the training loop sees is nobody else's, and there is room for who shares. */
  @ParameterizedTest
  @MethodSource("programs")
  void sharesNothingThatTheTrainingLoopSees(String text) {
    ToKernels.Network network = network(Texts.network(text).program());
    Set<Var> seen = new HashSet<>(network.program().step().inputs());
    seen.addAll(network.program().step().outputs());
    network
        .shared()
        .forEach(
            (var, in) -> {
              assertThat(seen).doesNotContain(var, in);
              assertThat(network.shared()).doesNotContainKey(in);
              assertThat(BufferSize.of(in).covers(BufferSize.of(var))).isTrue();
              for (int examples : new int[] {1, 32}) {
                for (int steps : new int[] {1, 50}) {
                  assertThat(in.shape().forBatch(examples, steps).size())
                      .isGreaterThanOrEqualTo(var.shape().forBatch(examples, steps).size());
                }
              }
            });
  }

  /** Predictions between the loss and the gradients, and states that are carried behind them. */
  @ParameterizedTest
  @MethodSource("programs")
  void predictionsInBetweenChangeNoGradient(String text) {
    Program program = Texts.network(text).program();
    Point point = Point.random(program, 3, 53);
    Model model = Generated.model(program, Variant.FAST);
    Map<String, double[]> expected = Results.generated(model, program, point).values();
    Results.set(model, program, point);
    model.predict(point.batch());
    model.loss(point.batch());
    model.predict(point.batch());
    model.backward(point.batch());
    model
        .gradients()
        .forEach(
            d ->
                assertThat(Results.numbers(d, d.length()))
                    .as("d %s%n%s", d.name(), text)
                    .containsExactly(expected.get("d " + d.name())));
  }

  /** Numbers in buffers that the training loop does not see, with sharing and without. */
  @ParameterizedTest
  @CsvSource({
    "peephole-50, 0.60",
    "gru-50, 0.75",
    "bidirectional-50, 0.50",
    "mlp-large, 0.55",
  })
  void savesRoom(String name, double share) {
    Program program = Texts.network(BENCHMARKS.resolve(name + ".nn")).program();
    ToKernels.Network network = network(program);
    List<Var> all = buffers(network);
    List<Var> own = all.stream().filter(v -> !network.shared().containsKey(v)).toList();
    assertThat(numbers(own)).isLessThan(share * numbers(all));
  }

  private static List<Var> buffers(ToKernels.Network network) {
    Lifetimes lifetimes = new Lifetimes();
    network.phases().values().forEach(lifetimes::add);
    lifetimes.settle();
    List<Var> all = new ArrayList<>(lifetimes.all());
    all.removeAll(network.program().step().outputs());
    return all;
  }

  private static double numbers(List<Var> buffers) {
    return buffers.stream()
        .map(Var::shape)
        .map(s -> s.forBatch(32, 1))
        .mapToDouble(Shape::size)
        .sum();
  }
}
