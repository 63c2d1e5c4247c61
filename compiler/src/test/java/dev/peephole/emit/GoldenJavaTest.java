package dev.peephole.emit;

import static org.junit.jupiter.api.Assertions.assertAll;

import dev.peephole.Golden;
import dev.peephole.driver.JavaSources;
import dev.peephole.driver.MemoryCompiler;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Style;
import dev.peephole.proof.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What generated code looks like, in both styles, with the class that trains; and it compiles. */
class GoldenJavaTest {

  static Stream<Path> models() {
    List<String> samples = List.of("fever.nn", "xor.nn");
    return Stream.concat(
        Texts.samples().stream().filter(f -> samples.contains(f.getFileName().toString())),
        Golden.files("java", ".nn").stream());
  }

  @ParameterizedTest
  @MethodSource("models")
  void looksLikeThis(Path model) {
    Network network = Texts.network(model);
    JavaSources sources = JavaSources.of(network, Style.FAST);
    MemoryCompiler.compile(sources.files());
    assertAll(
        sources.files().entrySet().stream()
            .map(
                file ->
                    () ->
                        Golden.check(
                            Golden.folder("java").resolve(file.getKey()), file.getValue())));
  }
}
