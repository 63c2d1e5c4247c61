package dev.peephole.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.Golden;
import dev.peephole.check.data.DataAccess;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Severity;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.proof.Texts;
import dev.peephole.runtime.data.DataFolder;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people are told: each wrong program beside all that is said about it in one run. */
class ErrorsTest {
  private static final Path FOLDER = Golden.folder("errors");

  static List<Path> programs() {
    return Golden.files("errors", ".nn").stream()
        .filter(file -> !file.getFileName().toString().startsWith("imported"))
        .toList();
  }

  private static Compilation compile(Path program) {
    boolean data = program.getFileName().toString().startsWith("data");
    return Frontend.compile(
        program,
        Texts.read(program),
        data ? DataAccess.required(DataFolder.of(FOLDER)) : DataAccess.none());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void saysWhatIsWrong(Path program) {
    Compilation compilation = compile(program);
    assertThat(compilation.errors()).isNotEmpty();
    String messages = Texts.messages(compilation).replace(FOLDER.toString() + "/", "");
    Golden.check(Golden.beside(program, ".expected"), messages);
  }

  @Test
  void everyKindIsShown() {
    Set<Code> shown =
        programs().stream()
            .flatMap(program -> compile(program).errors().stream())
            .map(Diagnostic::code)
            .collect(Collectors.toSet());
    assertThat(shown)
        .isEqualTo(
            EnumSet.allOf(Code.class).stream()
                .filter(code -> code.severity() == Severity.ERROR)
                .collect(Collectors.toSet()));
  }
}
