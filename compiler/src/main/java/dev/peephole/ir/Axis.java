package dev.peephole.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An axis of a value.
 *
 * @param position which of the value's axes it is
 */
public record Axis(Var var, int position) {

  /** The axes of two values of one shape. */
  public static List<List<Axis>> all(Var left, Var right) {
    List<Integer> axes = Axes.positions(left.shape().axes());
    return pairs(left, axes, right, axes);
  }

  /** The axes of two values that are the same one after another. */
  public static List<List<Axis>> pairs(
      Var left, List<Integer> ofLeft, Var right, List<Integer> ofRight) {
    return IntStream.range(0, ofLeft.size())
        .mapToObj(i -> List.of(new Axis(left, ofLeft.get(i)), new Axis(right, ofRight.get(i))))
        .toList();
  }

  /**
   * Which axes are gone along in step where each number of a result is an expression of numbers of
   * the inputs: for each axis of the result, those whose position is that of the result, perhaps
   * moved by a number.
   */
  static List<List<Axis>> inStep(Op.Pointwise op, Equation equation) {
    Var out = equation.out();
    List<Index> here = IntStream.range(0, out.shape().rank()).mapToObj(Index::loop).toList();
    List<List<Axis>> same = new ArrayList<>();
    here.forEach(index -> same.add(new ArrayList<>(List.of(new Axis(out, same.size())))));
    op.element(here, equation.inputs())
        .forEach(
            number -> {
              if (number instanceof Scalar.Load load) {
                for (int i = 0; i < load.at().size(); i++) {
                  int axis = here.indexOf(load.at().get(i).base());
                  if (axis >= 0) {
                    same.get(axis).add(new Axis(load.var(), i));
                  }
                }
              }
            },
            variable -> {});
    return same;
  }
}
