package dev.peephole.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FeverDataTest {
  private static final Path FILE = Path.of("fever", "fever.csv");

  @Test
  void theFileIsWhatTheFormulaMakes() throws IOException {
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(FILE, FeverData.csv());
      fail("%s is rewritten; read the difference and run without -Dgolden.rewrite", FILE);
    }
    assertThat(Files.readString(FILE)).isEqualTo(FeverData.csv());
  }

  @Test
  void aDoseLowersAFeverAndMoreOfItLowersItLessAndLess() {
    double none = FeverData.later(39, 0);
    double half = FeverData.later(39, 500);
    double full = FeverData.later(39, 1000);
    assertThat(none).isGreaterThan(39);
    assertThat(half).isLessThan(39);
    assertThat(full).isBetween(half - (none - half), half);
  }
}
