package dev.peephole.emit.java.routine;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.Lowering;
import dev.peephole.emit.Routines;
import dev.peephole.emit.Scope;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Statement;
import dev.peephole.op.Draw;
import dev.peephole.op.JoinShares;
import dev.peephole.op.Matmul;
import dev.peephole.op.Orthonormal;
import dev.peephole.op.OverlapAdd;
import dev.peephole.op.ScatterAdd;
import dev.peephole.op.WindowGrid;
import dev.peephole.op.WindowMatmul;
import dev.peephole.runtime.kernel.PackedMatrix;
import dev.peephole.runtime.kernel.Philox;
import dev.peephole.runtime.kernel.WindowProduct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Writes calls of the runtime's routines. */
public final class RoutineCode implements Routines {
  /** The field by which a class joins its shares with those of others. */
  public static final String SHARES = "shares";

  private final Set<Optimization> optimizations;
  private final Identifiers identifiers;
  private final Lowering numbers;
  private final MatrixCalls matrices;
  private final Map<Equation, String> packed = new HashMap<>();
  private final Map<WindowGrid, String> grids = new HashMap<>();
  private final Map<String, FieldSpec> fields = new LinkedHashMap<>();

  /** Of an optimisation it does what is in the set; arguments are written as other numbers are. */
  public RoutineCode(Set<Optimization> optimizations, Identifiers identifiers, Lowering numbers) {
    this.optimizations = optimizations;
    this.identifiers = identifiers;
    this.numbers = numbers;
    this.matrices = new MatrixCalls(identifiers, numbers);
  }

  /** What the calls need: matrices that are rearranged once, and where windows are. */
  public List<FieldSpec> fields() {
    return List.copyOf(fields.values());
  }

  private boolean does(Optimization optimization) {
    return optimizations.contains(optimization);
  }

  /** Rearranges what a recurrence multiplies by at all time steps, before it. */
  @Override
  public List<Statement> before(Kernel.Recurrence recurrence) {
    List<Statement> all = new ArrayList<>();
    Set<String> done = new HashSet<>();
    for (Kernel kernel : recurrence.body()) {
      if (does(Optimization.TILED_PRODUCTS)
          && does(Optimization.REARRANGED_ONCE)
          && kernel instanceof Kernel.Call call
          && isByConstant(call.equation(), recurrence.parts())) {
        Equation e = call.equation();
        boolean plain = ((Matmul) e.op()).form() == Matmul.Form.PLAIN;
        String name = identifiers.local("packed" + identifiers.of(e.input(1)) + (plain ? "" : "T"));
        packed.put(e, name);
        if (done.add(name)) {
          Statement pack = pack(e.input(1), plain, name);
          all.add(new Statement.From(e.out(), call.origin(), List.of(pack)));
        }
      }
    }
    return all;
  }

  /** Whether it is a product whose right side is one matrix, the same at all time steps. */
  private static boolean isByConstant(Equation e, Recurrence scan) {
    return e.op() instanceof Matmul matmul
        && matmul.form() != Matmul.Form.LEFT_TRANSPOSED
        && matmul.shared() == 0
        && scan.length() != 1
        && scan.constants().stream().anyMatch(input -> input.formal() == e.input(1))
        && !e.input(1).shape().batched();
  }

  private Statement pack(Var matrix, boolean plain, String name) {
    String source = identifiers.of(matrix);
    fields.put(
        name,
        FieldSpec.builder(PackedMatrix.class, name, Modifier.PRIVATE, Modifier.FINAL)
            .initializer("new $T()", PackedMatrix.class)
            .addJavadoc(
                "$L, rearranged for the products of all time steps", source + (plain ? "" : "ᵀ"))
            .build());
    Expr rows = Expr.whole(matrix.shape().axis(0));
    Expr columns = Expr.whole(matrix.shape().axis(1));
    Expr from = numbers.array(matrix);
    return plain
        ? perform(name + ".set", from, rows, columns)
        : perform(name + ".setTransposed", from, columns, rows);
  }

  private static Statement perform(String function, Expr... arguments) {
    return new Statement.Perform(new Expr.Call("", function, List.of(arguments)));
  }

  private static Statement ofMatrix(String function, Expr... arguments) {
    return new Statement.Perform(new Expr.Call("Matrix", function, List.of(arguments)));
  }

  @Override
  public List<Statement> call(Equation equation, Scope scope) {
    if (equation.op() instanceof Matmul matmul) {
      return does(Optimization.TILED_PRODUCTS)
          ? List.of(product(equation, matmul, scope))
          : matrices.product(equation, matmul, scope);
    }
    Expr out = numbers.array(equation.out());
    if (equation.op() instanceof Draw draw) {
      return List.of(draw(draw, out, Extents.size(equation.out().shape())));
    }
    Expr first = numbers.array(equation.input(0));
    if (equation.op() instanceof JoinShares join) {
      String routine = SHARES + "." + join.joined();
      return List.of(perform(routine, first, out, Extents.size(equation.out().shape())));
    }
    if (equation.op() instanceof WindowMatmul product) {
      Shape other = equation.input(1).shape();
      return List.of(
          perform(
              windows(product.grid())
                  + (product.form() == Matmul.Form.PLAIN ? ".multiply" : ".multiplyLeftTransposed"),
              first,
              numbers.array(equation.input(1)),
              out,
              Extents.size(product.grid().outer(equation.input(0).shape())),
              Expr.whole(other.axis(other.rank() - 1))));
    }
    if (equation.op() instanceof OverlapAdd sum) {
      Expr images = Extents.size(sum.grid().outer(equation.out().shape()));
      return List.of(perform(windows(sum.grid()) + ".overlapAdd", first, out, images));
    }
    if (equation.op() instanceof ScatterAdd rows) {
      if (!does(Optimization.TILED_PRODUCTS)) {
        return List.of(matrices.sums(equation, rows, scope));
      }
      Shape labels = equation.input(1).shape();
      return List.of(
          ofMatrix(
              "scatterAdd",
              first,
              numbers.array(equation.input(1)),
              out,
              Extents.size(labels),
              Expr.whole(rows.classes()),
              Expr.whole(ScatterAdd.row(equation.input(0).shape(), labels).size())));
    }
    if (equation.op() instanceof Orthonormal) {
      if (first.equals(out)) {
        return List.of(matrices.orthonormal(equation.out()));
      }
      Shape shape = equation.out().shape();
      Expr columns = Expr.whole(shape.axis(1));
      return List.of(ofMatrix("orthonormal", first, out, Expr.whole(shape.axis(0)), columns));
    }
    throw new IllegalStateException("no Java for " + equation.op().name());
  }

  /** The field that knows where the windows of a grid are. */
  private String windows(WindowGrid grid) {
    return grids.computeIfAbsent(
        grid,
        g -> {
          String name = identifiers.local("windows" + (grids.size() + 1));
          FieldSpec.Builder field =
              FieldSpec.builder(WindowProduct.class, name, Modifier.PRIVATE, Modifier.FINAL)
                  .addJavadoc("the windows of $L over $L", new Shape(g.sizes()), g.image())
                  .initializer(made(g));
          fields.put(name, field.build());
          return name;
        });
  }

  /** {@code new WindowProduct(28, 28, 1, 5, 5).every(2, 2)}. */
  private static CodeBlock made(WindowGrid grid) {
    String numbers =
        grid.arguments().stream().map(String::valueOf).collect(Collectors.joining(", "));
    CodeBlock.Builder made = CodeBlock.builder().add("new $T($L)", WindowProduct.class, numbers);
    List<Integer> strides = WindowGrid.inPlane(grid.strides());
    List<Integer> dilations = WindowGrid.inPlane(grid.dilations());
    if (!strides.equals(List.of(1, 1))) {
      made.add(".every($L, $L)", strides.get(0), strides.get(1));
    }
    if (!dilations.equals(List.of(1, 1))) {
      made.add(".spaced($L, $L)", dilations.get(0), dilations.get(1));
    }
    return made.build();
  }

  private static Statement draw(Draw draw, Expr out, Expr count) {
    String distribution = draw.distribution().toString();
    Expr stream = Expr.real(String.valueOf(draw.stream()));
    if (draw.moment() == Draw.Moment.EACH_STEP) {
      return perform("mode." + distribution, stream, out, count);
    }
    Expr seed = Expr.real("seed");
    Expr generator = new Expr.New(Philox.class.getSimpleName(), List.of(seed, stream));
    return new Statement.Perform(new Expr.Method(generator, distribution, List.of(out)));
  }

  private Statement product(Equation equation, Matmul op, Scope scope) {
    Var a = equation.input(0);
    Var b = equation.input(1);
    Var c = equation.out();
    Matmul.Extent sizes = op.extent(a.shape(), b.shape());
    if (packed.containsKey(equation)) {
      return perform(
          "products.multiply",
          numbers.array(a),
          numbers.start(a, scope),
          Expr.array(packed.get(equation)),
          numbers.array(c),
          numbers.start(c, scope),
          Extents.size(sizes.rows()));
    }
    Expr count = Extents.size(sizes.count());
    boolean timed = Stream.of(a, b, c).anyMatch(v -> !numbers.start(v, scope).is(0));
    List<Shape> matrices =
        List.of(
            sizes.rows().append(sizes.inner()),
            sizes.inner().append(sizes.columns()),
            sizes.rows().append(sizes.columns()));
    String p = matrix(sizes.count(), c, scope);
    List<Expr> arguments = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Var matrix = List.of(a, b, c).get(i);
      arguments.add(numbers.array(matrix));
      Expr start = numbers.start(matrix, scope);
      if (!count.is(1)) {
        arguments.add(start.plus(Expr.position(p).times(Extents.size(matrices.get(i)))));
      } else if (timed) {
        arguments.add(start);
      }
    }
    arguments.add(Extents.size(sizes.rows()));
    arguments.add(Extents.size(sizes.inner()));
    arguments.add(Extents.size(sizes.columns()));
    Statement call = new Statement.Perform(function(op.form(), arguments));
    return count.is(1) ? call : Statement.loop(p, count, List.of(call));
  }

  /** The position of one matrix among several. */
  private String matrix(Shape count, Var product, Scope scope) {
    return count.rank() == 1
        ? identifiers.over(count, scope).positions().get(0)
        : identifiers.flat(product.shape(), scope);
  }

  private static Expr function(Matmul.Form form, List<Expr> arguments) {
    String name =
        switch (form) {
          case PLAIN -> "multiply";
          case LEFT_TRANSPOSED -> "multiplyLeftTransposed";
          case RIGHT_TRANSPOSED -> "multiplyRightTransposed";
        };
    return new Expr.Call("", "products." + name, arguments);
  }
}
