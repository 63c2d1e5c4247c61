package dev.peephole.ir;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The letters by which formulas call the axes of a value: {@code n} runs over the examples of the
 * batch, {@code t} over time steps, and the others, from the last one on, are {@code k}, {@code j},
 * {@code i} …
 *
 * <pre>
 * [N, 8]        n k          examples, units
 * [2, 8]        j k          rows and columns of a matrix
 * [N, T, 8]     n t k        an open axis is time
 * [20, N, 8]    t n k        so is one in front of the batch
 * [N, 28, 28]   n j k
 * [N, 24ₜ, 8]   n t k        and one that a recurrence goes along (pass.naming.MarkTime)
 * [N, Tₛ, 8]    n s k        in a recurrence, whose time step is t
 * </pre>
 *
 * <p>Loops and kernels are named by them, too. In a formula, values meet along the axes that have
 * the same letter, and are repeated along the axes that they do not have.
 */
public final class Axes {
  /** The examples of a batch. */
  public static final String BATCH = "n";

  private static final List<String> TIMES = List.of("t", "s", "r");
  private static final List<String> OTHERS =
      List.of("k", "j", "i", "h", "v", "u", "m", "l", "p", "x", "a", "e", "o");
  private static final List<String> FLAT = List.of("i", "j", "k", "l", "m", "h", "p", "u", "v");
  private static final Map<String, String> SUBSCRIPTS =
      Map.ofEntries(
          Map.entry("a", "ₐ"),
          Map.entry("e", "ₑ"),
          Map.entry("h", "ₕ"),
          Map.entry("i", "ᵢ"),
          Map.entry("j", "ⱼ"),
          Map.entry("k", "ₖ"),
          Map.entry("l", "ₗ"),
          Map.entry("m", "ₘ"),
          Map.entry("n", "ₙ"),
          Map.entry("o", "ₒ"),
          Map.entry("p", "ₚ"),
          Map.entry("r", "ᵣ"),
          Map.entry("s", "ₛ"),
          Map.entry("t", "ₜ"),
          Map.entry("u", "ᵤ"),
          Map.entry("v", "ᵥ"),
          Map.entry("x", "ₓ"));

  private Axes() {}

  /** The letters of a shape's axes, in their order. */
  public static List<String> of(Shape shape) {
    return of(shape, letter -> false);
  }

  /**
   * The letters of positions along a shape's axes in code, which are those of formulas wherever
   * they are free.
   *
   * @param taken what else goes by a letter; the position gives way
   */
  public static List<String> of(Shape shape, Predicate<String> taken) {
    int batch = shape.axes().indexOf(Shape.BATCH);
    List<String> letters = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      letters.add(i == batch ? BATCH : shape.isTime(i) ? TIMES.get(0) : OTHERS.get(0));
    }
    return inOrder(letters, shape.around(), taken);
  }

  /** The lengths of a shape, with its letter behind each that would else be called otherwise. */
  public static String marked(Shape shape) {
    List<String> letters = of(shape);
    List<String> plain = of(new Shape(shape.axes()));
    return positions(letters).stream()
        .map(
            i ->
                Shape.text(shape.axis(i))
                    + (letters.get(i).equals(plain.get(i)) ? "" : SUBSCRIPTS.get(letters.get(i))))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** The letter of the time step of a recurrence. */
  public static String time(Predicate<String> taken) {
    return free(TIMES, 0, taken).next();
  }

  /** A letter for one position in all of a shape, row by row: none of its axes has it. */
  public static String flat(Shape shape, Predicate<String> taken) {
    return free(FLAT, 0, taken.or(of(shape)::contains)).next();
  }

  /**
   * The letters that are free, and those with a mark behind when there are no more.
   *
   * @param from how many letters are left out
   */
  private static Iterator<String> free(List<String> letters, int from, Predicate<String> taken) {
    return Stream.iterate("", mark -> mark + "_")
        .flatMap(mark -> letters.stream().map(letter -> letter + mark))
        .skip(from)
        .filter(taken.negate())
        .iterator();
  }

  /** The letters of some of the axes that had letters, in another arrangement. */
  private static List<String> inOrder(List<String> kinds, List<String> before) {
    int first = before.stream().filter(Axes::isTime).mapToInt(TIMES::indexOf).min().orElse(0);
    return inOrder(kinds, first, letter -> false);
  }

  /**
   * The letters of axes in another arrangement, where each is batch, time or another.
   *
   * @param firstTime which of the letters of time the first one has
   */
  private static List<String> inOrder(List<String> kinds, int firstTime, Predicate<String> taken) {
    List<String> letters = new ArrayList<>(kinds);
    letters.replaceAll(kind -> kind.equals(BATCH) ? free(List.of(BATCH), 0, taken).next() : kind);
    Iterator<String> times = free(TIMES, firstTime, taken);
    for (int i = 0; i < letters.size(); i++) {
      if (isTime(kinds.get(i))) {
        letters.set(i, times.next());
      }
    }
    int count = (int) kinds.stream().filter(Axes::isOther).count();
    Iterator<String> others = free(OTHERS, 0, letter -> false);
    Iterator<String> instead = free(OTHERS, count, taken);
    for (int i = letters.size() - 1; i >= 0; i--) {
      if (isOther(kinds.get(i))) {
        String letter = others.next();
        letters.set(i, taken.test(letter) ? instead.next() : letter);
      }
    }
    return letters;
  }

  /** A letter for an axis that is neither the batch nor time. */
  static String other(Predicate<String> taken) {
    return free(OTHERS, 0, taken).next();
  }

  private static boolean isTime(String letter) {
    return TIMES.contains(letter);
  }

  /** Whether an axis is neither the batch nor time. */
  public static boolean isOther(String letter) {
    return OTHERS.contains(letter);
  }

  /** The letters of what is left when the axis at a position is gone. */
  public static List<String> without(List<String> letters, int position) {
    List<String> rest = new ArrayList<>(letters);
    rest.remove(position);
    return inOrder(rest, letters);
  }

  /** The letters when those of another value take the place of the axis at a position. */
  public static List<String> replaced(List<String> letters, int position, List<String> by) {
    List<String> all = new ArrayList<>(letters);
    all.remove(position);
    List<String> fresh = by.stream().filter(letter -> !all.contains(letter)).toList();
    all.addAll(position, fresh);
    return inOrder(all, Stream.concat(letters.stream(), by.stream()).toList());
  }

  /** Whether the letters are the same, but in another order. */
  public static boolean isReordered(List<String> letters, List<String> others) {
    return !letters.equals(others)
        && letters.size() == others.size()
        && letters.containsAll(others);
  }

  /** All letters of some values, in the order of the one that has most. */
  public static List<String> union(List<List<String>> values) {
    List<String> all =
        new ArrayList<>(values.stream().max(Comparator.comparingInt(List::size)).orElse(List.of()));
    for (List<String> value : values) {
      for (int i = 0; i < value.size(); i++) {
        if (!all.contains(value.get(i))) {
          all.add(i == 0 ? 0 : all.indexOf(value.get(i - 1)) + 1, value.get(i));
        }
      }
    }
    return all;
  }

  /** {@code ₙₖ}. */
  public static String subscript(List<String> letters) {
    return letters.stream().map(SUBSCRIPTS::get).collect(Collectors.joining());
  }

  /** The letter of a subscript, empty for any other character. */
  public static String letter(int subscript) {
    String text = Character.toString(subscript);
    return SUBSCRIPTS.entrySet().stream()
        .filter(e -> e.getValue().equals(text))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  /** The positions of a list's elements. */
  static List<Integer> positions(List<?> list) {
    return IntStream.range(0, list.size()).boxed().toList();
  }
}
