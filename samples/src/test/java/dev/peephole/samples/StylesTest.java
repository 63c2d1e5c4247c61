package dev.peephole.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.kernel.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both styles of every sample learn the same. */
class StylesTest {
  private static final int FEW = 1000;

  @TempDir Path folder;

  /** One epoch; of digits and plays only a few, for the textbook takes its time. */
  @ParameterizedTest
  @MethodSource("dev.peephole.samples.SamplesTest#samples")
  void trainAlike(Sample sample) throws IOException {
    Sample small = sample.required();
    if (sample == Sample.MNIST || sample == Sample.LENET) {
      Path few = Files.createDirectory(folder.resolve("few"));
      IdxHeads.copy(sample.data().orElseThrow(), few, FEW);
      small = sample.with(few);
    }
    if (sample == Sample.DIGITS || sample == Sample.AUTOENCODER) {
      String text = Files.readString(sample.model());
      Path few = folder.resolve("few.nn");
      Files.writeString(few, text.replaceAll("(examples: \\d+)00", "$1"));
      small = Sample.shipped(few);
    }
    if (sample == Sample.SHAKESPEARE) {
      String name = "tiny-shakespeare.txt";
      String text = Files.readString(sample.data().orElseThrow().resolve(name));
      Files.writeString(folder.resolve(name), text.substring(0, 30 * FEW));
      small = sample.with(folder);
    }
    OptionalInt once = OptionalInt.of(1);
    double fast = small.train(Style.FAST, once, folder.resolve("f")).loss().orElseThrow();
    double textbook = small.train(Style.TEXTBOOK, once, folder.resolve("t")).loss().orElseThrow();
    // Measuring delays is all at once learned within the epoch, where a rounding makes a
    // difference.
    double tolerance = sample == Sample.MEASURE ? 0.02 : 1e-4;
    assertThat(fast).isCloseTo(textbook, within(tolerance * textbook));
  }
}
