package dev.peephole.op;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;

/**
 * The positions {@code from .. to} of one axis, the end not included, or every so many of them. Of
 * an open axis they are the first ones, or {@code -1 .. 0}, the last one.
 *
 * @param step how many places there are from one position to the next; 1 of a single position
 */
public record Slice(int axis, int from, int to, int step) implements Op.Pointwise {
  public Slice {
    if (step > 1 && to - from <= step) {
      to = from + 1;
      step = 1;
    }
  }

  /** All positions between two. */
  public Slice(int axis, int from, int to) {
    this(axis, from, to, 1);
  }

  @Override
  public String name() {
    return "slice";
  }

  @Override
  public String describe() {
    return "slice " + from + " .. " + to + every(step) + " of axis " + axis;
  }

  /** {@code step 2}, if that is to be said. */
  static String every(int step) {
    return step == 1 ? "" : " step " + step;
  }

  @Override
  public Type type(List<Type> inputs) {
    Type input = inputs.get(0);
    int length = input.shape().axis(axis);
    boolean within =
        length == Shape.OPEN ? from >= 0 || from == -1 && to == 0 : from >= 0 && to <= length;
    if (!within || from >= to) {
      throw new TypeMismatch(
          "there are no positions " + from + " .. " + to + " in an axis of " + Shape.text(length),
          "positions are counted from 0 and the end is not included");
    }
    int positions = (to - from + step - 1) / step;
    return new Type(input.shape().with(axis, positions), input.element(), input.classes());
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0);
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Shape before = equation.input(0).shape();
    Shape after = equation.out().shape();
    Expression value = inputs.get(0);
    List<String> seen = value.axes();
    int position = seen.indexOf(Axes.of(before).get(axis));
    boolean one = to - from == 1;
    if (position < 0) {
      return Letters.renamed(value, Axes.of(before), Axes.of(after));
    }
    List<String> own = one ? Axes.without(seen, position) : seen;
    List<String> names = new ArrayList<>(seen);
    names.replaceAll(letter -> Letters.after(letter, Axes.of(before), Axes.of(after)));
    if (one) {
      names.remove(position);
    }
    return new Expression.Places(value, position, from, to, step, one, own).along(names);
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    List<Index> source = new ArrayList<>(at);
    boolean last = from == -1;
    source.set(axis, last ? Index.fromEnd(1) : at.get(axis).times(step).shifted(from));
    return new Scalar.Load(inputs.get(0), source);
  }

  @Override
  public Var gradient(int input, Backward back) {
    int length = back.x().shape().axis(axis);
    return back.apply(new Pad(axis, from, length, step), back.d());
  }
}
