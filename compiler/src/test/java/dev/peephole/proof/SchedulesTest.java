package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.check.scope.Library;
import dev.peephole.interpret.Scheduled;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Program;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.kernel.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schedules against those of PyTorch, step by step over a run of 6 epochs with 5 steps each. */
class SchedulesTest {
  private static final int EPOCHS = 6;
  private static final int EACH = 5;
  private static final Fixture FIXTURE = Fixture.read("schedules");
  private static final Map<String, Program> PROGRAMS = new HashMap<>();
  private static final Map<String, Map<Variant, Model>> MODELS = new HashMap<>();

  static List<String> calls() {
    return FIXTURE.values().keySet().stream().filter(name -> name.contains("(")).toList();
  }

  /** The schedules of the library. */
  static List<String> names() {
    Library library = new Library();
    return library.names().stream()
        .filter(n -> library.find(n).orElseThrow().span().file().name().endsWith("schedules.nn"))
        .toList();
  }

  private static Program program(String rate) {
    return Texts.network(
            """
            network Line {
              input  x: [2]
              target y: [1]
              output p = dense(x, 1)
              loss mse(p, y)
            }
            train Line {
              data      xor() { x = x   y = y }
              split     50 / 50
              epochs    6
              optimizer sgd(rate: %s)
            }
            """
                .formatted(rate))
        .program();
  }

  @BeforeAll
  static void compile() {
    calls().forEach(call -> PROGRAMS.put(call, program(call)));
    List<Map<Variant, Model>> models =
        Generated.models(calls().stream().map(PROGRAMS::get).toList(), Variant.all());
    for (int i = 0; i < models.size(); i++) {
      MODELS.put(calls().get(i), models.get(i));
    }
  }

  /** The moments of the run, in order. */
  private static List<Moment> run() {
    double[] losses = FIXTURE.get("losses");
    List<Moment> run = new ArrayList<>();
    for (int step = 0; step < EPOCHS * EACH; step++) {
      Moment now = new Moment();
      now.resume(Arrays.copyOf(losses, step / EACH));
      run.add(now.at(step + 1, step / EACH + 1, step / (double) (EPOCHS * EACH)));
    }
    return run;
  }

  @Test
  void allAreTested() {
    assertThat(calls().stream().map(c -> c.replaceAll("\\(.*", "")).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(names());
  }

  @ParameterizedTest
  @MethodSource("calls")
  void equationsGiveTheRates(String call) {
    Optimizer optimizer = PROGRAMS.get(call).optimizer().orElseThrow();
    double[] found =
        run().stream().mapToDouble(now -> Scheduled.at(optimizer.options().get(0), now)).toArray();
    assertThat(found).containsExactly(FIXTURE.get(call), within(1e-14));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void generatedCodeGivesTheRates(String call) {
    MODELS
        .get(call)
        .forEach(
            (variant, model) -> {
              boolean single = variant == Variant.FLOAT_FAST || variant == Variant.FLOAT_TEXTBOOK;
              assertThat(model.scheduled(new Moment())).containsOnlyKeys("rate");
              double[] found =
                  run().stream().mapToDouble(now -> model.scheduled(now).get("rate")).toArray();
              assertThat(found)
                  .as("%s", variant)
                  .containsExactly(FIXTURE.get(call), within(single ? 1e-7 : 1e-14));
            });
  }

  /** A schedule of a schedule, and of several options, in a step itself. */
  @Test
  void stepsMoveByTheRateOfTheirMoment() {
    Program program = program("warm_up(cosine(0.1), steps: 4), momentum: 0.5 + 0.4 * progress");
    Map<Variant, Model> models = Generated.models(List.of(program), Variant.all()).get(0);
    models.forEach(
        (variant, model) -> {
          Results.set(model, program, Point.random(program, 2, 3));
          double bias = model.parameters().get(1).get(0);
          double v = 0;
          for (Moment now : run().subList(0, 7)) {
            model.loss(2);
            model.backward(2);
            double p = now.progress();
            double rate = 0.05 * (1 + Math.cos(Math.PI * p)) * Math.min(now.step() / 4.0, 1);
            v = (0.5 + 0.4 * p) * v + model.gradients().get(1).get(0);
            bias -= rate * v;
            model.update(now);
            assertThat(model.parameters().get(1).get(0))
                .as("%s in step %s", variant, now.step())
                .isCloseTo(bias, within(1e-6));
          }
        });
  }
}
