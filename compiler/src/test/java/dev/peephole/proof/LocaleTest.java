package dev.peephole.proof;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.peephole.driver.Frontend;
import dev.peephole.runtime.Model;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No message, number or file depends on the locale; all tests run in one with other digits. */
class LocaleTest {
  /** A conversion that writes digits as the locale does, in a line that does not name one. */
  private static final Pattern DIGITS =
      Pattern.compile("^(?!.*Locale\\.ROOT).*\".*%[0-9$,.+-]*[deEfgxX]\\b.*\"");

  @Test
  void testsRunWithDigitsThatAreNotAscii() {
    assertThat(String.format("%d", 1234567890)).isEqualTo("١٢٣٤٥٦٧٨٩٠");
  }

  @Test
  void nothingIsWrittenAsTheDefaultLocaleHasIt() {
    URL compiler = Frontend.class.getProtectionDomain().getCodeSource().getLocation();
    URL runtime = Model.class.getProtectionDomain().getCodeSource().getLocation();
    noClasses()
        .should()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .orShould()
        .callMethod(String.class, "format", String.class, Object[].class)
        .orShould()
        .callMethod(PrintStream.class, "printf", String.class, Object[].class)
        .orShould()
        .callMethod(PrintStream.class, "format", String.class, Object[].class)
        .orShould()
        .callMethod(Locale.class, "getDefault")
        .check(new ClassFileImporter().importUrls(List.of(compiler, runtime)));
  }

  @Test
  void formattedStringsHoldNoNumberFormats() throws IOException {
    for (String module : List.of("runtime", "compiler")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        assertThat(files.filter(file -> file.toString().endsWith(".java")))
            .isNotEmpty()
            .allSatisfy(
                file ->
                    assertThat(lines(file))
                        .as(file.toString())
                        .noneMatch(line -> DIGITS.matcher(line).find()));
      }
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
