package dev.peephole.recurrent;

import dev.peephole.ir.Program;
import dev.peephole.kernel.Style;
import dev.peephole.opencl.OnDevice;
import dev.peephole.proof.Point;
import dev.peephole.proof.Texts;
import dev.peephole.runtime.Model;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways to use cells, on a device; all of them with {@code -Dproof.device=true}. */
class CellsOnDeviceTest {
  private static final int STEPS = 3;
  private static final Set<String> TYPICAL =
      Set.of(
          "x |> lstm(4, peepholes: true)",
          "gru(4) over [2, T, 3]",
          "x |> bidirectional(lstm, 3) |> bidirectional(gru, 2)",
          "reader",
          "conditional");
  private static final List<CellCase> CASES =
      CellCase.all().stream()
          .filter(c -> OnDevice.EVERYTHING || TYPICAL.contains(c.toString()))
          .toList();
  private static final List<Program> PROGRAMS =
      CASES.stream().map(c -> Texts.network(c.text(STEPS)).program()).toList();

  private static List<Model> models;

  @BeforeAll
  static void compile() {
    models = OnDevice.models(PROGRAMS, Style.FAST);
  }

  static IntStream numbers() {
    return IntStream.range(0, CASES.size());
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void computesTheSame(int number) {
    Program program = PROGRAMS.get(number);
    Point point = Point.random(program, 2, 23);
    OnDevice.compare(models.get(number), program, point, CASES.get(number).toString());
  }
}
