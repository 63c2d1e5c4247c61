package dev.peephole.benchmarks.peers;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Measures the kernels with JMH, whose options it takes, and says the figures as tables. */
public final class Kernels {
  private Kernels() {}

  /** Takes the options of JMH. */
  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    CommandLineOptions options = new CommandLineOptions(args);
    Collection<RunResult> results = new Runner(new OptionsBuilder().parent(options).build()).run();
    Map<String, Double> products = new LinkedHashMap<>();
    Map<String, Double> convolutions = new LinkedHashMap<>();
    Map<String, Double> functions = new LinkedHashMap<>();
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      String name = result.getPrimaryResult().getLabel();
      String size = result.getParams().getParam("size");
      double microseconds = result.getPrimaryResult().getScore();
      if (benchmark.startsWith(Products.class.getName())) {
        products.put(name + " " + size, microseconds);
      } else if (benchmark.startsWith(Convolutions.class.getName())) {
        convolutions.put(name + " " + size, microseconds);
      } else {
        functions.put(name, microseconds * 1e3 / Integer.parseInt(size));
      }
    }
    System.out.print(products(products) + convolutions(convolutions) + functions(functions));
  }

  /** Billions of operations a second. */
  private static String products(Map<String, Double> microseconds) {
    StringBuilder table =
        new StringBuilder("\n| rows × inner × columns | `MatrixProduct` | OpenBLAS | ratio |\n");
    table.append("|---|--:|--:|--:|\n");
    List<String> sizes =
        microseconds.keySet().stream()
            .filter(key -> key.startsWith("peephole "))
            .map(key -> key.substring(key.indexOf(' ') + 1))
            .toList();
    for (String size : sizes) {
      double operations =
          2e-3
              * Stream.of(size.split("x"))
                  .mapToDouble(Double::parseDouble)
                  .reduce(1, (a, b) -> a * b);
      double own = operations / microseconds.get("peephole " + size);
      double other = operations / microseconds.getOrDefault("openblas " + size, Double.NaN);
      table.append(
          "| %s | %.1f | %.1f | %.2f |%n"
              .formatted(size.replace("x", " × "), own, other, own / other));
    }
    return sizes.isEmpty() ? "" : table.toString();
  }

  /** Microseconds of both sides, and how many times as fast ours is. */
  private static String convolutions(Map<String, Double> microseconds) {
    StringBuilder table =
        new StringBuilder(
            "\n| height × width × channels, kernel, filters | values | oneDNN | times"
                + " | with filters' gradient | oneDNN | times | with images' | oneDNN | times |\n");
    table.append("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    List<String> sizes =
        microseconds.keySet().stream()
            .filter(key -> key.startsWith("values "))
            .map(key -> key.substring(key.indexOf(' ') + 1))
            .toList();
    for (String size : sizes) {
      String[] lengths = size.split("x");
      table.append("| %s × %s × %s, %s, %s".formatted((Object[]) lengths));
      for (String what : List.of("values", "filters", "images")) {
        double own = microseconds.get(what + " " + size);
        double other =
            microseconds.getOrDefault(
                "torch"
                    + what.substring(0, 1).toUpperCase(Locale.ROOT)
                    + what.substring(1)
                    + " "
                    + size,
                Double.NaN);
        table.append(" | %.0f µs | %.0f µs | %.2f".formatted(own, other, other / own));
      }
      table.append(" |\n");
    }
    return sizes.isEmpty() ? "" : table.toString();
  }

  private static String functions(Map<String, Double> nanoseconds) {
    StringBuilder table = new StringBuilder("\n| function | ns a number |\n|---|--:|\n");
    nanoseconds.forEach((name, each) -> table.append("| %s | %.2f |%n".formatted(name, each)));
    return nanoseconds.isEmpty() ? "" : table.toString();
  }
}
