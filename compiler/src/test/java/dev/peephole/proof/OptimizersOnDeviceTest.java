package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.ir.Program;
import dev.peephole.kernel.Style;
import dev.peephole.opencl.OnDevice;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.opencl.DeviceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimizer on a device: its parameters and its memory after some steps, as on the CPU. */
class OptimizersOnDeviceTest {
  private static final int EXAMPLES = 3;
  private static final int STEPS = 4;

  /** What it has moved by then is much more than this. */
  private static final double BOUND = 1e-6;

  private static final List<String> CALLS =
      Stream.concat(
              OptimizersTest.calls().distinct(),
              Stream.of(OptimizersTest.GROUPS, "lamb on W\n optimizer frozen on b"))
          .toList();

  private static List<Model> here;
  private static List<Model> there;

  @BeforeAll
  static void compile() {
    List<Program> programs =
        CALLS.stream().map(call -> OptimizersTest.network(call).program()).toList();
    there = OnDevice.models(programs, Style.FAST);
    Variant variant = Variant.FLOAT_TEXTBOOK;
    here = Generated.models(programs, List.of(variant)).stream().map(m -> m.get(variant)).toList();
  }

  static IntStream numbers() {
    return IntStream.range(0, CALLS.size());
  }

  private static List<double[]> trained(Model model) {
    model.reserve(EXAMPLES);
    model.initialize(5);
    List<Tensor> given = new ArrayList<>(model.inputs());
    given.addAll(model.targets());
    for (Tensor tensor : given) {
      for (int k = 0; k < tensor.length(); k++) {
        tensor.set(k, Math.sin(k + tensor.length()));
      }
    }
    for (int step = 1; step <= STEPS; step++) {
      model.loss(EXAMPLES);
      model.backward(EXAMPLES);
      model.update(Moment.of(step));
    }
    model.download();
    List<Tensor> all = new ArrayList<>(model.parameters());
    all.addAll(model.optimizerStates());
    return all.stream().map(t -> Results.numbers(t, t.length())).toList();
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void movesTheSame(int number) {
    List<double[]> expected = trained(here.get(number));
    DeviceModel model = (DeviceModel) there.get(number);
    List<double[]> found = trained(model);
    assertThat(found).hasSameSizeAs(expected).hasSizeGreaterThan(1);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i))
          .as("%s of %s", i, CALLS.get(number))
          .containsExactly(expected.get(i), within(BOUND));
    }
    model.checkGuards();
    model.release();
  }
}
