package dev.peephole.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Program;
import dev.peephole.op.Draw;
import dev.peephole.op.OpCase;
import dev.peephole.op.OpCases;
import dev.peephole.op.Orthonormal;
import dev.peephole.proof.Generated;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.proof.Point;
import dev.peephole.proof.Results;
import dev.peephole.runtime.Model;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java that is written for each op computes what the reference does. */
class OpsInJavaTest {
  private static final List<OpCase> CASES =
      OpCases.all().stream()
          .filter(c -> !(c.op() instanceof Draw || c.op() instanceof Orthonormal))
          .filter(c -> !c.op().timed())
          .toList();

  private static List<Map<Variant, Model>> models;

  @BeforeAll
  static void compile() {
    models = Generated.models(CASES.stream().map(OpCase::program).toList(), Variant.all());
  }

  static IntStream numbers() {
    return IntStream.range(0, CASES.size());
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void computesTheSame(int number) {
    OpCase tested = CASES.get(number);
    Program program = tested.program();
    Point point = new Point(OpCase.BATCH, tested.draw(19));
    double[] expected = new Interpreter(OpCase.BATCH, 0).run(program.step(), point.values()).get(0);
    models
        .get(number)
        .forEach(
            (variant, model) -> {
              Results.set(model, program, point);
              model.predict(OpCase.BATCH);
              double[] found = Results.numbers(model.outputs().get(0), expected.length);
              double allowed =
                  variant == Variant.FAST || variant == Variant.TEXTBOOK ? 1e-14 : 3e-6;
              assertThat(found)
                  .as("%s, %s", tested, variant)
                  .containsExactly(expected, within(allowed));
            });
  }
}
