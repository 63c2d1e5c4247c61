package dev.peephole.emit;

import static org.junit.jupiter.api.Assertions.assertAll;

import dev.peephole.Golden;
import dev.peephole.driver.JavaSources;
import dev.peephole.driver.JavaSources.Target;
import dev.peephole.kernel.Style;
import dev.peephole.proof.Texts;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the kernels of an LSTM with peepholes look like, and the Java that calls them. */
class GoldenKernelsTest {
  private static final Path MODEL = Golden.folder("recurrent").resolve("Spikes.nn");

  @Test
  void lookLikeThis() {
    Map<String, String> files =
        JavaSources.of(Texts.network(MODEL), Style.FAST, Target.OPENCL).files();
    assertAll(
        Stream.of("Spikes.cl", "Spikes.java")
            .map(
                file ->
                    () -> Golden.check(Golden.folder("opencl").resolve(file), files.get(file))));
  }
}
