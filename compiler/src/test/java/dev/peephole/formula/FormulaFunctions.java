package dev.peephole.formula;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What the functions come to that formulas call by their names. */
final class FormulaFunctions {
  /** Those that are said what shape to give. */
  private static final Set<String> SHAPES =
      Set.of("repeat", "reshape", "pad", "windows", "from_windows");

  /** The letters of axes that are neither the batch nor time, from the last axis on. */
  private static final List<String> FROM_LAST = List.of("k", "j", "i", "h", "v", "u", "m", "l");

  private static final Set<String> OTHERS = Set.of("onehot", "stop_gradient");

  private static final Map<String, ToDoubleFunction<double[]>> FUNCTIONS =
      Map.ofEntries(
          Map.entry("exp", x -> Math.exp(x[0])),
          Map.entry("log", x -> Math.log(x[0])),
          Map.entry("log1p", x -> Math.log1p(x[0])),
          Map.entry("tanh", x -> Math.tanh(x[0])),
          Map.entry("σ", x -> 1 / (1 + Math.exp(-x[0]))),
          Map.entry("softplus", x -> Math.log1p(Math.exp(-Math.abs(x[0]))) + Math.max(x[0], 0)),
          Map.entry("erf", x -> erf(x[0])),
          Map.entry("sin", x -> Math.sin(x[0])),
          Map.entry("cos", x -> Math.cos(x[0])),
          Map.entry("sign", x -> Math.signum(x[0])),
          Map.entry("round", x -> Math.rint(x[0])),
          Map.entry("max", x -> Math.max(x[0], x[1])),
          Map.entry("min", x -> Math.min(x[0], x[1])));

  private final int batch;
  private final int steps;

  /**
   * @param batch the number of examples
   * @param steps how long open axes are
   */
  FormulaFunctions(int batch, int steps) {
    this.batch = batch;
    this.steps = steps;
  }

  /** The error function by its series (Abramowitz & Stegun, 1964, 7.1.5). */
  private static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 100; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  /** Whether a function is called so. */
  boolean has(String name) {
    return takesShape(name) || OTHERS.contains(name) || FUNCTIONS.containsKey(name);
  }

  /** Whether what follows its first argument is a shape or places, and no formula. */
  boolean takesShape(String name) {
    return SHAPES.contains(name);
  }

  /**
   * Calls a function.
   *
   * @param over the axes that stand at its name
   * @param how the shape or the places, if it takes some
   */
  Numbers call(String name, List<String> over, List<Numbers> arguments, String how) {
    Numbers first = arguments.get(0);
    return switch (name) {
      case "pad" -> pad(first, over.get(0), how);
      case "windows" -> windows(first, over, WindowText.of(how));
      case "from_windows" -> fromWindows(first, over, WindowText.of(how));
      case "repeat" -> repeat(first, letters(how), lengths(shape(how)));
      case "reshape" -> new Numbers(letters(how), lengths(shape(how)), first.data());
      case "onehot" -> oneHot(first);
      case "stop_gradient" -> first;
      case "max" ->
          over.isEmpty()
              ? Numbers.zip(FUNCTIONS.get("max"), arguments.toArray(Numbers[]::new))
              : first.reduce(
                  over, over.stream().map(a -> 1).toList(), Double.NEGATIVE_INFINITY, Math::max);
      default -> Numbers.zip(FUNCTIONS.get(name), arguments.toArray(Numbers[]::new));
    };
  }

  private static Shape shape(String text) {
    String inside = text.substring(1, text.length() - 1);
    return new Shape(
        inside.isEmpty()
            ? List.of()
            : Arrays.stream(inside.split(", ")).map(FormulaFunctions::length).toList());
  }

  private static int length(String text) {
    String length = isMarked(text) ? text.substring(0, text.length() - 1) : text;
    return length.equals("N")
        ? Shape.BATCH
        : length.equals("T") ? Shape.OPEN : Integer.parseInt(length);
  }

  private static boolean isMarked(String length) {
    return !Axes.letter(length.charAt(length.length() - 1)).isEmpty();
  }

  /** The letters of a shape's axes, which stand behind those lengths that have others. */
  private static List<String> letters(String text) {
    List<String> letters = new ArrayList<>(Axes.of(shape(text)));
    String[] lengths = text.substring(1, text.length() - 1).split(", ");
    for (int i = 0; i < letters.size(); i++) {
      if (isMarked(lengths[i])) {
        letters.set(i, Axes.letter(lengths[i].charAt(lengths[i].length() - 1)));
      }
    }
    return letters;
  }

  private List<Integer> lengths(Shape shape) {
    return shape.forBatch(batch, steps).axes();
  }

  private static Numbers repeat(Numbers value, List<String> axes, List<Integer> lengths) {
    return Numbers.filled(axes, lengths, place -> value.at(axes, place));
  }

  /**
   * Some places of an axis, the others of which are 0; without that axis the value is one place.
   */
  private Numbers pad(Numbers value, String along, String how) {
    String[] words = how.split(" of ");
    int length = words[1].equals("T") ? steps : Integer.parseInt(words[1]);
    boolean last = words[0].startsWith("T − ");
    int from = last ? length - 1 : Integer.parseInt(words[0].split("\\.\\.")[0]);
    int step = words[0].contains(" step ") ? Integer.parseInt(words[0].split(" step ")[1]) : 1;
    List<String> axes = new ArrayList<>(value.axes());
    List<Integer> lengths = new ArrayList<>(value.lengths());
    if (!axes.contains(along)) {
      int place = along.equals("k") ? axes.size() : axes.indexOf(Axes.isOther(along) ? "k" : "n");
      place += Axes.isOther(along) ? 0 : 1;
      axes.add(place, along);
      lengths.add(place, 1);
    }
    int axis = axes.indexOf(along);
    int inner = lengths.get(axis);
    Numbers whole = new Numbers(axes, lengths, value.data());
    List<Integer> padded = new ArrayList<>(lengths);
    padded.set(axis, length);
    return Numbers.filled(
        axes,
        padded,
        place -> {
          int[] own = place.clone();
          int steps = own[axis] - from;
          own[axis] = steps / step;
          return steps < 0 || steps % step > 0 || own[axis] >= inner ? 0 : whole.at(own);
        });
  }

  /** {@code 3 every 2 spaced 1 of 9}: how windows lie, and in an axis of what length. */
  private record WindowText(int size, int stride, int dilation, int length) {
    static WindowText of(String text) {
      List<String> words = List.of(text.split(" "));
      return new WindowText(
          Integer.parseInt(words.get(0)),
          behind(words, "every"),
          behind(words, "spaced"),
          behind(words, "of"));
    }

    private static int behind(List<String> words, String word) {
      int place = words.indexOf(word);
      return place < 0 ? 1 : Integer.parseInt(words.get(place + 1));
    }

    int windows(int length) {
      return (length - dilation * (size - 1) - 1) / stride + 1;
    }
  }

  /**
   * The axes with that of a window's places, which a value that is the same there need not have.
   */
  private static List<String> withPlaces(Numbers value, List<String> over) {
    List<String> axes = new ArrayList<>(value.axes());
    int letter = FROM_LAST.indexOf(over.get(1));
    if (!axes.contains(over.get(1))) {
      int at = 0;
      while (at < axes.size()
          && !(FROM_LAST.contains(axes.get(at)) && FROM_LAST.indexOf(axes.get(at)) < letter)) {
        at++;
      }
      axes.add(at, over.get(1));
    }
    return axes;
  }

  private static Numbers windows(Numbers value, List<String> over, WindowText windows) {
    List<String> axes = withPlaces(value, over);
    int axis = axes.indexOf(over.get(0));
    int within = axes.indexOf(over.get(1));
    List<Integer> lengths = new ArrayList<>(axes.stream().map(value::length).toList());
    lengths.set(axis, windows.windows(lengths.get(axis)));
    lengths.set(within, windows.size());
    return Numbers.filled(
        axes,
        lengths,
        place -> {
          int[] own = place.clone();
          own[axis] = place[axis] * windows.stride() + place[within] * windows.dilation();
          return value.at(axes, own);
        });
  }

  private static Numbers fromWindows(Numbers value, List<String> over, WindowText windows) {
    List<String> axes = withPlaces(value, over);
    int axis = axes.indexOf(over.get(0));
    int within = axes.indexOf(over.get(1));
    List<Integer> lengths = new ArrayList<>(axes.stream().map(value::length).toList());
    int count = lengths.get(axis);
    lengths.set(axis, windows.length());
    lengths.set(within, windows.size());
    double[] data = new double[lengths.stream().reduce(1, (a, b) -> a * b)];
    Numbers target = new Numbers(axes, lengths, data);
    List<Integer> source = new ArrayList<>(lengths);
    source.set(axis, count);
    Numbers.filled(
        axes,
        source,
        place -> {
          int[] to = place.clone();
          to[axis] = place[axis] * windows.stride() + place[within] * windows.dilation();
          target.put(value.at(axes, place), to);
          return 0;
        });
    return target;
  }

  private static Numbers oneHot(Numbers label) {
    List<Integer> lengths = new ArrayList<>(label.lengths());
    lengths.add(label.classes());
    List<Integer> shape = new ArrayList<>();
    int batchAxis = label.axes().indexOf(Axes.BATCH);
    for (int i = 0; i < label.axes().size(); i++) {
      boolean open = i > batchAxis && !Axes.isOther(label.axes().get(i));
      shape.add(i == batchAxis ? Shape.BATCH : open ? Shape.OPEN : 2);
    }
    shape.add(2);
    int around = label.axes().contains("s") && !label.axes().contains("t") ? 1 : 0;
    return Numbers.filled(
        Axes.of(new Shape(shape, Set.of(), around)),
        lengths,
        place ->
            label.at(Arrays.copyOf(place, place.length - 1)) == place[place.length - 1] ? 1 : 0);
  }
}
