package dev.peephole.op;

import dev.peephole.ir.Axis;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import dev.peephole.runtime.kernel.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A product whose left side has a row for each window over an image, without that side.
 *
 * <pre>
 * PLAIN             rows · W   = [outer…, windows…, m]     of W [numbers of a window, m]
 * LEFT_TRANSPOSED   rowsᵀ · z  = [numbers of a window, m]  of z [outer…, windows…, m]
 * </pre>
 */
public record WindowMatmul(Matmul.Form form, WindowGrid grid) implements Op.Routine {

  @Override
  public String name() {
    return form == Matmul.Form.PLAIN ? "window_matmul" : "window_matmul_left_transposed";
  }

  @Override
  public String describe() {
    return name()
        + " of windows "
        + grid.sizes()
        + (grid.strides().stream().allMatch(s -> s == 1) ? "" : " every " + grid.strides())
        + (grid.dilations().stream().allMatch(d -> d == 1) ? "" : " spaced " + grid.dilations());
  }

  @Override
  public Type type(List<Type> inputs) {
    Type images = inputs.get(0);
    inputs.forEach(Type::requireNumbers);
    if (!grid.fits(images)) {
      throw new TypeMismatch(images + " are no images " + grid.image(), "their axes differ");
    }
    Shape rows = grid.outer(images.shape()).append(grid.windows());
    int size = grid.window().size();
    Shape other = inputs.get(1).shape();
    Shape columns = other.last(1);
    Shape expected = (plain() ? Shape.of(size) : rows).append(columns);
    if (!other.equals(expected)) {
      throw new TypeMismatch(
          "windows of " + images + " cannot be multiplied by " + other, expected + " is wanted");
    }
    return Type.real((plain() ? rows : Shape.of(size)).append(columns));
  }

  private boolean plain() {
    return form == Matmul.Form.PLAIN;
  }

  @Override
  public String hint(List<Var> inputs) {
    return "filtered";
  }

  @Override
  public Range range(Ranging ranging) {
    Shape rows = grid.outer(ranging.var(0).shape()).append(grid.windows());
    Shape inner = plain() ? grid.window() : rows;
    Range each = ranging.x(0).times(ranging.x(1));
    return each.total(inner.size(), inner.fixed() ? inner.size() : Double.POSITIVE_INFINITY)
        .with(each.spread());
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Shape outer = grid.outer(equation.input(0).shape());
    if (plain()) {
      return sum(inputs, equation, outer.append(grid.windows()));
    }
    List<Op> rows = new ArrayList<>(grid.take(outer));
    rows.add(new Reshape(outer.append(grid.windows()).append(Shape.of(grid.window().size()))));
    return WindowGrid.formula(rows, new Matmul(form, 0), inputs, equation);
  }

  /** The product as the sum over a window's numbers. */
  private Expression sum(List<Expression> inputs, Equation equation, Shape rows) {
    Shape weights = grid.window().append(equation.out().shape().last(1));
    Shape domain = rows.append(weights);
    int columns = domain.rank() - 1;
    List<Op> left = new ArrayList<>(grid.take(grid.outer(equation.input(0).shape())));
    left.add(new Broadcast(domain, IntStream.range(0, columns).boxed().toList()));
    List<Integer> inside = IntStream.range(rows.rank(), columns).boxed().toList();
    List<Integer> kept = IntStream.rangeClosed(rows.rank(), columns).boxed().toList();
    List<Op> right = List.of(new Reshape(weights), new Broadcast(domain, kept));
    WindowGrid.Step a = WindowGrid.after(left, inputs.get(0), equation.input(0));
    WindowGrid.Step b = WindowGrid.after(right, inputs.get(1), equation.input(1));
    Var each = Var.of("", Type.real(domain));
    List<Var> both = List.of(a.value(), b.value());
    Equation product = new Equation(each, Elementwise.MULTIPLY, both, Origin.NOWHERE);
    Expression term = Elementwise.MULTIPLY.formula(List.of(a.formula(), b.formula()), product);
    Op sum = new Sum(inside);
    return sum.formula(
        List.of(term), new Equation(equation.out(), sum, List.of(each), equation.origin()));
  }

  @Override
  public List<List<Axis>> sameAxes(Equation equation) {
    Var images = equation.input(0);
    Var rows = plain() ? equation.out() : equation.input(1);
    List<Integer> front = new ArrayList<>();
    for (int i = 0; i < images.shape().rank() - 1; i++) {
      front.add(i);
    }
    return Axis.pairs(images, front, rows, front);
  }

  @Override
  public Optional<String> nondifferentiable() {
    return Optional.of("it takes the place of a product of windows once there are gradients");
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }

  @Override
  public double[] reference(List<double[]> inputs, List<Shape> shapes, Shape result, Mode mode) {
    int images = grid.outer(shapes.get(0)).size();
    int columns = result.axis(result.rank() - 1);
    double[] out = new double[result.size()];
    if (plain()) {
      grid.product().multiply(inputs.get(0), inputs.get(1), out, images, columns);
    } else {
      grid.product().multiplyLeftTransposed(inputs.get(0), inputs.get(1), out, images, columns);
    }
    return out;
  }
}
