package dev.peephole.recurrent;

import dev.peephole.ir.Program;
import dev.peephole.kernel.Style;
import dev.peephole.opencl.OnDevice;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.proof.Point;
import dev.peephole.proof.Texts;
import dev.peephole.runtime.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ways to use cells, over so many steps and over open axes, truncated and carried over, on a
 * device; all of them with {@code -Dproof.device=true}.
 */
class CellsOnDeviceTest {
  private static final int STEPS = 3;
  private static final Set<String> TYPICAL =
      Set.of(
          "x |> lstm(4, peepholes: true)",
          "gru(4) over [2, T, 3]",
          "x |> bidirectional(lstm, 3) |> bidirectional(gru, 2)",
          "reader",
          "conditional",
          "truncated: conditional",
          "carried over: x |> lstm(4, peepholes: true)",
          "carried over, open: x |> gru(4)",
          "open: tags",
          "open: attention over lstm",
          "open: two open axes of one input",
          "open: an open axis that is not the first");
  private static final Map<String, Program> PROGRAMS = new LinkedHashMap<>();

  private static List<Model> models;

  @BeforeAll
  static void compile() {
    for (CellCase cell : CellCase.all()) {
      add(cell.toString(), cell.text(STEPS), 0, false);
      add("truncated: " + cell, cell.text(STEPS), 2, false);
      add("carried over: " + cell, cell.text(STEPS), 2, true);
      add("carried over, open: " + cell, cell.openText(), 0, true);
    }
    OpenCase.all().forEach(c -> add("open: " + c.name(), c.text(), 0, false));
    models = OnDevice.models(List.copyOf(PROGRAMS.values()), Style.FAST);
  }

  private static void add(String name, String text, int truncation, boolean stateful) {
    if (OnDevice.EVERYTHING || TYPICAL.contains(name)) {
      Program checked = Texts.network(text).checked();
      PROGRAMS.put(name, Pipeline.run(checked.reaching(new Program.Reach(truncation, stateful))));
    }
  }

  static List<String> names() {
    return List.copyOf(PROGRAMS.keySet());
  }

  @ParameterizedTest
  @MethodSource("names")
  void computesTheSame(String name) {
    Program program = PROGRAMS.get(name);
    Point point = Point.random(program, 3, 23);
    if (program.stateful()) {
      point = point.with(program, "continues", 1, 0, 1);
    }
    OnDevice.compare(models.get(names().indexOf(name)), program, point, name);
  }
}
