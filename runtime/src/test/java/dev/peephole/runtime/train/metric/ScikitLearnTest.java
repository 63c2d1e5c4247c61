package dev.peephole.runtime.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Metrics are what scikit-learn says, with ties, absent classes, weights, sequences, and batches
 * the last of which is smaller; {@code metrics/make_fixtures.py} writes what it says.
 */
class ScikitLearnTest {
  /** No case has a multiple of it. */
  private static final int BATCH = 7;

  /** What is measured, and what comes out. */
  private static final class Case {
    private String name;
    private int classes;
    private int width;
    private int choices;
    private double[] scores;
    private double[] truth;
    private double[] weights;
    private int[] lengths;
    private final Map<Asked, double[]> figures = new LinkedHashMap<>();
  }

  @Test
  void metricsAreWhatScikitLearnSays() throws IOException {
    List<Case> cases = cases();
    for (Case given : cases) {
      given.figures.forEach(
          (asked, wanted) -> {
            double[] found = measure(given, asked);
            assertThat(found).as(given.name + ": " + asked).containsExactly(wanted, within(1e-7));
          });
    }
    Set<String> measured =
        cases.stream()
            .flatMap(c -> c.figures.keySet().stream())
            .map(Asked::name)
            .collect(Collectors.toSet());
    assertThat(Metrics.kinds().stream().map(Kind::name).filter(k -> !measured.contains(k)))
        .as("what scikit-learn does not measure")
        .containsExactly("sequence_accuracy", "confusion");
  }

  private static double[] measure(Case given, Asked asked) {
    boolean open = given.lengths != null;
    int steps = open ? Arrays.stream(given.lengths).max().getAsInt() : 1;
    int examples = open ? given.lengths.length : given.truth.length / given.width;
    int batch = open ? 3 : BATCH;
    int row = given.width * given.choices;
    int[] lengths = new int[batch];
    int[] shape = open ? new int[] {Tensor.OPEN, row} : new int[] {row};
    int[] targetShape = open ? new int[] {Tensor.OPEN} : new int[] {given.width};
    Tensor p = Tensor.of("p", new float[batch * steps * row], shape);
    Tensor y =
        given.classes > 0
            ? Tensor.labels("y", given.classes, new int[batch * steps], targetShape)
            : Tensor.of("y", new float[batch * steps * given.width], targetShape);
    Metric metric = new Buffers(List.of(p), List.of(y), lengths).metric(asked);
    metric.clear();
    int next = 0;
    for (int first = 0; first < examples; first += batch) {
      int n = Math.min(batch, examples - first);
      int longest = 1;
      for (int e = 0; open && e < n; e++) {
        lengths[e] = given.lengths[first + e];
        longest = Math.max(longest, lengths[e]);
      }
      for (int e = 0; e < n; e++) {
        int own = open ? lengths[e] : 1;
        for (int t = 0; t < longest; t++) {
          int place = e * longest + t;
          for (int k = 0; k < row; k++) { // what is filled up counts nowhere
            p.set(place * row + k, t < own ? given.scores[(next + t) * row + k] : 5);
          }
          for (int k = 0; k < given.width; k++) {
            y.set(place * given.width + k, t < own ? given.truth[(next + t) * given.width + k] : 0);
          }
        }
        next += own;
      }
      int from = first;
      metric.add(n, e -> given.weights == null ? 1 : given.weights[from + e]);
    }
    return metric.values().stream().mapToDouble(v -> v).toArray();
  }

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream file = ScikitLearnTest.class.getResourceAsStream("/metrics/metrics.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        String[] words = line.split(" ");
        switch (words[0]) {
          case "case" -> {
            cases.add(new Case());
            last(cases).name = line.substring(5);
          }
          case "target" -> {
            boolean label = words[1].startsWith("class");
            last(cases).classes = label ? Integer.parseInt(words[1].substring(5)) : 0;
            last(cases).width = Integer.parseInt(words[2]);
            last(cases).choices = Integer.parseInt(words[3]);
          }
          case "scores" -> last(cases).scores = numbers(words, 1);
          case "truth" -> last(cases).truth = numbers(words, 1);
          case "weights" -> last(cases).weights = numbers(words, 1);
          case "lengths" ->
              last(cases).lengths =
                  Arrays.stream(numbers(words, 1)).mapToInt(v -> (int) v).toArray();
          default -> last(cases).figures.put(asked(words[1]), numbers(words, 2));
        }
      }
    }
    return cases;
  }

  private static Case last(List<Case> cases) {
    return cases.get(cases.size() - 1);
  }

  private static double[] numbers(String[] words, int from) {
    return Arrays.stream(words)
        .skip(from)
        .mapToDouble(word -> word.equals("nan") ? Double.NaN : Double.parseDouble(word))
        .toArray();
  }

  private static Asked asked(String text) {
    String[] parts = text.split("[()]");
    if (parts.length == 1) {
      return Asked.of(text);
    }
    return Average.words().contains(parts[1])
        ? Asked.of(parts[0], Average.of(parts[1]))
        : Asked.of(parts[0], Integer.parseInt(parts[1]));
  }
}
