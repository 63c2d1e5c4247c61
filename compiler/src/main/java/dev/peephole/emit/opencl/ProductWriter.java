package dev.peephole.emit.opencl;

import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.ScalarCode;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Matmul;
import java.util.ArrayList;
import java.util.List;

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

  private final ScalarCode scalars;
  private final Identifiers identifiers;

  ProductWriter(ScalarCode scalars, Identifiers identifiers) {
    this.scalars = scalars;
    this.identifiers = identifiers;
  }

  /**
   * How the numbers of a side lie in memory.
   *
   * @param column from one number to the next in its column
   * @param row from one number to the next in its row
   * @param each from one matrix to the next
   */
  private record Steps(String column, String row, String each) {}

  /** How many products there are, and of what size. */
  private record Extent(String count, String rows, String inner, String columns) {}

  private record Operands(
      Var a, Steps left, Var b, Steps right, Var c, String each, Extent extent) {}

  /** Writes the products of an equation. */
  DeviceKernel write(Equation equation, Signature signature) {
    if (!(equation.op() instanceof Matmul op)) {
      throw new IllegalStateException("no kernel for " + equation.op().name());
    }
    Var a = equation.input(0);
    Var b = equation.input(1);
    signature.reads(a);
    signature.reads(b);
    signature.writes(equation.out());
    Matmul.Extent sizes = op.extent(a.shape(), b.shape());
    Operands operands = operands(equation, op.form(), sizes);
    return isShort(sizes) ? byItems(operands, signature) : inTiles(operands, sizes, signature);
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

  private static Operands operands(Equation e, Matmul.Form form, Matmul.Extent sizes) {
    Extent extent =
        new Extent(
            Extents.numbers(sizes.count()),
            Extents.numbers(sizes.rows()),
            Extents.numbers(sizes.inner()),
            Extents.numbers(sizes.columns()));
    String left = Extents.numbers(sizes.rows().append(sizes.inner()));
    String right = Extents.numbers(sizes.inner().append(sizes.columns()));
    return new Operands(
        e.input(0),
        form == Matmul.Form.LEFT_TRANSPOSED
            ? new Steps("1", extent.rows, left)
            : new Steps(extent.inner, "1", left),
        e.input(1),
        form == Matmul.Form.RIGHT_TRANSPOSED
            ? new Steps("1", extent.inner, right)
            : new Steps(extent.columns, "1", right),
        e.out(),
        Extents.numbers(sizes.rows().append(sizes.columns())),
        extent);
  }

  private DeviceKernel inTiles(Operands o, Matmul.Extent sizes, Signature signature) {
    Extent extent = o.extent;
    Tile tile = Tile.of(sizes);
    boolean single = extent.count.equals("1");
    Lines lines = Lines.inKernel();
    lines.line(
        "local float4 left[%s], right[%s];", DEPTH * (tile.down + 1), DEPTH * (tile.across + 1));
    lines.list(
        "multiply",
        List.of(
            place(o.a, single, o.left.each) + ", " + o.left.column + ", " + o.left.row,
            place(o.b, single, o.right.each) + ", " + o.right.column + ", " + o.right.row,
            place(o.c, single, o.each),
            extent.rows + ", " + extent.inner + ", " + extent.columns,
            "left, right"),
        ";");
    String grid = "%s, %s, %s, %s, %s";
    return signature.kernel(
        Signature.group(tile.across, tile.down),
        lines,
        new DeviceKernel.Grid(
            "tiles",
            grid.formatted(
                extent.count, extent.rows, tile.down * EACH, extent.columns, tile.across * EACH)));
  }

  /** Where the matrices of this time step begin, and of this group's product. */
  private String place(Var var, boolean single, String size) {
    String start = scalars.start(var);
    return identifiers.of(var)
        + (start.equals("0") ? "" : " + " + start)
        + (single ? "" : " + get_group_id(2) * " + size);
  }

  /** c[i, j] = the sum over q of a[i, q] · b[q, j]. */
  private DeviceKernel byItems(Operands operands, Signature signature) {
    Extent extent = operands.extent;
    String all = times(times(extent.count, extent.rows), extent.columns);
    boolean single = extent.count.equals("1");
    int first = single ? 0 : 1;
    String p = identifiers.position(0);
    String i = identifiers.position(first);
    String j = identifiers.position(first + 1);
    String q = identifiers.position(first + 2);
    boolean vector = extent.columns.equals("1");
    String item = single && vector ? i : "item";
    Lines lines = Lines.inKernel();
    lines.item(item, all);
    if (!single) {
      lines.line("const int %s = item / %s;", p, whole(times(extent.rows, extent.columns)));
    }
    if (!item.equals(i)) {
      String row = vector ? "item" : "item / " + whole(extent.columns);
      lines.line("const int %s = %s%s;", i, row, single ? "" : " % " + whole(extent.rows));
    }
    if (!vector) {
      lines.line("const int %s = item %% %s;", j, whole(extent.columns));
    }
    boolean one = extent.inner.equals("1");
    String left = at(operands.a, single ? "" : p, operands.left, i, one ? "" : q);
    String right = at(operands.b, single ? "" : p, operands.right, one ? "" : q, vector ? "" : j);
    String start = scalars.start(operands.c);
    String to = start.equals("0") ? item : start + " + " + item;
    String out = "%s[%s]".formatted(identifiers.of(operands.c), to);
    if (one) {
      lines.line("%s = %s * %s;", out, left, right);
    } else {
      String sum = identifiers.local("sum");
      lines.line("float %s = 0;", sum);
      lines.open("for (int %1$s = 0; %1$s < %2$s; %1$s++)", q, extent.inner);
      lines.line("%s += %s * %s;", sum, left, right);
      lines.close();
      lines.line("%s = %s;", out, sum);
    }
    return signature.kernel(Signature.ITEMS, lines, DeviceKernel.Grid.items(all));
  }

  private String at(Var var, String p, Steps steps, String row, String column) {
    List<String> terms = new ArrayList<>();
    if (!scalars.start(var).equals("0")) {
      terms.add(scalars.start(var));
    }
    if (!p.isEmpty()) {
      terms.add(p + " * " + steps.each);
    }
    if (!row.isEmpty()) {
      terms.add(times(row, steps.column));
    }
    if (!column.isEmpty()) {
      terms.add(times(column, steps.row));
    }
    return identifiers.of(var) + "[" + (terms.isEmpty() ? "0" : String.join(" + ", terms)) + "]";
  }

  private static String times(String left, String right) {
    if (left.equals("1")) {
      return right;
    }
    return right.equals("1") ? left : left + " * " + whole(right);
  }

  /** In brackets, if it is more than one number or name. */
  private static String whole(String number) {
    return number.contains(" ") ? "(" + number + ")" : number;
  }
}
