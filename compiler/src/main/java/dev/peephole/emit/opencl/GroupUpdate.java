package dev.peephole.emit.opencl;

import dev.peephole.emit.Extents;
import dev.peephole.emit.OptimizerBody;
import dev.peephole.kernel.Kernel;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Mentioned;
import dev.peephole.loop.Operator;
import dev.peephole.loop.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an optimizer that sums up over all numbers of a parameter: one group of items goes through
 * them, each item through every so-many-th, and two by two they join what they have, in an order
 * that is always the same.
 */
final class GroupUpdate {
  private static final int ITEMS = 256;
  static final String GROUP = Signature.group(ITEMS, 1);

  private static final Expr ITEM = Expr.position("item");
  private static final Expr ROWS = Expr.position("rows");

  private final OptimizerBody body;
  private final String position;

  /**
   * @param position what the place of a number in its parameter is called
   */
  GroupUpdate(OptimizerBody body, String position) {
    this.body = body;
    this.position = position;
  }

  List<Statement> statements(List<OptimizerBody.Part> parts) {
    List<Statement> lines = new ArrayList<>();
    lines.add(Items.shared("float", "parts", ITEMS));
    lines.add(
        Items.where(
            new Expr.Element("stopped", Expr.whole(0), true), List.of(new Statement.Return())));
    lines.add(Items.position("item", Items.local(0)));
    List<Statement> all = parts.stream().flatMap(part -> part.statements().stream()).toList();
    if (Mentioned.variables(all, Kind.INT).contains(Extents.EXAMPLES)) {
      lines.add(Items.position(Extents.EXAMPLES, Expr.position("count")));
    }
    boolean summed = false;
    for (OptimizerBody.Part part : parts) {
      if (part.forEach()) {
        lines.addAll(part.begins());
        lines.add(everySoManyth(part));
        part.sums().forEach(sum -> lines.addAll(twoByTwo(sum)));
        summed |= !part.sums().isEmpty();
      } else if (summed) {
        lines.add(new Statement.Comment(part.above()));
        lines.addAll(part.statements());
      }
    }
    return lines;
  }

  private Statement everySoManyth(OptimizerBody.Part part) {
    Expr below = Expr.position(position).compared(Operator.LESS, Expr.position("count"));
    List<Statement> inside = new ArrayList<>();
    if (!part.above().isEmpty()) {
      inside.add(new Statement.Comment(part.above()));
    }
    inside.addAll(part.statements());
    return new Statement.For(position, ITEM, below, Operator.PLUS, Expr.whole(ITEMS), inside);
  }

  /** All items have the sum after it. */
  private List<Statement> twoByTwo(Kernel.Reduce sum) {
    Expr mine = Expr.real(body.name(sum.out()));
    Statement join = body.joined(sum, part(ITEM), part(ITEM.plus(ROWS)));
    Statement halve =
        new Statement.For(
            "rows",
            Expr.whole(ITEMS / 2),
            ROWS.compared(Operator.MORE, Expr.whole(0)),
            Operator.OVER,
            Expr.whole(2),
            List.of(barrier(), Items.where(ITEM.compared(Operator.LESS, ROWS), List.of(join))));
    return List.of(
        new Statement.Assign(part(ITEM), mine),
        halve,
        barrier(),
        new Statement.Assign(mine, part(Expr.whole(0))),
        barrier());
  }

  private static Statement barrier() {
    Expr fence = new Expr.Variable("CLK_LOCAL_MEM_FENCE", Kind.OTHER);
    return new Statement.Perform(Items.call("barrier", fence));
  }

  private static Expr part(Expr place) {
    return new Expr.Element("parts", place, false);
  }
}
