package dev.peephole.runtime.data;

import dev.peephole.runtime.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The labels of one tensor as whole numbers from 0.
 *
 * <p>A column of numbers is taken as it is. Anything else is text, whose distinct values in
 * alphabetical order are the classes 0, 1, ….
 */
final class Labels {
  private final RawValues raw;
  private final Tensor tensor;
  private final List<String> names;
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * Labels by name.
   *
   * @param names what the classes are called, from class 0 on; none if the data numbers them
   */
  Labels(RawValues raw, List<String> names) {
    this.raw = raw;
    this.tensor = raw.tensor();
    this.names = names;
    for (int i = 0; i < names.size(); i++) {
      numbers.put(names.get(i), i);
    }
  }

  /**
   * What the classes are called in the data, from class 0 on; nothing if they are numbers there.
   *
   * @throws DataException if there are more names than the tensor has classes
   */
  static List<String> namesIn(RawValues raw, int examples) {
    TreeMap<String, Integer> firstExamples = new TreeMap<>();
    boolean numeric = true;
    for (int example = 0; example < examples; example++) {
      for (int k = 0; k < raw.width(); k++) {
        Optional<String> text = raw.text(example, k);
        numeric &= text.isEmpty() || Decimal.parse(text.get()).isPresent();
        if (text.isPresent()) {
          firstExamples.putIfAbsent(text.get(), example);
        }
      }
    }
    if (numeric) {
      return List.of();
    }
    checkCount(raw, firstExamples);
    return new ArrayList<>(firstExamples.keySet());
  }

  /** Blames the first example whose label is one more than the tensor has classes. */
  private static void checkCount(RawValues raw, Map<String, Integer> firstExamples) {
    Tensor tensor = raw.tensor();
    if (firstExamples.size() > tensor.classes()) {
      int surplus =
          firstExamples.values().stream().sorted().skip(tensor.classes()).findFirst().orElseThrow();
      String message =
          "the data has %d different labels, and %s is class(%d)"
              .formatted(firstExamples.size(), tensor.name(), tensor.classes());
      throw raw.problem(surplus, 0, message, "they are " + some(firstExamples.keySet()));
    }
  }

  private static String some(Iterable<String> names) {
    String all = String.join(", ", names);
    return all.length() <= 80 ? all : all.substring(0, 80) + "…";
  }

  /**
   * The class at the k-th place of an example.
   *
   * @throws DataException if there is no such class
   */
  int number(int example, int k) {
    if (!names.isEmpty()) {
      return named(example, k);
    }
    double number = raw.number(example, k);
    int label = (int) number;
    if (label != number) {
      String message = "the label " + number + " is not a whole number";
      throw raw.problem(example, k, message, tensor.name() + classes());
    }
    if (label < 0 || label >= tensor.classes()) {
      throw raw.problem(example, k, "there is no class " + label, tensor.name() + classes());
    }
    return label;
  }

  private int named(int example, int k) {
    String text = raw.text(example, k).orElseGet(() -> "" + (int) raw.number(example, k));
    Integer number = numbers.get(text);
    if (number == null) {
      String hint = "the labels trained on are " + some(names);
      throw raw.problem(example, k, "there is no label \"" + text + "\"", hint);
    }
    return number;
  }

  private String classes() {
    return " is class(%d): its labels are 0 to %d"
        .formatted(tensor.classes(), tensor.classes() - 1);
  }
}
