package dev.peephole.pass.contract;

import dev.peephole.ir.Op;
import dev.peephole.ir.Shape;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Reshape;
import dev.peephole.op.Transpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The axes of values as the pieces that they consist of, the outermost first, so that it is known
 * what becomes of an axis when it is put together with others, taken apart or moved.
 *
 * <pre>
 * x                               [h] [i] [c]
 * reshape(x, [h · i, 2, c / 2])   [h, i] [c₁] [c₂]      and from now on x is [h] [i] [c₁, c₂]
 * </pre>
 *
 * What does not come out even is left alone: the answer is then empty, or false.
 */
final class Pieces {
  /** How long each piece is, by its number; those of the batch and of open axes are negative. */
  private final List<Integer> lengths = new ArrayList<>();

  /** What became of a piece: it was taken apart, or is the same as another one. */
  private final Map<Integer, List<Integer>> became = new HashMap<>();

  /** The pieces that stay as they are. */
  private final List<Integer> whole = new ArrayList<>();

  /** A new piece. */
  int piece(int length) {
    lengths.add(length);
    return lengths.size() - 1;
  }

  /** The axes of a value, a new piece each. */
  List<List<Integer>> axes(Shape shape) {
    return shape.axes().stream().map(length -> List.of(piece(length))).toList();
  }

  int length(int piece) {
    return lengths.get(piece);
  }

  /** From now on a piece has another length, and is not taken apart. */
  void resize(int piece, int length) {
    lengths.set(piece, length);
    keep(piece);
  }

  /** From now on a piece is not taken apart. */
  void keep(int piece) {
    whole.add(piece);
  }

  /** What pieces have become. */
  List<Integer> now(List<Integer> pieces) {
    return pieces.stream()
        .flatMap(p -> became.containsKey(p) ? now(became.get(p)).stream() : Stream.of(p))
        .toList();
  }

  /** What the axes consist of by now. */
  List<List<Integer>> nowOf(List<List<Integer>> axes) {
    return axes.stream().map(this::now).toList();
  }

  /** The axes of what an op that moves numbers gives of a value with these. */
  Optional<List<List<Integer>>> after(Op op, List<List<Integer>> axes) {
    if (op instanceof Transpose transpose) {
      return Optional.of(transpose.order().stream().map(axes::get).toList());
    } else if (op instanceof Broadcast broadcast) {
      return Optional.of(
          IntStream.range(0, broadcast.shape().rank())
              .mapToObj(
                  i ->
                      broadcast.kept().contains(i)
                          ? axes.get(broadcast.kept().indexOf(i))
                          : List.of(piece(broadcast.shape().axis(i))))
              .toList());
    }
    return op instanceof Reshape reshape ? reshaped(reshape.shape(), axes) : Optional.empty();
  }

  private Optional<List<List<Integer>>> reshaped(Shape shape, List<List<Integer>> axes) {
    List<Integer> rest = new ArrayList<>(axes.stream().flatMap(a -> now(a).stream()).toList());
    List<List<Integer>> result = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      boolean another = axis + 1 < shape.rank() && shape.axis(axis + 1) == 1;
      Optional<List<Integer>> taken = take(rest, shape.axis(axis), another);
      if (taken.isEmpty()) {
        return Optional.empty();
      }
      result.add(taken.get());
    }
    return Optional.of(result);
  }

  /**
   * Takes pieces that make up a length from the beginning of a list.
   *
   * @param another whether the next axis wants a piece of one place
   */
  private Optional<List<Integer>> take(List<Integer> rest, int length, boolean another) {
    List<Integer> taken = new ArrayList<>();
    int left = length;
    while (left != 1 && !rest.isEmpty()) {
      int first = rest.remove(0);
      int size = length(first);
      if (size == left) {
        left = 1;
      } else if (size < 0 || left < 0) {
        return Optional.empty();
      } else if (left % size == 0) {
        left /= size;
      } else if (size % left == 0 && split(first, left)) {
        rest.add(0, became.get(first).get(1));
        first = became.get(first).get(0);
        left = 1;
      } else {
        return Optional.empty();
      }
      taken.add(first);
    }
    while (!rest.isEmpty() && length(rest.get(0)) == 1 && (taken.isEmpty() || !another)) {
      taken.add(rest.remove(0));
    }
    if (taken.isEmpty()) {
      taken.add(piece(1));
    }
    return left == 1 ? Optional.of(taken) : Optional.empty();
  }

  private boolean split(int piece, int outer) {
    if (whole.contains(piece)) {
      return false;
    }
    became.put(piece, List.of(piece(outer), piece(length(piece) / outer)));
    return true;
  }

  /** Makes two axes the same, if they can be. */
  boolean unify(List<Integer> one, List<Integer> other) {
    List<Integer> left = new ArrayList<>(now(one));
    List<Integer> right = new ArrayList<>(now(other));
    while (!left.isEmpty() && !right.isEmpty()) {
      int a = left.remove(0);
      int b = right.remove(0);
      int longer = length(a);
      int shorter = length(b);
      if (longer == shorter) {
        if (a != b) {
          became.put(b, List.of(a));
        }
      } else if (longer == 1) {
        right.add(0, b);
      } else if (shorter == 1) {
        left.add(0, a);
      } else if (longer > 0 && shorter > 0 && longer % shorter == 0 && split(a, shorter)) {
        left.addAll(0, became.get(a));
        right.add(0, b);
      } else if (longer > 0 && shorter > 0 && shorter % longer == 0 && split(b, longer)) {
        right.addAll(0, became.get(b));
        left.add(0, a);
      } else {
        return false;
      }
    }
    return Stream.concat(left.stream(), right.stream()).allMatch(p -> length(p) == 1);
  }
}
