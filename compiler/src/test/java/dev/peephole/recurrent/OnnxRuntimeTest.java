package dev.peephole.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.ir.Program;
import dev.peephole.proof.Generated;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.proof.Point;
import dev.peephole.proof.Results;
import dev.peephole.proof.Texts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The library's peephole LSTM against the operator of ONNX Runtime, outputs of all steps and final
 * states; {@code MakeOnnxFixture.java} beside the fixture made it, in single precision.
 */
class OnnxRuntimeTest {
  private static final double ALLOWED = 1e-6;
  private static final int STEPS = 7;
  private static final int UNITS = 5;
  private static final RelativeError LARGEST = new RelativeError();
  private static final String NETWORK =
      """

      network States {
        input  x: [7, 4]
        target y: [7, 10]
        output both = states(x, 5, peepholes: true)
        loss mse(both, y)
      }
      """;

  @AfterAll
  static void report() {
    System.out.println("Peephole LSTM against ONNX Runtime, largest relative error: " + LARGEST);
  }

  /** The library's own text of the cell, but that it returns both of its states. */
  private static String text() {
    String library = Texts.read(Path.of("src/main/resources/std/recurrent.nn"));
    Matcher lstm =
        Pattern.compile("^cell lstm.*?^}$", Pattern.MULTILINE | Pattern.DOTALL).matcher(library);
    assertThat(lstm.find()).isTrue();
    return lstm.group()
            .replace("cell lstm", "cell states")
            .replace("return s", "return concat(s, c)")
        + NETWORK;
  }

  @Test
  void agree() {
    Program program = Texts.network(text()).program();
    Fixture fixture = Fixture.read("onnx");
    Map<String, double[]> values = new LinkedHashMap<>();
    fixture
        .numbers()
        .forEach((name, v) -> values.put(name.equals("x") ? name : "states." + name, v));
    values.put("y", new double[Fixture.BATCH * STEPS * 2 * UNITS]);
    Point point = new Fixture(values).point(program);
    compare("evaluator", Results.interpreted(program, point).output(), fixture);
    for (Variant variant : Variant.all()) {
      Results results = Results.generated(Generated.model(program, variant), program, point);
      compare(variant.toString(), results.output(), fixture);
    }
  }

  private static void compare(String what, double[] both, Fixture fixture) {
    require(what, "h", columns(both, 0, 0), fixture);
    require(what, "s", columns(both, 0, STEPS - 1), fixture);
    require(what, "c", columns(both, UNITS, STEPS - 1), fixture);
  }

  /** One of the two states, of the steps from {@code first}. */
  private static double[] columns(double[] both, int column, int first) {
    return IntStream.range(0, Fixture.BATCH * STEPS)
        .filter(row -> row % STEPS >= first)
        .map(row -> row * 2 * UNITS + column)
        .mapToObj(from -> Arrays.copyOfRange(both, from, from + UNITS))
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private static void require(String what, String name, double[] actual, Fixture fixture) {
    double error = LARGEST.note(what, RelativeError.of(actual, fixture.get(name)));
    assertThat(error).as("%s, %s", name, what).isLessThan(ALLOWED);
  }
}
