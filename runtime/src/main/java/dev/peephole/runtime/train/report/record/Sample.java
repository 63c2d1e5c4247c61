package dev.peephole.runtime.train.report.record;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.example.Part;
import java.util.stream.IntStream;

/** Some examples of a part, evenly spread over it. */
public final class Sample {
  private Sample() {}

  /** So many of a part, or all if they are fewer. */
  public static Part of(Part part, int most) {
    int count = part.rows().length;
    int n = Math.min(most, count);
    int[] rows =
        IntStream.range(0, n).map(k -> part.rows()[(int) ((long) k * count / n)]).toArray();
    return new Part(part.examples(), rows);
  }

  /** So many in a row, from the beginning. */
  public static Part first(Part part, int most) {
    return new Part(part.examples(), IntStream.of(part.rows()).limit(most).toArray());
  }

  /** How many numbers one example has in a model that keeps every value, all steps together. */
  static long numbers(Model model, int steps) {
    return model.values().stream().mapToLong(value -> value.tensor().size(steps)).sum();
  }
}
