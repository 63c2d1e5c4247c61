package dev.peephole.docs;

import dev.peephole.Golden;
import dev.peephole.check.plan.ClauseTable;
import dev.peephole.check.plan.MetricTable;
import dev.peephole.check.scope.FunctionTables;
import org.junit.jupiter.api.Test;

class LanguagePageTest {

  @Test
  void theTablesAreUpToDate() {
    Page page = Page.of("docs/language.md");
    Page now =
        page.withSection("functions", "\n" + FunctionTables.primitives() + "\n")
            .withSection("clauses", "\n" + ClauseTable.text() + "\n")
            .withSection("metrics", "\n" + MetricTable.text() + "\n")
            .withSection("library", "\n" + FunctionTables.library() + "\n");
    Golden.check(page.path(), now.text());
  }
}
