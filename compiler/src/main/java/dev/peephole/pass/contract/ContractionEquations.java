package dev.peephole.pass.contract;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Elementwise;
import dev.peephole.op.FromWindows;
import dev.peephole.op.Reshape;
import dev.peephole.op.Sum;
import dev.peephole.op.Transpose;
import dev.peephole.op.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Writes a {@link Contraction} as equations: both sides are repeated, multiplied and added up. */
final class ContractionEquations {
  private final Contraction contraction;
  private final List<Integer> domain;
  private final Builder builder = new Builder();

  /**
   * @param domain the pieces of axes along which the products lie
   */
  ContractionEquations(Contraction contraction, List<Integer> domain, Origin origin) {
    this.contraction = contraction;
    this.domain = domain;
    builder.at(origin);
  }

  /** The equations of a value, which is the result. */
  List<Equation> to(Var result) {
    Var left = side(contraction.sides().get(0));
    Var right = side(contraction.sides().get(1));
    List<Integer> kept = contraction.kept();
    List<Integer> summed =
        IntStream.range(0, domain.size())
            .filter(i -> !kept.contains(domain.get(i)))
            .boxed()
            .toList();
    boolean asItIs = result.shape().equals(lengths(kept));
    if (summed.isEmpty()) {
      last(Elementwise.MULTIPLY, asItIs, result, left, right);
    } else {
      last(new Sum(summed), asItIs, result, builder.apply(Elementwise.MULTIPLY, left, right));
    }
    return builder.equations();
  }

  /** The result of an op, whose axes are put together if it does not have them as it is. */
  private void last(Op op, boolean asItIs, Var result, Var... inputs) {
    if (asItIs) {
      builder.add(new Equation(result, op, List.of(inputs), builder.origin()));
    } else {
      Var apart = builder.apply(op, inputs);
      Op together = new Reshape(result.shape());
      builder.add(new Equation(result, together, List.of(apart), builder.origin()));
    }
  }

  private Shape lengths(List<Integer> pieces) {
    return new Shape(pieces.stream().map(contraction::length).toList());
  }

  /** A side, repeated along the pieces that it does not have. */
  private Var side(Contraction.Side side) {
    List<List<Integer>> axes = contraction.axes(side);
    List<Contraction.Spread> spreads =
        contraction.spreads().stream().filter(s -> s.side() == side).toList();
    Shape whole = lengths(domain);
    for (Contraction.Spread spread : spreads) {
      whole = whole.with(domain.indexOf(spread.along()), 1);
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      int place = domain.indexOf(axes.get(i).get(0));
      places.add(place);
      whole = whole.with(place, side.value().shape().axis(i));
    }
    Var value = repeated(side.value(), places, whole);
    for (List<Integer> axis : axes) {
      value = apart(value, axis);
    }
    for (Contraction.Spread spread : spreads) {
      FromWindows op = spread.op();
      int along = domain.indexOf(spread.along());
      int within = domain.indexOf(spread.within());
      value =
          builder.apply(
              new FromWindows(along, within, op.stride(), op.dilation(), op.length()), value);
    }
    return value;
  }

  /**
   * @param places where in the shape each axis of the value stands
   */
  private Var repeated(Var value, List<Integer> places, Shape shape) {
    List<Integer> ascending = places.stream().sorted().toList();
    Var sorted =
        ascending.equals(places)
            ? value
            : builder.apply(new Transpose(ascending.stream().map(places::indexOf).toList()), value);
    return Broadcast.to(builder, sorted, shape, ascending);
  }

  /** Takes an axis apart: place {@code b} of piece {@code a} is its place {@code a · size + b}. */
  private Var apart(Var value, List<Integer> axis) {
    Var taken = value;
    for (int i = axis.size() - 1; i > 0; i--) {
      int length = contraction.length(axis.get(i));
      int along = domain.indexOf(axis.get(0));
      int within = domain.indexOf(axis.get(i));
      taken = builder.apply(new Windows(along, within, length, 1), taken);
    }
    return taken;
  }
}
