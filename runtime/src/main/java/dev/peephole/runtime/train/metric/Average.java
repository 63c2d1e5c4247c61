package dev.peephole.runtime.train.metric;

import dev.peephole.runtime.data.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the figures of several classes, each against all others, become one. */
public enum Average {
  /** Their mean; classes that neither occur nor are answered are left out. */
  MACRO,
  /** Of the answers about all classes together. */
  MICRO,
  /** Their mean, each class counted as often as it occurs. */
  WEIGHTED,
  /** A figure for each class. */
  EACH;

  /** How plans write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The words that plans may write. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Average::word).toList();
  }

  /** The one that a plan writes so. */
  public static Average of(String word) {
    return Arrays.stream(values())
        .filter(average -> average.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(Nearest.hint(word, words())));
  }

  /**
   * The mean of what is defined.
   *
   * @param occurrences how often each class occurs
   */
  double mean(double[] figures, double[] occurrences) {
    double sum = 0;
    double all = 0;
    for (int c = 0; c < figures.length; c++) {
      if (!Double.isNaN(figures[c])) {
        double weight = this == WEIGHTED ? occurrences[c] : 1;
        sum += weight * figures[c];
        all += weight;
      }
    }
    return sum / all;
  }
}
