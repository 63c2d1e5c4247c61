package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Network;
import dev.peephole.ir.Program;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.kernel.Mode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The library's normalisations against PyTorch's: outputs, gradients and running statistics. */
class NormalizationTest {
  private static final Fixture FIXTURE = Fixture.read("normalization");
  private static final double ROUNDING = 1e-11;
  private static final double IN_FLOAT = 2e-4;
  private static final Map<String, Program> PROGRAMS = new LinkedHashMap<>();
  private static final Map<String, Map<Variant, Model>> MODELS = new LinkedHashMap<>();

  @BeforeAll
  static void compile() {
    calls().forEach(call -> PROGRAMS.put(call, network(call).program()));
    List<Map<Variant, Model>> models =
        Generated.models(
            List.copyOf(PROGRAMS.values()),
            List.of(Variant.TEXTBOOK, Variant.FAST, Variant.FLOAT_FAST));
    int number = 0;
    for (String call : PROGRAMS.keySet()) {
      MODELS.put(call, models.get(number++));
    }
  }

  static Stream<String> calls() {
    return FIXTURE.values().keySet().stream()
        .filter(k -> k.endsWith(" shape"))
        .map(k -> k.substring(0, k.length() - 6));
  }

  private static Network network(String call) {
    return Texts.network(
        """
        network Normed {
          input  x: %1$s
          target u: %1$s
          param W: %1$s = 1
          h = x * W
          output y = %2$s
          loss sum(u * y)
        }
        """
            .formatted(shape(FIXTURE.get(call + " shape")), call));
  }

  /** Without the batch. */
  private static String shape(double[] lengths) {
    return Arrays.stream(lengths)
        .skip(1)
        .mapToObj(length -> String.valueOf((int) length))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** What a network computes at a point, in training or evaluation. */
  private interface Computed {
    Results at(Point point, Mode mode);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void threeStepsAndEvaluation(String call) {
    Program program = PROGRAMS.get(call);
    check(call, (p, mode) -> Results.interpreted(program, program.step(), p, mode), ROUNDING);
    MODELS
        .get(call)
        .forEach(
            (variant, model) ->
                check(
                    call,
                    (point, mode) -> {
                      model.mode().copyFrom(mode);
                      return Results.generated(model, program, point);
                    },
                    variant == Variant.FLOAT_FAST ? IN_FLOAT : ROUNDING));
  }

  private static void check(String call, Computed computed, double allowed) {
    Program program = PROGRAMS.get(call);
    int batch = (int) FIXTURE.get(call + " shape")[0];
    Point point = Point.random(program, batch, 1);
    for (String name : List.of("W", "u", "gain", "shift")) {
      point = point.with(program, name, FIXTURE.get(call + " " + name));
    }
    int states = point.values().size() - program.states().size();
    for (int s = 0; s < program.states().size(); s++) {
      double[] first = new double[point.values().get(states + s).length];
      Arrays.fill(first, program.states().get(s).path().endsWith("variance") ? 1 : 0);
      point = point.with(states + s, first);
    }
    for (String step : List.of("1", "2", "3", "evaluation")) {
      Mode mode = step.equals("evaluation") ? new Mode() : new Mode(0, Long.parseLong(step));
      String at = call + " " + step + " ";
      point = point.with(program, "x", FIXTURE.get(at + "x"));
      Results results = computed.at(point, mode);
      near(at + "y", results.output(), FIXTURE.get(at + "y"), allowed);
      for (var parameter : program.parameters()) {
        String path = parameter.path();
        String name = at + "d" + path.substring(path.indexOf('.') + 1);
        near(name, results.gradient(path), FIXTURE.get(name), allowed);
      }
      for (int s = 0; s < program.states().size(); s++) {
        String path = program.states().get(s).path();
        point = point.with(states + s, results.values().get("state " + path));
      }
    }
    for (int s = 0; s < program.states().size(); s++) {
      String path = program.states().get(s).path();
      String name = call + " " + path.substring(path.indexOf('.') + 1);
      near(name, point.values().get(states + s), FIXTURE.get(name), allowed);
    }
  }

  private static void near(String what, double[] found, double[] expected, double allowed) {
    assertThat(Difference.relative(found, expected, 1e-2)).as(what).isLessThan(allowed);
  }
}
