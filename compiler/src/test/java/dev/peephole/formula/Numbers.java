package dev.peephole.formula;

import dev.peephole.ir.Axes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a part of a formula stands for: numbers along axes that have letters.
 *
 * @param lengths how long each axis is
 * @param data the numbers, the last axis fastest
 * @param transposed whether a ᵀ stands behind it, which a product of matrices reads in its own way
 * @param classes the number of classes if these are labels
 */
record Numbers(
    List<String> axes, List<Integer> lengths, double[] data, boolean transposed, int classes) {

  Numbers(List<String> axes, List<Integer> lengths, double[] data) {
    this(axes, lengths, data, false, 0);
  }

  static Numbers scalar(double value) {
    return new Numbers(List.of(), List.of(), new double[] {value});
  }

  /** Numbers of which each is computed from its place. */
  static Numbers filled(List<String> axes, List<Integer> lengths, ToDoubleFunction<int[]> at) {
    double[] data = new double[size(lengths)];
    int[] place = new int[lengths.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = at.applyAsDouble(place);
      advance(place, lengths);
    }
    return new Numbers(axes, lengths, data);
  }

  private static int size(List<Integer> lengths) {
    return lengths.stream().reduce(1, (a, b) -> a * b);
  }

  private static void advance(int[] place, List<Integer> lengths) {
    for (int axis = place.length - 1; axis >= 0; axis--) {
      if (++place[axis] < lengths.get(axis)) {
        return;
      }
      place[axis] = 0;
    }
  }

  double at(int... place) {
    return data[offset(place)];
  }

  /** Writes a number at a place. */
  void put(double number, int... place) {
    data[offset(place)] = number;
  }

  private int offset(int... place) {
    int offset = 0;
    for (int axis = 0; axis < place.length; axis++) {
      offset = offset * lengths.get(axis) + place[axis];
    }
    return offset;
  }

  /** The number at a place of other axes: along those that it does not have it is repeated. */
  double at(List<String> letters, int[] place) {
    int[] own = new int[axes.size()];
    for (int i = 0; i < own.length; i++) {
      int position = letters.indexOf(axes.get(i));
      own[i] = position < 0 || lengths.get(i) == 1 ? 0 : place[position];
    }
    return at(own);
  }

  int length(String axis) {
    int position = axes.indexOf(axis);
    return position < 0 ? 1 : lengths.get(position);
  }

  /** Number by number, along the axes of all. */
  static Numbers zip(ToDoubleFunction<double[]> function, Numbers... all) {
    List<Numbers> values = Arrays.stream(all).map(Numbers::resolved).toList();
    List<String> axes = Axes.union(values.stream().map(Numbers::axes).toList());
    List<Integer> lengths = new ArrayList<>();
    for (String axis : axes) {
      int longest = values.stream().mapToInt(v -> v.length(axis)).max().orElse(1);
      for (Numbers v : values) {
        if (v.length(axis) != 1 && v.length(axis) != longest) {
          throw new IllegalStateException("axis " + axis + ": " + v.length(axis) + ", " + longest);
        }
      }
      lengths.add(longest);
    }
    int count = values.size();
    int[][] steps = new int[count][];
    for (int v = 0; v < count; v++) {
      steps[v] = values.get(v).steps(axes);
    }
    double[] here = new double[count];
    return filled(
        axes,
        lengths,
        place -> {
          for (int v = 0; v < count; v++) {
            int offset = 0;
            for (int axis = 0; axis < place.length; axis++) {
              offset += place[axis] * steps[v][axis];
            }
            here[v] = values.get(v).data[offset];
          }
          return function.applyAsDouble(here);
        });
  }

  /** How far apart its numbers are along other axes; 0 along those where it is repeated. */
  private int[] steps(List<String> letters) {
    int[] steps = new int[letters.size()];
    int size = 1;
    for (int axis = axes.size() - 1; axis >= 0; axis--) {
      int position = letters.indexOf(axes.get(axis));
      if (position >= 0 && lengths.get(axis) != 1) {
        steps[position] = size;
      }
      size *= lengths.get(axis);
    }
    return steps;
  }

  /** The numbers under other letters. */
  Numbers along(List<String> letters) {
    if (letters.size() != axes.size()) {
      throw new IllegalStateException(letters + " for axes " + axes);
    }
    return new Numbers(letters, lengths, data, transposed, classes);
  }

  Numbers transpose() {
    return new Numbers(axes, lengths, data, !transposed, classes);
  }

  Numbers labels(int count) {
    return new Numbers(axes, lengths, data, transposed, count);
  }

  /** The last two axes in each other's place, if ᵀ stands behind it. */
  Numbers resolved() {
    if (!transposed) {
      return this;
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, axes.size()).boxed().toList());
    int last = order.size() - 1;
    order.set(last, last - 1);
    order.set(last - 1, last);
    Numbers plain = new Numbers(axes, lengths, data, false, classes);
    return plain.reordered(order, axes);
  }

  /** The axes in another order and under other letters. */
  Numbers reordered(List<Integer> order, List<String> letters) {
    List<Integer> moved = order.stream().map(lengths::get).toList();
    Numbers result =
        filled(
            letters,
            moved,
            place -> {
              int[] own = new int[place.length];
              for (int i = 0; i < own.length; i++) {
                own[order.get(i)] = place[i];
              }
              return at(own);
            });
    return result.labels(classes);
  }

  /** The places from one up to another of an axis; a single one leaves no axis. */
  Numbers places(int axis, int from, int to) {
    return places(axis, from, to, 1);
  }

  Numbers places(int axis, int from, int to, int step) {
    List<Integer> some = new ArrayList<>(lengths);
    some.set(axis, (to - from + step - 1) / step);
    Numbers part =
        filled(
            axes,
            some,
            place -> {
              int[] own = place.clone();
              own[axis] = own[axis] * step + from;
              return at(own);
            });
    List<Integer> rest = new ArrayList<>(lengths);
    rest.remove(axis);
    Numbers result = to - from == 1 ? new Numbers(Axes.without(axes, axis), rest, part.data) : part;
    return result.labels(classes);
  }

  /** At each place of a label, what it points at along an axis. */
  Numbers pick(int axis, Numbers label) {
    List<String> rest = new ArrayList<>(axes);
    rest.remove(axis);
    List<String> fresh = label.axes.stream().filter(a -> !rest.contains(a)).toList();
    List<String> letters = new ArrayList<>(rest);
    letters.addAll(axis, fresh);
    List<Integer> longest =
        letters.stream()
            .map(l -> fresh.contains(l) ? label.length(l) : lengths.get(axes.indexOf(l)))
            .toList();
    Numbers picked =
        filled(
            letters,
            longest,
            place -> {
              int[] own = new int[axes.size()];
              for (int i = 0; i < own.length; i++) {
                own[i] =
                    i == axis
                        ? (int) label.at(letters, place)
                        : place[letters.indexOf(axes.get(i))];
              }
              return at(own);
            });
    return picked.along(Axes.replaced(axes, axis, label.axes));
  }

  /** Joins the numbers along some axes, of which one that it does not have counts so often. */
  Numbers reduce(
      List<String> over,
      List<Integer> times,
      double start,
      java.util.function.DoubleBinaryOperator join) {
    List<String> letters = new ArrayList<>(axes);
    List<Integer> all = new ArrayList<>(lengths);
    for (int i = 0; i < over.size(); i++) {
      if (!letters.contains(over.get(i))) {
        letters.add(over.get(i));
        all.add(times.get(i));
      }
    }
    List<String> left = letters.stream().filter(a -> !over.contains(a)).toList();
    List<Integer> leftLengths = left.stream().map(a -> all.get(letters.indexOf(a))).toList();
    double[] joined = new double[size(leftLengths)];
    Arrays.fill(joined, start);
    int[] to = new Numbers(left, leftLengths, joined).steps(letters);
    int[] from = steps(letters);
    filled(
        letters,
        all,
        place -> {
          int offset = 0;
          int source = 0;
          for (int axis = 0; axis < place.length; axis++) {
            offset += place[axis] * to[axis];
            source += place[axis] * from[axis];
          }
          joined[offset] = join.applyAsDouble(joined[offset], data[source]);
          return 0;
        });
    return new Numbers(left, leftLengths, joined);
  }

  /** The product of two matrices: the last axis has the columns, all others are rows. */
  static Numbers product(Numbers a, Numbers b, List<String> each) {
    int shared = each.size();
    int count = size(a.lengths.subList(0, shared));
    List<Integer> outer = a.lengths.subList(0, shared);
    List<Integer> rowsOfA = a.lengths.subList(shared, a.lengths.size() - 1);
    List<Integer> rowsOfB = b.lengths.subList(shared, b.lengths.size() - 1);
    int columnsOfA = a.lengths.get(a.lengths.size() - 1);
    int columnsOfB = b.lengths.get(b.lengths.size() - 1);
    int rows = a.transposed ? columnsOfA : size(rowsOfA);
    int inner = a.transposed ? size(rowsOfA) : columnsOfA;
    int columns = b.transposed ? size(rowsOfB) : columnsOfB;
    if (inner != (b.transposed ? columnsOfB : size(rowsOfB))) {
      throw new IllegalStateException("a product of " + a + " and " + b);
    }
    double[] c = new double[count * rows * columns];
    for (int p = 0; p < count; p++) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          for (int k = 0; k < inner; k++) {
            double left = a.data[p * rows * inner + (a.transposed ? k * rows + i : i * inner + k)];
            double right =
                b.data[p * inner * columns + (b.transposed ? j * inner + k : k * columns + j)];
            c[(p * rows + i) * columns + j] += left * right;
          }
        }
      }
    }
    List<Integer> lengths = new ArrayList<>(outer);
    lengths.addAll(a.transposed ? List.of(columnsOfA) : rowsOfA);
    lengths.add(columns);
    List<String> axes = new ArrayList<>(a.axes.subList(0, shared));
    axes.addAll(a.transposed ? List.of("j", "k") : a.axes.subList(shared, a.axes.size()));
    return new Numbers(axes, lengths, c);
  }
}
