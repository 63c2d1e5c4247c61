package dev.peephole.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.peephole.Golden;
import dev.peephole.ir.Op;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpsPageTest {

  @Test
  void thePageIsUpToDate() {
    Golden.check(Page.ROOT.resolve("docs/ops.md"), OpsPage.text());
  }

  @Test
  void thePageHasEveryOp() {
    Set<String> shown =
        Stream.concat(OpSample.elementwise().stream(), OpSample.structural().stream())
            .map(sample -> sample.op().getClass().getName())
            .collect(Collectors.toSet());
    assertThat(
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.peephole.op")
                    .stream()
                    .filter(c -> c.isAssignableTo(Op.class))
                    .map(JavaClass::getName))
        .containsExactlyInAnyOrderElementsOf(shown);
  }
}
