package dev.peephole.pass.differentiate;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Op;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Gather;
import dev.peephole.op.Last;
import dev.peephole.op.Matmul;
import dev.peephole.op.OneHot;
import dev.peephole.op.Pad;
import dev.peephole.op.Pick;
import dev.peephole.op.PutLast;
import dev.peephole.op.ScatterAdd;
import dev.peephole.range.Ranges;
import java.util.List;
import java.util.Optional;
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
final class MaskedGradients {
  private final Builder builder;
  private final Ranges ranges;
  private final Masks masks;

  /**
   * @param builder takes the equations of the gradients
   * @param ranges which values may be infinite or no number
   * @param masks where gradients are masked
   */
  MaskedGradients(Builder builder, Ranges ranges, Masks masks) {
    this.builder = builder;
    this.ranges = ranges;
    this.masks = masks;
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
    if (isFactor(e)) {
      return masked(e, input, d);
    }
    return isProduct(e, input) ? product(e, input, d) : plain(e, input, d);
  }

  /** Whether there is a mask on an equation's gradient that the gradient of an input must keep. */
  boolean hold(Equation e, int input, Var d) {
    return isFactor(e) && (put(d).isPresent() || masks.mask(d).somewhere())
        || isProduct(e, input) && masks.mask(d).somewhere();
  }

  /** Whether a gradient is multiplied by what may be infinite or no number. */
  private boolean isFactor(Equation e) {
    return ranges.isSingular(e.out()) && e.op() instanceof Elementwise op && !op.handsOn();
  }

  /**
   * Whether a gradient is multiplied, in a product of matrices, by what may be infinite or no
   * number.
   */
  private boolean isProduct(Equation e, int input) {
    return e.op() instanceof Matmul && ranges.isSingular(e.input(1 - input));
  }

  /**
   * Leaves out the numbers of the other side that meet masked gradients alone. One that meets
   * others, too, is not finite only if the result of the forward pass is not either.
   *
   * <pre>
   * forward    y = x · W      p = y if u > 0 else 0
   * instead of                dW = xᵀ · dy
   * it is                     dW = (x if a number in the row of dy is not masked else 0)ᵀ · dy
   * </pre>
   */
  private Var product(Equation e, int input, Var d) {
    Optional<Var> support = masks.support(d);
    if (support.isEmpty()) {
      return plain(e, input, d);
    }
    Var other = e.input(1 - input);
    Matmul.Outer outer = ((Matmul) e.op()).outer(1 - input, other.shape(), d.shape());
    Var met = masks.any(support.get(), outer.result(), other.shape(), outer.side());
    Var some = builder.apply(Elementwise.WHERE, met, other, masks.constant(0, other.shape()));
    List<Var> inputs = input == 0 ? List.of(e.input(0), some) : List.of(some, e.input(1));
    return plain(new Equation(e.out(), e.op(), inputs, e.origin()), input, d);
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
    Optional<Equation> sum = masks.definition(d).filter(s -> s.op() == Elementwise.ADD);
    if (sum.isPresent() && sum.get().inputs().stream().anyMatch(x -> put(x).isPresent())) {
      Var left = masked(e, input, sum.get().input(0));
      return builder.apply(Elementwise.ADD, left, masked(e, input, sum.get().input(1)));
    }
    Masks.Masked mask = masks.mask(d);
    Var product = mask.inner() == d ? plain(e, input, d) : masked(e, input, mask.inner());
    return mask.somewhere() ? masks.around(product, mask.conditions()) : product;
  }

  private Optional<Put> put(Var d) {
    Optional<Equation> definition = masks.definition(d);
    if (definition.isEmpty()) {
      return Optional.empty();
    }
    Equation e = definition.get();
    if (e.op() instanceof Pad pad) {
      return put(e, pad.slice(e.input(0).shape().axis(pad.axis())));
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
        masks.definition(product.input(0)).filter(e -> e.op() instanceof Broadcast);
    Optional<Equation> hot =
        masks.definition(product.input(1)).filter(e -> e.op() instanceof OneHot);
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
}
