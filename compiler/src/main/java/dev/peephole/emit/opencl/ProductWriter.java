package dev.peephole.emit.opencl;

import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.Lowering;
import dev.peephole.emit.Scope;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Statement;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Matmul;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Writes matrix products: in tiles, or where they are small, by an item for each number. */
final class ProductWriter {
  /** Up to so many numbers are added by one item. */
  private static final int SHORT = 16;

  /** How many rows and columns of a product an item computes. */
  private static final int EACH = 4;

  /** How many places of the inner axis are in local memory at once. */
  private static final int DEPTH = 16;

  /** The items of a group along each side of a tile. */
  private static final int SIDE = 8;

  /**
   * The same along the columns where products are large: the left side is then read half as often.
   */
  private static final int LONG_SIDE = 16;

  /** Devices run no fewer items at once than this. */
  private static final int LEAST_ITEMS = 32;

  /** A device is busy with so many groups; products of as many large tiles are large. */
  private static final int ENOUGH_GROUPS = 128;

  private final Lowering numbers;
  private final Identifiers identifiers;
  private final Scope scope;

  ProductWriter(Lowering numbers, Scope scope) {
    this.numbers = numbers;
    this.identifiers = numbers.identifiers();
    this.scope = scope;
  }

  /**
   * How the numbers of a side lie in memory.
   *
   * @param column from one number to the next in its column
   * @param row from one number to the next in its row
   * @param each from one matrix to the next
   */
  private record Strides(Expr column, Expr row, Expr each) {}

  /** How many products there are, and of what size. */
  private record Extent(Expr count, Expr rows, Expr inner, Expr columns) {}

  private record Operands(
      Var a, Strides left, Var b, Strides right, Var c, Expr each, Extent extent, Origin origin) {}

  /** Writes the products of an equation. */
  DeviceKernel write(Kernel.Call call, Signature signature) {
    Equation equation = call.equation();
    if (!(equation.op() instanceof Matmul op)) {
      throw new IllegalStateException("no kernel for " + equation.op().name());
    }
    Var a = equation.input(0);
    Var b = equation.input(1);
    signature.reads(a);
    signature.reads(b);
    signature.writes(equation.out());
    Matmul.Extent sizes = op.extent(a.shape(), b.shape());
    Operands operands = operands(call, op.form(), sizes);
    return isShort(sizes)
        ? byItems(operands, sizes, signature)
        : inTiles(operands, sizes, signature);
  }

  /** Whether sums are short, or few and over the batch alone, which has no more than hundreds. */
  private static boolean isShort(Matmul.Extent sizes) {
    Shape each = sizes.rows().append(sizes.columns());
    return sizes.inner().fixed() && sizes.inner().size() <= SHORT
        || each.fixed() && each.size() <= SHORT && sizes.inner().rank() <= 1;
  }

  /**
   * The items of a group, of which each computes 4 × 4 numbers.
   *
   * @param across along the columns
   * @param down along the rows
   */
  private record Tile(int across, int down) {

    /** As near to a square as the product allows. */
    static Tile of(Matmul.Extent sizes) {
      if (largeTiles(sizes) >= ENOUGH_GROUPS) {
        return new Tile(LONG_SIDE, SIDE);
      }
      int most = SIDE * SIDE;
      int across = items(sizes.columns());
      int down = items(sizes.rows());
      int width = Math.min(across, Math.max(SIDE, most / down));
      int height = Math.min(down, Math.max(SIDE, most / width));
      return new Tile(width, Math.max(height, LEAST_ITEMS / width));
    }

    private static int largeTiles(Matmul.Extent sizes) {
      int rows = SIDE * EACH;
      int columns = LONG_SIDE * EACH;
      return sizes.rows().forBatch(rows, rows).size()
          / rows
          * (sizes.columns().forBatch(columns, columns).size() / columns);
    }

    /** How many items are of use along an axis: a power of two. */
    private static int items(Shape axes) {
      int items = 1;
      while (items < SIDE * SIDE && !(axes.fixed() && axes.size() <= items * EACH)) {
        items *= 2;
      }
      return items;
    }
  }

  private static Operands operands(Kernel.Call call, Matmul.Form form, Matmul.Extent sizes) {
    Equation e = call.equation();
    Extent extent =
        new Extent(
            Extents.size(sizes.count()),
            Extents.size(sizes.rows()),
            Extents.size(sizes.inner()),
            Extents.size(sizes.columns()));
    Expr left = Extents.size(sizes.rows().append(sizes.inner()));
    Expr right = Extents.size(sizes.inner().append(sizes.columns()));
    Expr one = Expr.whole(1);
    return new Operands(
        e.input(0),
        form == Matmul.Form.LEFT_TRANSPOSED
            ? new Strides(one, extent.rows, left)
            : new Strides(extent.inner, one, left),
        e.input(1),
        form == Matmul.Form.RIGHT_TRANSPOSED
            ? new Strides(one, extent.inner, right)
            : new Strides(extent.columns, one, right),
        e.out(),
        Extents.size(sizes.rows().append(sizes.columns())),
        extent,
        call.origin());
  }

  private DeviceKernel inTiles(Operands o, Matmul.Extent sizes, Signature signature) {
    Extent extent = o.extent;
    Tile tile = Tile.of(sizes);
    boolean single = extent.count.is(1);
    Expr call =
        Items.call(
            "multiply",
            place(o.a, single, o.left.each),
            o.left.column,
            o.left.row,
            place(o.b, single, o.right.each),
            o.right.column,
            o.right.row,
            place(o.c, single, o.each),
            extent.rows,
            extent.inner,
            extent.columns,
            Expr.array("left"),
            Expr.array("right"));
    Statement shared =
        new Statement.Shared(
            "float4",
            List.of(
                new Expr.Element("left", Expr.whole(DEPTH * (tile.down + 1)), false),
                new Expr.Element("right", Expr.whole(DEPTH * (tile.across + 1)), false)));
    List<Statement> body = List.of(shared, new Statement.Perform(call));
    String grid = "%s, %s, %s, %s, %s";
    return signature.kernel(
        Signature.group(tile.across, tile.down),
        List.of(new Statement.From(o.c, o.origin, body)),
        new DeviceKernel.Grid(
            "tiles",
            grid.formatted(
                Signature.text(extent.count),
                Signature.text(extent.rows),
                tile.down * EACH,
                Signature.text(extent.columns),
                tile.across * EACH)));
  }

  /** Where the matrices of this time step begin, and of this group's product. */
  private Expr place(Var var, boolean single, Expr size) {
    Expr begin = numbers.array(var).plus(numbers.start(var, scope));
    return single ? begin : begin.plus(Items.group(2).times(size));
  }

  /** c[i, j] = the sum over q of a[i, q] · b[q, j]. */
  private DeviceKernel byItems(Operands operands, Matmul.Extent sizes, Signature signature) {
    Extent extent = operands.extent;
    boolean single = extent.count.is(1);
    boolean vector = extent.columns.is(1);
    List<String> letters = letters(sizes);
    String p = letters.get(0);
    String i = letters.get(1);
    String q = letters.get(2);
    String j = letters.get(3);
    String item = single && vector ? i : "item";
    Expr number = Expr.position(item);
    Expr all = extent.count.times(extent.rows).times(extent.columns);
    List<Statement> body = new ArrayList<>(Items.forEach(item, all));
    if (!single) {
      body.add(Items.position(p, number.over(extent.rows.times(extent.columns))));
    }
    if (!item.equals(i)) {
      Expr row = number.over(extent.columns);
      body.add(Items.position(i, single ? row : row.rest(extent.rows)));
    }
    if (!vector) {
      body.add(Items.position(j, number.rest(extent.columns)));
    }
    Expr none = Expr.whole(0);
    Expr matrix = single ? none : Expr.position(p);
    Expr inner = extent.inner.is(1) ? none : Expr.position(q);
    Expr column = vector ? none : Expr.position(j);
    Expr product =
        new Expr.Operation(
            Elementwise.MULTIPLY,
            List.of(
                at(operands.a, matrix, operands.left, Expr.position(i), inner),
                at(operands.b, matrix, operands.right, inner, column)));
    Expr out = numbers.element(operands.c, numbers.start(operands.c, scope).plus(number));
    if (extent.inner.is(1)) {
      body.add(new Statement.Assign(out, product));
    } else {
      String sum = identifiers.local("sum");
      Expr sofar = Expr.real(sum);
      body.add(new Statement.Declare(Kind.REAL, sum, Expr.whole(0), true));
      body.add(Statement.loop(q, extent.inner, List.of(new Statement.Accumulate(sofar, product))));
      body.add(new Statement.Assign(out, sofar));
    }
    return signature.kernel(
        Signature.ITEMS,
        List.of(new Statement.From(operands.c, operands.origin, body)),
        DeviceKernel.Grid.items(Signature.text(all)));
  }

  /**
   * The letters of a product's matrix, row, inner place and column: those of the axes, where each
   * is one.
   */
  private List<String> letters(Matmul.Extent sizes) {
    List<Shape> parts = List.of(sizes.count(), sizes.rows(), sizes.inner(), sizes.columns());
    List<Shape> batchFirst = new ArrayList<>(parts);
    batchFirst.sort(Comparator.comparing(part -> !part.equals(Shape.of(Shape.BATCH))));
    Shape all =
        new Shape(batchFirst.stream().map(part -> part.rank() == 1 ? part.axis(0) : 1).toList());
    List<String> names = identifiers.over(all, scope).positions();
    return parts.stream().map(part -> names.get(indexOf(batchFirst, part))).toList();
  }

  /** Where the part itself is, and not one that is equal. */
  private static int indexOf(List<Shape> parts, Shape part) {
    return IntStream.range(0, parts.size())
        .filter(i -> parts.get(i) == part)
        .findFirst()
        .orElseThrow();
  }

  private Expr at(Var var, Expr matrix, Strides steps, Expr row, Expr column) {
    Expr place = numbers.start(var, scope).plus(matrix.times(steps.each));
    return numbers.element(var, place.plus(row.times(steps.column)).plus(column.times(steps.row)));
  }
}
