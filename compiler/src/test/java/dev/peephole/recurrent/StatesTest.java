package dev.peephole.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.JavaSources;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Style;
import dev.peephole.proof.Texts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a state may begin with. */
class StatesTest {

  private static Compilation compile(String first) {
    return Texts.compile(
        """
        cell kept(x: [n]) {
          param p: [n] = 0.1
          state a: [n] = 0
          double = 2 * x
          state s: [n] = %s

          a = tanh(x + prev a)
          s = tanh(p * x + prev s + a)
          return s
        }

        network Kept {
          input x: [5, 3]
          output h = kept(x)
          loss mean(h)
        }
        """
            .formatted(first));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.5", "p", "tanh(2 * p)", "sum(p)"})
  void beginsWithWhatIsKnownBefore(String first) {
    assertThat(compile(first).errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "tanh(x)", "prev a", "p * double"})
  void doesNotBeginWithWhatATimeStepHas(String first) {
    Compilation compilation = compile(first);
    assertThat(compilation.errors()).hasSize(1);
    assertThat(Texts.messages(compilation)).contains("a state begins before the first time step");
  }

  /** A state that stays what it is has no buffer for the steps before or after. */
  @ParameterizedTest
  @EnumSource
  void aStateThatStaysIsNotCopied(Style style) {
    Network network =
        Texts.network(
            """
            cell masked(x: [n], start: [n]) {
              state mask: [n] = start
              state s: [n] = 0

              mask = prev mask
              s = tanh(x + mask * prev s)
              return s
            }

            network Kept {
              input x: [5, 3]
              output h = masked(dense(x, 3), tanh(x[0]))
              loss mean(h)
            }
            """);
    String java = JavaSources.of(network, style).files().get("Kept.java");
    assertThat(java)
        .contains("sPrev")
        .containsPattern("mask = (reals\\(|value\\([^;]*\\.nn:\\d+\",\\s)BATCH, 3\\);")
        .doesNotContain("maskPrev");
  }
}
