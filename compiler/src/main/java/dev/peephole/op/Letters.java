package dev.peephole.op;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Shape;
import java.util.ArrayList;
import java.util.List;

/** How the axes of an expression are called where an op takes some away or brings some in. */
final class Letters {
  private Letters() {}

  /** The letter of an axis after the letters have changed, in the same order. */
  static String after(String letter, List<String> before, List<String> after) {
    int place = before.indexOf(letter);
    return place < 0 ? letter : after.get(place);
  }

  /** The expression with other letters for its axes. */
  static Expression renamed(Expression value, List<String> before, List<String> after) {
    return value.along(value.axes().stream().map(axis -> after(axis, before, after)).toList());
  }

  /** What is left of the letters when some axes of a shape are gone. */
  static List<String> rest(List<String> letters, Shape from, List<Integer> gone, Shape to) {
    List<String> old = Axes.of(from);
    List<String> kept = from.others(gone).stream().map(old::get).toList();
    List<String> rest = new ArrayList<>(letters);
    rest.removeIf(letter -> old.contains(letter) && !kept.contains(letter));
    rest.replaceAll(letter -> after(letter, kept, Axes.of(to)));
    return rest;
  }

  /** The expression of what is left, under the letters of the result. */
  static Expression from(Expression left, Shape from, List<Integer> gone, Shape to) {
    return left.along(rest(left.axes(), from, gone, to));
  }
}
