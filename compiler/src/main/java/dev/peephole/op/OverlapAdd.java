package dev.peephole.op;

import dev.peephole.ir.Axis;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import dev.peephole.runtime.kernel.Mode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The sum of the windows over an image, each where it was taken from, window after window: the sum
 * of {@link FromWindows} along all axes at once.
 */
public record OverlapAdd(WindowGrid grid) implements Op.Routine {

  @Override
  public String name() {
    return "overlap_add";
  }

  @Override
  public Type type(List<Type> inputs) {
    inputs.get(0).requireNumbers();
    Shape taken = inputs.get(0).shape();
    Shape each = grid.windows().append(grid.window());
    if (taken.rank() < each.rank() || !taken.last(each.rank()).equals(each)) {
      throw new TypeMismatch(taken + " are not the windows of " + grid.image(), each + " are");
    }
    return Type.real(taken.first(taken.rank() - each.rank()).append(grid.image()));
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0).total(0, grid.window().size());
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    List<Op> ops = grid.putBack(grid.outer(equation.out().shape()));
    int last = ops.size() - 1;
    List<Op> along = new ArrayList<>(ops.subList(0, last));
    Collections.reverse(along); // as reverse mode writes the sum that this takes the place of
    return WindowGrid.formula(along, ops.get(last), inputs, equation);
  }

  @Override
  public List<List<Axis>> sameAxes(Equation equation) {
    int front = equation.out().shape().rank() - 1;
    List<Integer> axes = IntStream.range(0, front).boxed().toList();
    return Axis.pairs(equation.input(0), axes, equation.out(), axes);
  }

  @Override
  public Optional<String> nondifferentiable() {
    return Optional.of("it takes the place of a sum of windows once there are gradients");
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }

  @Override
  public double[] reference(List<double[]> inputs, List<Shape> shapes, Shape result, Mode mode) {
    double[] out = new double[result.size()];
    grid.product().overlapAdd(inputs.get(0), out, grid.outer(result).size());
    return out;
  }
}
