package dev.peephole.check.plan;

import java.util.stream.Collectors;

/** The clauses of training plans, as a table in Markdown. */
public final class ClauseTable {
  private ClauseTable() {}

  /** A row a clause of training plans. */
  public static String text() {
    return "| clause | says | if it is left out |\n|---|---|---|\n"
        + Clauses.all().stream()
            .map(
                clause ->
                    "| %s | %s | %s |\n"
                        .formatted(
                            clause.form().examples().stream()
                                .map(example -> "`" + example + "`")
                                .collect(Collectors.joining(", ")),
                            clause.says(),
                            clause.otherwise()))
            .collect(Collectors.joining());
  }
}
