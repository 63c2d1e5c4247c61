package dev.peephole.pass;

import dev.peephole.Golden;
import dev.peephole.driver.LineMap;
import dev.peephole.driver.Network;
import dev.peephole.ir.Printer;
import dev.peephole.proof.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A network after each pass. */
class StagesTest {

  static List<Path> models() {
    return Golden.files("ir", ".nn");
  }

  @ParameterizedTest
  @MethodSource("models")
  void areThese(Path model) {
    Network network = Texts.network(model);
    String stages =
        Pipeline.stages(network.checked()).stream()
            .map(s -> "after " + s.name() + "\n\n" + Printer.print(s.function()))
            .collect(Collectors.joining("\n"));
    Golden.check(Golden.beside(model, ".expected"), stages);
  }

  /** Where the lines that come of it stand in the files of both styles and of a device. */
  @Test
  void areMappedToLines() {
    Path model = Golden.folder("ir").resolve("line.nn");
    Golden.check(Golden.beside(model, ".map.json"), LineMap.of(Texts.network(model)));
  }
}
