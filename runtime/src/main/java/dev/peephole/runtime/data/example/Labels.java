package dev.peephole.runtime.data.example;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.Decimal;
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
 * alphabetical order are the classes 0, 1, …. Characters that the training part does not have share
 * the class behind the last of its alphabet, if the tensor has room for it.
 */
final class Labels {
  /** What a character without a class of its own is called: the replacement character. */
  private static final String UNSEEN = "\uFFFD";

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
   * @param rows the rows of the source to look at
   * @throws DataException if there are more names than the tensor has classes
   */
  static List<String> namesIn(RawValues raw, int[] rows) {
    if (!raw.classes().isEmpty() && !raw.changed()) {
      return numberedBySource(raw, rows[0]);
    }
    TreeMap<String, Integer> firstRows = new TreeMap<>();
    boolean numeric = !raw.characters();
    int width = raw.rowWidth();
    for (int row : rows) {
      for (int k = 0; k < width; k++) {
        Optional<String> text = raw.text(row, k);
        numeric &= text.isEmpty() || Decimal.parse(text.get()).isPresent();
        if (text.isPresent()) {
          firstRows.putIfAbsent(text.get(), row);
        }
      }
    }
    if (numeric) {
      return List.of();
    }
    if (raw.changed()) {
      throw raw.problem(
          rows[0], 0, "arithmetic takes numbers", "what fills " + raw.tensor().name() + " is text");
    }
    checkCount(raw, firstRows);
    List<String> names = new ArrayList<>(firstRows.keySet());
    if (raw.characters() && names.size() < raw.tensor().classes() && !names.contains(UNSEEN)) {
      names.add(UNSEEN);
    }
    return names;
  }

  private static List<String> numberedBySource(RawValues raw, int row) {
    Tensor tensor = raw.tensor();
    List<String> classes = raw.classes();
    if (classes.size() > tensor.classes()) {
      String message =
          "there are %s classes, and %s is class(%s)"
              .formatted(classes.size(), tensor.name(), tensor.classes());
      throw raw.problem(row, 0, message, "they are " + some(classes));
    }
    return classes;
  }

  /** Blames the first row whose label is one more than the tensor has classes. */
  private static void checkCount(RawValues raw, Map<String, Integer> firstRows) {
    Tensor tensor = raw.tensor();
    int count = firstRows.size();
    if (count > tensor.classes()) {
      int surplus =
          firstRows.values().stream().sorted().skip(tensor.classes()).findFirst().orElseThrow();
      String what =
          raw.characters()
              ? "training part has %s different characters"
              : "data has %s different labels";
      String message =
          ("the " + what + ", and %s is class(%s)")
              .formatted(count, tensor.name(), tensor.classes());
      String hint =
          raw.characters()
              ? "declare class(%s), with one for characters that are new later".formatted(count + 1)
              : "they are " + some(firstRows.keySet());
      throw raw.problem(surplus, 0, message, hint);
    }
  }

  private static String some(Iterable<String> names) {
    String all = String.join(", ", names);
    return all.length() <= 80 ? all : all.substring(0, 80) + "…";
  }

  /**
   * The class at the k-th place of a row of the source.
   *
   * @throws DataException if there is no such class
   */
  int number(int row, int k) {
    if (!names.isEmpty()) {
      return named(row, k);
    }
    double number = raw.number(row, k);
    int label = (int) number;
    if (label != number) {
      String message = "the label " + number + " is not a whole number";
      throw raw.problem(row, k, message, tensor.name() + classes());
    }
    if (label < 0 || label >= tensor.classes()) {
      String fromOne =
          label == tensor.classes()
              ? "; where the data count from 1, take 1 off: %s = … - 1".formatted(tensor.name())
              : "";
      throw raw.problem(row, k, "there is no class " + label, tensor.name() + classes() + fromOne);
    }
    return label;
  }

  private int named(int row, int k) {
    String text = raw.text(row, k).orElseGet(() -> "" + (int) raw.number(row, k));
    Integer number = numbers.get(text);
    if (number == null && raw.characters()) {
      number = numbers.get(UNSEEN);
    }
    if (number == null) {
      String hint =
          raw.characters()
              ? "declare class(" + (names.size() + 1) + "), with one for all that are new"
              : "the labels trained on are " + some(names);
      throw raw.problem(row, k, "there is no label \"" + text + "\"", hint);
    }
    return number;
  }

  private String classes() {
    return " is class(%s): its labels are 0 to %s"
        .formatted(tensor.classes(), tensor.classes() - 1);
  }
}
