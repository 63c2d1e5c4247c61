package dev.peephole.proof;

import dev.peephole.driver.Network;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Style;
import dev.peephole.opencl.OnDevice;
import dev.peephole.runtime.Model;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function, layer, cell and loss of the library on a device: outputs and gradients; one way
 * to call each, or all of them with {@code -Dproof.device=true}.
 */
class LibraryOnDeviceTest {
  private static final Set<String> NAMES = new HashSet<>();
  private static final List<LibraryCase> CASES =
      LibraryCases.all().stream().filter(c -> NAMES.add(c.name()) || OnDevice.EVERYTHING).toList();
  private static final List<Network> NETWORKS = CASES.stream().map(LibraryCase::network).toList();

  private static List<Model> models;

  @BeforeAll
  static void compile() {
    models = OnDevice.models(NETWORKS.stream().map(Network::program).toList(), Style.FAST);
  }

  static IntStream numbers() {
    return IntStream.range(0, CASES.size());
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void computesTheSame(int number) {
    Program program = NETWORKS.get(number).program();
    Point point = CASES.get(number).point(NETWORKS.get(number), 3, 11);
    OnDevice.compare(models.get(number), program, point, CASES.get(number).toString());
  }
}
