package dev.peephole.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.Golden;
import dev.peephole.check.plan.Clauses;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.diagnostic.Renderer;
import dev.peephole.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people are told: each wrong program beside the messages about it. */
class SyntaxErrorsTest {

  static List<Path> programs() {
    return Golden.files("syntax", ".nn");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void saysWhatIsWrong(Path program) {
    Diagnostics errors = new Diagnostics();
    String name = program.getFileName().toString();
    Parser.parse(new SourceFile(name, Programs.text(program)), Clauses.forms(), errors);
    assertThat(errors.errors()).isNotEmpty();
    Renderer renderer = new Renderer(false);
    String messages =
        errors.errors().stream().map(renderer::render).collect(Collectors.joining("\n"));
    assertThat(messages).as("the parser generator's own words").doesNotContain("<EOF>", "T__");
    Golden.check(Golden.beside(program, ".expected"), messages);
  }

  @Test
  void stopsAfterTwentyErrorsAndSaysSo() {
    String program = "network A {\n" + "  a b\n".repeat(50) + "}\n";
    List<Diagnostic> errors = Programs.parse(program).errors();
    assertThat(errors).hasSize(20);
    assertThat(errors.get(19).notes()).containsExactly("more errors follow; mend these first");
    assertThat(errors.get(18).notes()).isEmpty();
  }
}
