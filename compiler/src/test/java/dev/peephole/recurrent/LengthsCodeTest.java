package dev.peephole.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.Golden;
import dev.peephole.driver.JavaSources;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Style;
import dev.peephole.proof.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How code for sequences of different lengths reads: what is padding stands plainly in it. */
class LengthsCodeTest {
  private static final Network NETWORK =
      Texts.network(Golden.folder("recurrent").resolve("Moods.nn"));
  private static final String TEXTBOOK =
      JavaSources.of(NETWORK, Style.TEXTBOOK).files().get("Moods.java");

  @Test
  void readsLikeThis() {
    Golden.check(Golden.folder("recurrent").resolve("Moods.java"), TEXTBOOK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for (int t = 0; t < T; t++) {",
        "for (int t = T - 1; t >= 0; t--) {",
        "s[(t * N + n) * 3 + k] = t < lengths[n] ? sNew[(t * N + n) * 3 + k]",
        "last[n * 3 + k] = h[(n * T + lengths[n] - 1) * 3 + k];",
        "T = longest(lengths, N);",
        "repeatLast(mood, lengths, N, 1, T, 1);"
      })
  void saysWhatIsPadding(String line) {
    assertThat(TEXTBOOK).contains(line);
  }
}
