package dev.peephole.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Program;
import dev.peephole.proof.Generated;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.proof.Point;
import dev.peephole.proof.Results;
import dev.peephole.proof.Texts;
import dev.peephole.runtime.Model;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Outputs of all steps, loss and every gradient as PyTorch's autograd has them; {@code
 * make_fixtures.py} beside the fixtures made them.
 */
class PyTorchTest {
  private static final double IN_DOUBLE = 1e-13;
  private static final double IN_FLOAT = 1e-5;
  private static final RelativeError LARGEST = new RelativeError();

  @AfterAll
  static void report() {
    System.out.println("Cells against PyTorch, largest relative error: " + LARGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rnn",
        "lstm",
        "gru",
        "bidirectional",
        "peepholes",
        "encoder",
        "packed",
        "embedding"
      })
  void agree(String name) {
    Fixture fixture = Fixture.read(name);
    Program program = Texts.network(Fixture.model(name)).program();
    Point point = fixture.point(program);
    compare(name, "evaluator", Results.interpreted(program, point), fixture, IN_DOUBLE);
    for (Variant variant : Variant.all()) {
      Model model = Generated.model(program, variant);
      Results results = Results.generated(model, program, point);
      boolean single = variant.precision() == Precision.FLOAT;
      compare(name, variant.toString(), results, fixture, single ? IN_FLOAT : IN_DOUBLE);
    }
  }

  private static void compare(
      String name, String what, Results results, Fixture fixture, double allowed) {
    Map<String, double[]> expected = expected(fixture);
    assertThat(results.values()).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (value, numbers) -> {
          double error = LARGEST.note(what, RelativeError.of(results.values().get(value), numbers));
          assertThat(error).as("%s of %s, %s", value, name, what).isLessThan(allowed);
        });
  }

  /** What the fixture says of the results, by the names that {@link Results} gives them. */
  private static Map<String, double[]> expected(Fixture fixture) {
    Map<String, double[]> expected = new LinkedHashMap<>();
    expected.put("output 0", fixture.get("p"));
    expected.put("output 1", fixture.get("h"));
    expected.put("loss", fixture.get("loss"));
    fixture
        .numbers()
        .forEach(
            (name, numbers) -> {
              if (name.startsWith("d_")) {
                expected.put("d " + name.substring(2), numbers);
              }
            });
    return expected;
  }
}
