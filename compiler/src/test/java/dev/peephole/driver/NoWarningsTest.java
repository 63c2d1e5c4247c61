package dev.peephole.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.check.data.DataAccess;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.proof.Texts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is meant is not warned of. */
class NoWarningsTest {
  static List<Path> samples() {
    return Texts.samples();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void noSampleHasAny(Path sample) {
    Compilation compilation =
        Frontend.compile(Path.of("model.nn"), Texts.read(sample), DataAccess.none());
    assertThat(compilation.errors()).isEmpty();
    assertThat(compilation.warnings()).extracting(Diagnostic::message).isEmpty();
  }
}
