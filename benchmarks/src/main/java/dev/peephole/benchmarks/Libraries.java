package dev.peephole.benchmarks;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * The matrix libraries of the sides.
 *
 * @param own ours, on one thread
 * @param others those of the others, by the name of the side
 */
record Libraries(MatrixLibrary own, Map<String, MatrixLibrary> others) {

  /** Whether a side has a product that makes it worth a comparison. */
  boolean compares(String side) {
    return !others.containsKey(side) || !others.get(side).isTooSlow(own);
  }

  /** What each multiplies with, as a table in Markdown, and which sides are in no ratio. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        "| side | matrix library | 1024 × 1024 × 1024, billions of operations a second |\n");
    table.append("|---|---|--:|\n");
    table.append(row("peephole", own));
    others.forEach((side, library) -> table.append(row(side, library)));
    String slow =
        others.keySet().stream()
            .filter(side -> !compares(side))
            .map(side -> "*" + side + "*")
            .collect(Collectors.joining(", "));
    if (!slow.isEmpty()) {
      table.append(
          ("%nNot in *times*: %s. There the matrix product has less than half of our speed, so that a"
                  + " ratio would say how slow that library is, and little of the rest.%n")
              .formatted(slow));
    }
    return table.toString();
  }

  private static String row(String side, MatrixLibrary library) {
    return "| %s | %s | %.1f |%n".formatted(side, library.name(), library.speed());
  }
}
