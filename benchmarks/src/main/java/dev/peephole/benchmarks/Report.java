package dev.peephole.benchmarks;

import dev.peephole.runtime.file.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The figures as a table and as JSON.
 *
 * @param version which PyTorch they were compared with, empty if none
 * @param libraries what each side multiplies matrices with
 */
record Report(List<Measured> all, String version, Libraries libraries) {

  /** A table in Markdown. */
  String table() {
    if (all.isEmpty()) {
      return "";
    }
    Set<String> sides = new LinkedHashSet<>();
    all.forEach(measured -> sides.addAll(measured.medians().keySet()));
    StringBuilder table = new StringBuilder();
    String jdk = "JDK " + Runtime.version().feature();
    table.append(jdk).append(version.isEmpty() ? "" : ", PyTorch " + version).append("\n\n");
    table.append("| workload | ").append(String.join(" | ", sides));
    table.append(" | times | wanted | speed-up | losses differ by | bytes a step |\n|---|");
    table.append("--:|".repeat(sides.size() + 5)).append('\n');
    for (Measured measured : all) {
      Map<String, Double> medians = measured.medians();
      String times =
          sides.stream()
              .map(side -> medians.containsKey(side) ? time(medians.get(side)) : "–")
              .collect(Collectors.joining(" | "));
      table.append(
          "| %s | %s | %s | %s | %.2f | %.0e | %.0f |%n"
              .formatted(
                  measured.workload().name(),
                  times,
                  times(measured),
                  Json.number(measured.workload().target()),
                  measured.speedUp(),
                  measured.difference(),
                  measured.allocated()));
    }
    return table.append('\n').append(libraries.table()).toString();
  }

  /** How many times as fast ours is; a dash where no other is worth a comparison. */
  private String times(Measured measured) {
    double ratio = measured.ratio(libraries::compares);
    return Double.isNaN(ratio) ? "–" : "%.2f".formatted(ratio);
  }

  static String time(double seconds) {
    return seconds < 1e-3 ? "%.2f µs".formatted(seconds * 1e6) : "%.2f ms".formatted(seconds * 1e3);
  }

  /** One object a line. */
  String json() {
    return all.stream().map(this::json).collect(Collectors.joining("\n", "", "\n"));
  }

  private String json(Measured measured) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("workload", measured.workload().name());
    measured.medians().forEach((side, seconds) -> fields.put(side + ", seconds", seconds));
    fields.put("ratio", measured.ratio(libraries::compares));
    libraries.others().forEach((side, library) -> fields.put(side + ", library", library.name()));
    libraries.others().forEach((side, library) -> fields.put(side + ", product", library.speed()));
    fields.put("product", libraries.own().speed());
    fields.put("wanted", measured.workload().target());
    fields.put("speed_up", measured.speedUp());
    fields.put("loss_difference", measured.difference());
    fields.put("bytes_allocated", measured.allocated());
    fields.put("jdk", Runtime.version().toString());
    fields.put("pytorch", version);
    return Json.object(fields);
  }
}
