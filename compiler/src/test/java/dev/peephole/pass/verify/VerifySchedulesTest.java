package dev.peephole.pass.verify;

import static dev.peephole.pass.verify.ChangedKernels.refused;
import static dev.peephole.pass.verify.ChangedKernels.twice;
import static dev.peephole.pass.verify.ChangedKernels.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Schedule;
import dev.peephole.kernel.Style;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.proof.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels of initializers and optimizers are held to the same rules as a network's. */
class VerifySchedulesTest {

  private static Program program(String initializer, String optimizer) {
    return Texts.network(
            """
            initializer mirrored() {
              drawn = random_normal()
              return drawn + transpose(drawn)
            }

            network Fit {
              input  x: [2]
              target y: [1]
              param W: [2, 2] = %s
              output p = dense(x @ W, 1)
              loss mse(p, y)
            }

            train Fit {
              data      xor() { x = x   y = y }
              optimizer %s
            }
            """
                .formatted(initializer, optimizer))
        .program();
  }

  private static Schedule initializer(String initializer) {
    Program program = program(initializer, "sgd()");
    return Pipeline.initializer(program.parameters().get(0).initializer(), "W");
  }

  private static void verify(Schedule schedule) {
    VerifyKernels.verify(schedule, "the rule", "here");
  }

  /** The first of them has a kernel beside the draw, the second works in place. */
  @ParameterizedTest
  @ValueSource(strings = {"mirrored()", "orthogonal", "glorot_uniform", "constant(2)"})
  void everyKernelOfAnInitializerIsNeededOnce(String initializer) {
    Schedule schedule = initializer(initializer);
    List<Kernel> kernels = schedule.kernels();
    for (int i = 0; i < kernels.size(); i++) {
      Schedule fewer = schedule.withKernels(without(kernels, i));
      Schedule more = schedule.withKernels(twice(kernels, i));
      refused(() -> verify(fewer), "in the rule", "reads", "nothing before it has written");
      refused(() -> verify(more), "in the rule", "written");
    }
  }

  @Test
  void whatIsReadElsewhereIsNotWrittenOver() {
    Schedule schedule = initializer("mirrored()");
    Var drawn = schedule.kernels().get(0).results().get(0);
    Var whole = schedule.outputs().get(0);
    assertThat(schedule.shared()).isEmpty();
    refused(
        () -> verify(schedule.withShared(Map.of(drawn, whole))),
        "writes %s over %s".formatted(whole.name(), drawn.name()),
        "while it reads that elsewhere");
  }

  /** What is drawn is in the parameter's own array, which is read while it is written. */
  @ParameterizedTest
  @ValueSource(strings = {"orthogonal", "normal"})
  void whatIsDrawnIsInThePlaceOfTheParameter(String initializer) {
    Schedule schedule = initializer(initializer);
    assertThat(schedule.shared()).containsValue(schedule.outputs().get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd(momentum: 0.9, nesterov: true)",
        "adagrad()",
        "rmsprop()",
        "adadelta()",
        "adam()",
        "adamw()",
        "nadam()"
      })
  void everyStatementOfAnOptimizerIsNeededOnce(String optimizer) {
    Program program = program("orthogonal", optimizer);
    Schedule schedule =
        Pipeline.optimizer(program.optimizer().orElseThrow(), Optimization.of(Style.FAST))
            .schedule();
    for (int k = 0; k < schedule.kernels().size(); k++) {
      Kernel.Loop loop = (Kernel.Loop) schedule.kernels().get(k);
      for (int s = 0; s < loop.body().size(); s++) {
        Schedule fewer = with(schedule, k, loop.withBody(without(loop.body(), s)));
        Schedule more = with(schedule, k, loop.withBody(twice(loop.body(), s)));
        refused(() -> verify(fewer), "in the rule", "reads", "nothing before it has written");
        if (loop.body().get(s).stored()) {
          refused(() -> verify(more), "in the rule", "written");
        }
      }
    }
  }

  private static Schedule with(Schedule schedule, int place, Kernel kernel) {
    List<Kernel> changed = new ArrayList<>(schedule.kernels());
    changed.set(place, kernel);
    return schedule.withKernels(changed);
  }
}
