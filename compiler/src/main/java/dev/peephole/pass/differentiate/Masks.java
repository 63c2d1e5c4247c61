package dev.peephole.pass.differentiate;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Op;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Gather;
import dev.peephole.op.Last;
import dev.peephole.op.OneHot;
import dev.peephole.op.Pad;
import dev.peephole.op.Pick;
import dev.peephole.op.PutLast;
import dev.peephole.op.Reshape;
import dev.peephole.op.ScatterAdd;
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
import java.util.function.UnaryOperator;

/**
 * Keeps gradients 0 where they are 0 because a value was not chosen. Where the derivative of what
 * was not chosen is infinite or no number, 0 times it is no number either, so it is not the factor
 * that is masked but the product.
 *
 * <pre>
 * forward    r = √u      p = r if u > 0 else u
 * instead of             du = ½ · (dp if u > 0 else 0) / r
 * it is                  du = (½ · dp / r) if u > 0 else 0
 * </pre>
 *
 * Likewise, of numbers that were picked out of many, only what was picked is differentiated.
 */
final class Masks {
  /** Their gradient is handed on or dropped, and multiplied by nothing. */
  private static final Set<Op> WITHOUT_FACTOR =
      Set.of(
          Elementwise.ADD,
          Elementwise.SUBTRACT,
          Elementwise.NEGATE,
          Elementwise.WHERE,
          Elementwise.MAX,
          Elementwise.MIN,
          Elementwise.RELU);

  private final Builder builder;
  private final Set<Var> unbounded;
  private final Map<Var, Equation> definitions = new HashMap<>();
  private final Map<Moved, Var> moved = new HashMap<>();
  private int known;

  /**
   * @param builder takes the equations of the gradients
   * @param forward the equations that are differentiated
   * @param unbounded those of their values that may be infinite or no number
   */
  Masks(Builder builder, List<Equation> forward, Set<Var> unbounded) {
    this.builder = builder;
    this.unbounded = unbounded;
    forward.forEach(e -> e.outs().forEach(out -> definitions.put(out, e)));
  }

  /** A test under an op that changes its shape. */
  private record Moved(Op op, Var test) {}

  /** A truth value, and what it must be. */
  private record Condition(Var test, boolean holds) {}

  /**
   * A value that is 0 where none of the conditions holds.
   *
   * @param inner a value that is the same where one does: the value itself, or one without a mask
   */
  private record Masked(Set<Condition> conditions, Var inner) {
    static Masked nowhere(Var var) {
      return new Masked(Set.of(), var);
    }

    boolean somewhere() {
      return !conditions.isEmpty();
    }
  }

  /**
   * Numbers put among zeros.
   *
   * @param numbers what is put
   * @param take takes the numbers at these places out of others
   * @param put puts numbers there, among zeros
   */
  private record Put(Var numbers, UnaryOperator<Var> take, UnaryOperator<Var> put) {}

  /** The gradient of an equation's input from that of its output. */
  Var gradient(Equation e, int input, Var d) {
    return isFactor(e) ? masked(e, input, d) : plain(e, input, d);
  }

  /** Whether there is a mask on an equation's gradient that its inputs' gradients must keep. */
  boolean hold(Equation e, Var d) {
    return isFactor(e) && (put(d).isPresent() || mask(d).somewhere());
  }

  /** 1 where a gradient may differ from 0, and 0 where it is masked, if it is. */
  Optional<Var> support(Var d) {
    Masked mask = mask(d);
    return mask.somewhere()
        ? Optional.of(around(constant(1, d.shape()), mask.conditions))
        : Optional.empty();
  }

  /** Whether a gradient is multiplied by what may be infinite or no number. */
  private boolean isFactor(Equation e) {
    return unbounded.contains(e.out())
        && e.op() instanceof Elementwise
        && !WITHOUT_FACTOR.contains(e.op());
  }

  private Var plain(Equation e, int input, Var d) {
    return e.op().gradient(input, new Backward(builder, e, d));
  }

  private Var masked(Equation e, int input, Var d) {
    Optional<Put> among = put(d);
    if (among.isPresent()) {
      Put put = among.get();
      List<Var> inputs = e.inputs().stream().map(put.take).toList();
      Equation there = new Equation(put.take.apply(e.out()), e.op(), inputs, e.origin());
      return put.put.apply(masked(there, input, put.numbers));
    }
    Optional<Equation> sum = definition(d).filter(s -> s.op() == Elementwise.ADD);
    if (sum.isPresent() && sum.get().inputs().stream().anyMatch(x -> put(x).isPresent())) {
      Var left = masked(e, input, sum.get().input(0));
      return builder.apply(Elementwise.ADD, left, masked(e, input, sum.get().input(1)));
    }
    Masked mask = mask(d);
    Var product = mask.inner == d ? plain(e, input, d) : masked(e, input, mask.inner);
    return mask.somewhere() ? around(product, mask.conditions) : product;
  }

  /** The value where one of the conditions holds, else 0. */
  private Var around(Var value, Set<Condition> conditions) {
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

  private Optional<Put> put(Var d) {
    Optional<Equation> definition = definition(d);
    if (definition.isEmpty()) {
      return Optional.empty();
    }
    Equation e = definition.get();
    if (e.op() instanceof Pad pad) {
      int end = pad.from() + e.input(0).shape().axis(pad.axis());
      return put(e, new Slice(pad.axis(), pad.from(), end));
    } else if (e.op() instanceof PutLast last) {
      return put(e, new Last(last.axis()));
    } else if (e.op() instanceof ScatterAdd) {
      return put(e, new Gather());
    }
    return e.op() == Elementwise.MULTIPLY ? picked(e) : Optional.empty();
  }

  private Optional<Put> put(Equation e, Op taking) {
    Var[] with = e.inputs().toArray(Var[]::new);
    return Optional.of(
        new Put(
            e.input(0),
            x -> builder.apply(taking, with(with, x)),
            x -> builder.apply(e.op(), with(with, x))));
  }

  private static Var[] with(Var[] inputs, Var first) {
    Var[] other = inputs.clone();
    other[0] = first;
    return other;
  }

  /** d ⊙ onehot(label): only the number that the label points at gets a gradient. */
  private Optional<Put> picked(Equation product) {
    Optional<Equation> spread =
        definition(product.input(0)).filter(e -> e.op() instanceof Broadcast);
    Optional<Equation> hot = definition(product.input(1)).filter(e -> e.op() instanceof OneHot);
    if (spread.isEmpty() || hot.isEmpty()) {
      return Optional.empty();
    }
    Var label = hot.get().input(0);
    return Optional.of(spread.get())
        .filter(e -> e.input(0).shape().equals(label.shape()))
        .map(
            e ->
                new Put(
                    e.input(0),
                    x -> builder.apply(new Pick(), x, label),
                    x ->
                        builder.apply(
                            Elementwise.MULTIPLY, builder.apply(e.op(), x), product.input(1))));
  }

  private Masked mask(Var d) {
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

  private boolean isZero(Var var) {
    return definition(var)
        .filter(
            e ->
                e.op() instanceof Constant c && c.value() == 0
                    || e.op() instanceof Broadcast && isZero(e.input(0)))
        .isPresent();
  }

  private Var constant(double value, Shape shape) {
    return Broadcast.lead(builder, builder.apply(new Constant(value, "")), shape);
  }

  private Optional<Equation> definition(Var var) {
    List<Equation> written = builder.equations();
    for (; known < written.size(); known++) {
      Equation e = written.get(known);
      e.outs().forEach(out -> definitions.put(out, e));
    }
    return Optional.ofNullable(definitions.get(var));
  }
}
