package dev.peephole.proof;

import dev.peephole.ir.Program;
import dev.peephole.kernel.Style;
import dev.peephole.opencl.OnDevice;
import dev.peephole.runtime.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Samples and random programs on a device; more of both with {@code -Dproof.device=true}. */
class ProgramsOnDeviceTest {
  private static final int RANDOM = OnDevice.EVERYTHING ? 40 : 3;
  private static final Set<String> SAMPLES = Set.of("fever.nn", "mlp.nn", "adding.nn");
  private static final Map<String, Program> PROGRAMS = new LinkedHashMap<>();
  private static List<Model> models;

  @BeforeAll
  static void compile() {
    Texts.samples().stream()
        .filter(f -> OnDevice.EVERYTHING || SAMPLES.contains(f.getFileName().toString()))
        .forEach(f -> PROGRAMS.put(f.getFileName().toString(), Texts.network(f).program()));
    for (int seed = 0; seed < RANDOM; seed++) {
      PROGRAMS.put("random program " + seed, Texts.network(RandomProgram.text(seed)).program());
    }
    models = OnDevice.models(List.copyOf(PROGRAMS.values()), Style.FAST);
  }

  static List<String> programs() {
    return List.copyOf(PROGRAMS.keySet());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void computesTheSame(String name) {
    Program program = PROGRAMS.get(name);
    Model model = models.get(programs().indexOf(name));
    OnDevice.compare(model, program, Point.random(program, 3, 17), name);
  }
}
