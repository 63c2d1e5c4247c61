package dev.peephole.pass.differentiate;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Op;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Matmul;
import dev.peephole.op.ReduceMax;
import dev.peephole.op.Reshape;
import dev.peephole.op.Slice;
import dev.peephole.op.Sum;
import dev.peephole.op.Transpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where gradients are 0 because a value was not chosen, as the equations that compute them say.
 *
 * <pre>
 * du = dp if u > 0 else 0      is masked where u > 0 does not hold, and so is 2 · du
 * </pre>
 */
final class Masks {
  private final Builder builder;
  private final Map<Var, Equation> definitions = new HashMap<>();
  private final Map<Moved, Var> moved = new HashMap<>();
  private int known;

  /**
   * @param builder takes the equations of the gradients
   * @param forward the equations that are differentiated
   */
  Masks(Builder builder, List<Equation> forward) {
    this.builder = builder;
    forward.forEach(e -> e.outs().forEach(out -> definitions.put(out, e)));
  }

  /** A test under an op that changes its shape. */
  private record Moved(Op op, Var test) {}

  /** A truth value, and what it must be. */
  record Condition(Var test, boolean holds) {}

  /**
   * A value that is 0 where none of the conditions holds.
   *
   * @param inner a value that is the same where one does: the value itself, or one without a mask
   */
  record Masked(Set<Condition> conditions, Var inner) {
    static Masked nowhere(Var var) {
      return new Masked(Set.of(), var);
    }

    boolean somewhere() {
      return !conditions.isEmpty();
    }
  }

  /** 1 where a gradient may differ from 0, and 0 where it is masked, if it is. */
  Optional<Var> support(Var d) {
    Masked mask = mask(d);
    return mask.somewhere()
        ? Optional.of(around(constant(1, d.shape()), mask.conditions))
        : Optional.empty();
  }

  /** The value where one of the conditions holds, else 0. */
  Var around(Var value, Set<Condition> conditions) {
    Var result = constant(0, value.shape());
    List<Condition> last = new ArrayList<>(conditions);
    for (int i = last.size() - 1; i >= 0; i--) {
      Condition c = last.get(i);
      result =
          c.holds
              ? builder.apply(Elementwise.WHERE, c.test, value, result)
              : builder.apply(Elementwise.WHERE, c.test, result, value);
    }
    return result;
  }

  /** The mask on a gradient. */
  Masked mask(Var d) {
    Equation e = definition(d).orElse(null);
    if (e == null) {
      return Masked.nowhere(d);
    } else if (e.op() == Elementwise.WHERE) {
      return ofSelection(e);
    } else if (e.op() == Elementwise.ADD || e.op() == Elementwise.SUBTRACT) {
      return ofSum(e);
    } else if (e.op() == Elementwise.NEGATE || e.op() == Elementwise.DIVIDE) {
      return within(e, 0);
    } else if (e.op() == Elementwise.MULTIPLY) {
      Masked left = within(e, 0);
      return left.somewhere() ? left : within(e, 1);
    } else if (e.op() instanceof Sum sum) {
      return ofReduced(e, sum);
    } else if (e.op() instanceof Matmul matmul) {
      return ofProduct(e, matmul, 0).or(() -> ofProduct(e, matmul, 1)).orElse(Masked.nowhere(d));
    }
    boolean moves =
        e.op() instanceof Broadcast
            || e.op() instanceof Transpose
            || e.op() instanceof Slice
            || e.op() instanceof Reshape;
    return moves ? ofMoved(e) : Masked.nowhere(d);
  }

  private Masked ofSelection(Equation e) {
    Condition yes = new Condition(e.input(0), true);
    Condition no = new Condition(e.input(0), false);
    if (isZero(e.input(2))) {
      return new Masked(Set.of(yes), e.input(1));
    } else if (isZero(e.input(1))) {
      return new Masked(Set.of(no), e.input(2));
    }
    Masked then = mask(e.input(1));
    Masked otherwise = mask(e.input(2));
    if (!then.somewhere() && !otherwise.somewhere()) {
      return Masked.nowhere(e.out());
    }
    Set<Condition> either = new LinkedHashSet<>(then.somewhere() ? then.conditions : Set.of(yes));
    either.addAll(otherwise.somewhere() ? otherwise.conditions : Set.of(no));
    return new Masked(either, e.out());
  }

  private Masked ofSum(Equation e) {
    Masked left = mask(e.input(0));
    Masked right = mask(e.input(1));
    if (!left.somewhere() || !right.somewhere()) {
      return Masked.nowhere(e.out());
    }
    if (left.conditions.equals(right.conditions)) {
      return new Masked(left.conditions, again(e, List.of(left.inner, right.inner)));
    }
    Set<Condition> either = new LinkedHashSet<>(left.conditions);
    either.addAll(right.conditions);
    return new Masked(either, e.out());
  }

  /** An op that is 0 where one input is. */
  private Masked within(Equation e, int input) {
    Masked mask = mask(e.input(input));
    if (!mask.somewhere()) {
      return Masked.nowhere(e.out());
    }
    List<Var> inputs = new ArrayList<>(e.inputs());
    inputs.set(input, mask.inner);
    return new Masked(mask.conditions, again(e, inputs));
  }

  /** The same op of inputs that may be others. */
  private Var again(Equation e, List<Var> inputs) {
    return inputs.equals(e.inputs()) ? e.out() : builder.named("", e.op(), inputs);
  }

  private Masked ofMoved(Equation e) {
    Masked mask = mask(e.input(0));
    if (!mask.somewhere()) {
      return Masked.nowhere(e.out());
    }
    Set<Condition> conditions = new LinkedHashSet<>();
    mask.conditions.forEach(c -> conditions.add(new Condition(move(e.op(), c.test), c.holds)));
    return new Masked(conditions, again(e, List.of(mask.inner)));
  }

  /** A truth value under another shape; a view can only be taken of numbers. */
  private Var move(Op op, Var test) {
    return moved.computeIfAbsent(
        new Moved(op, test),
        key -> {
          if (!(op instanceof Op.View)) {
            return builder.apply(op, test);
          }
          Var one = constant(1, test.shape());
          Var numbers = builder.apply(Elementwise.WHERE, test, one, constant(0, test.shape()));
          Var there = builder.apply(op, numbers);
          return builder.apply(Elementwise.EQUAL, there, constant(1, there.shape()));
        });
  }

  /** A sum along axes along which the conditions are the same. */
  private Masked ofReduced(Equation e, Sum sum) {
    Masked mask = mask(e.input(0));
    Set<Condition> conditions = new LinkedHashSet<>();
    for (Condition c : mask.conditions) {
      Optional<Equation> spread = definition(c.test).filter(s -> s.op() instanceof Broadcast);
      if (spread.isEmpty() || !((Broadcast) spread.get().op()).fresh().containsAll(sum.axes())) {
        return Masked.nowhere(e.out());
      }
      Broadcast op = (Broadcast) spread.get().op();
      List<Integer> left = op.shape().others(sum.axes());
      List<Integer> kept = op.kept().stream().map(left::indexOf).toList();
      Shape shape = op.shape().without(sum.axes());
      Var test = Broadcast.to(builder, spread.get().input(0), shape, kept);
      conditions.add(new Condition(test, c.holds));
    }
    return conditions.isEmpty()
        ? Masked.nowhere(e.out())
        : new Masked(conditions, again(e, List.of(mask.inner)));
  }

  /** A product of matrices is masked where all of its terms are. */
  private Optional<Masked> ofProduct(Equation e, Matmul matmul, int side) {
    Shape shape = e.out().shape();
    Matmul.Outer outer = matmul.outer(side, e.input(side).shape(), shape);
    return support(e.input(side))
        .map(support -> any(support, outer.side(), shape, outer.result()))
        .map(some -> new Masked(Set.of(new Condition(some, true)), e.out()));
  }

  /**
   * Where something is open, seen along some axes of it only.
   *
   * @param support 1 where something is open, else 0
   * @param axes those that are seen
   * @param shape in which the answer is wanted
   * @param kept where in it these axes stand
   */
  Var any(Var support, List<Integer> axes, Shape shape, List<Integer> kept) {
    List<Integer> over = support.shape().others(axes);
    Var most = over.isEmpty() ? support : builder.apply(new ReduceMax(over), support);
    Var some = builder.apply(Elementwise.EQUAL, most, constant(1, most.shape()));
    return Broadcast.to(builder, some, shape, kept);
  }

  private boolean isZero(Var var) {
    return definition(var)
        .filter(
            e ->
                e.op() instanceof Constant c && c.value() == 0
                    || e.op() instanceof Broadcast && isZero(e.input(0)))
        .isPresent();
  }

  /** A number in every place of a shape. */
  Var constant(double value, Shape shape) {
    return Broadcast.lead(builder, builder.apply(new Constant(value, "")), shape);
  }

  /** The equation that computes a value. */
  Optional<Equation> definition(Var var) {
    List<Equation> written = builder.equations();
    for (; known < written.size(); known++) {
      Equation e = written.get(known);
      e.outs().forEach(out -> definitions.put(out, e));
    }
    return Optional.ofNullable(definitions.get(var));
  }
}
