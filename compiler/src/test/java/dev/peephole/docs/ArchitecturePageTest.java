package dev.peephole.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Network;
import dev.peephole.ir.Printer;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.pipeline.Stage;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the page on the architecture says is there is there. */
class ArchitecturePageTest {
  private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][a-z]+[A-Za-z]*)[.`]");
  private static final Page PAGE = Page.of("docs/architecture.md");

  @Test
  void theClassesThatItNamesExist() {
    Set<String> classes =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.peephole")
                .stream()
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
    Set<String> named =
        CLASS_NAME
            .matcher(PAGE.text())
            .results()
            .map((MatchResult found) -> found.group(1))
            .collect(Collectors.toSet());
    assertThat(named).hasSizeGreaterThan(40).isSubsetOf(classes);
  }

  @Test
  void theEquationsThatItShowsAreThoseOfTheSample() {
    Network fever =
        Frontend.compile(Page.ROOT.resolve("samples/fever/fever.nn"), DataAccess.none())
            .networks()
            .get(0);
    int shown = 0;
    for (Stage.Equations stage : Pipeline.derivation(fever.checked())) {
      for (Page.Block block : PAGE.blocks("text " + stage.name())) {
        String[] dump =
            Printer.print(stage.function()).lines().map(String::strip).toArray(String[]::new);
        assertThat(dump).containsSubsequence(block.code().lines().map(String::strip).toList());
        shown++;
      }
    }
    assertThat(shown).isEqualTo(2);
  }
}
