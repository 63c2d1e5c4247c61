package dev.peephole.op;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Misfit;
import dev.peephole.ir.Op;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;

/** The same numbers under another shape. */
public record Reshape(Shape shape) implements Op.View {

  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public String describe() {
    return "reshape to " + shape;
  }

  @Override
  public Type type(List<Type> inputs) {
    Type input = inputs.get(0);
    if (input.shape().size() != shape.size() || input.shape().batched() != shape.batched()) {
      throw new Misfit(
          input.shape().example() + " cannot become " + shape.example(),
          input.shape().size() + " numbers are not " + shape.size());
    }
    if (input.shape().count(Shape.OPEN) != shape.count(Shape.OPEN)) {
      throw new Misfit(
          input.shape().example() + " cannot become " + shape.example(),
          "how long an open axis is differs from batch to batch; it stays as it is");
    }
    if (!sizesAround(input.shape()).equals(sizesAround(shape))) {
      throw new Misfit(
          input.shape().example() + " cannot become " + shape.example(),
          "numbers of different time steps would come to lie in one row");
    }
    return new Type(shape, input.element(), input.classes());
  }

  /** How many numbers stand before, between and behind the open axes. */
  private static List<Integer> sizesAround(Shape shape) {
    List<Integer> sizes = new ArrayList<>();
    int size = 1;
    for (int length : shape.axes()) {
      if (length == Shape.OPEN) {
        sizes.add(size);
        size = 1;
      } else {
        size *= Math.max(length, 1);
      }
    }
    sizes.add(size);
    return sizes;
  }

  @Override
  public Formula formula(List<Formula> inputs) {
    return inputs.get(0);
  }

  @Override
  public Var gradient(int input, Backward back) {
    return back.apply(new Reshape(back.x().shape()), back.d());
  }
}
