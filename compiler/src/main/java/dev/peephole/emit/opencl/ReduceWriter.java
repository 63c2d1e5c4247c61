package dev.peephole.emit.opencl;

import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.KernelLoops;
import dev.peephole.emit.Lowering;
import dev.peephole.emit.ReduceLoops;
import dev.peephole.emit.RowStarts;
import dev.peephole.emit.Scope;
import dev.peephole.ir.Shape;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Operator;
import dev.peephole.loop.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes reductions, in an order that is always the same: short ones by an item for each result,
 * long ones by a group for up to 32 results side by side, whose items join every so-many-th number
 * and then, two by two, what they have.
 */
final class ReduceWriter {
  private static final int GROUP_ITEMS = 256;
  private static final int COLUMNS = 32;

  /** Up to so many numbers are joined by one item. */
  private static final int SHORT = 128;

  private final Lowering numbers;
  private final Identifiers identifiers;
  private final Scope around;

  ReduceWriter(Lowering numbers, Scope around) {
    this.numbers = numbers;
    this.identifiers = numbers.identifiers();
    this.around = around;
  }

  DeviceKernel write(Kernel.Reduce reduce, Signature signature) {
    signature.reads(Loads.of(reduce));
    signature.writes(reduce.out());
    Shape reduced = reduce.domain().pick(reduce.op().axes());
    boolean single = reduce.op().axes().size() == reduce.domain().rank();
    boolean isShort = reduced.fixed() && reduced.size() <= (single ? 8 : SHORT);
    return isShort ? byItems(reduce, signature) : byGroups(reduce, signature);
  }

  private Positions positions(Kernel.Reduce reduce) {
    return new Positions(reduce.domain(), identifiers.over(reduce.domain(), around));
  }

  private DeviceKernel byItems(Kernel.Reduce reduce, Signature signature) {
    Shape domain = reduce.domain();
    Positions positions = positions(reduce);
    List<Integer> outer = positions.looped(domain.others(reduce.op().axes()));
    List<Integer> inner = positions.looped(reduce.op().axes());
    Expr count = positions.count(outer);
    Expr joined = Expr.real(identifiers.local(reduce.op().joined()));
    List<Statement> body = new ArrayList<>();
    if (!count.is(1)) {
      String item = positions.number(outer, "item");
      body.addAll(Items.forEach(item, count));
      body.addAll(positions.declare(outer, item));
    }
    body.add(start(reduce));
    List<Statement> joins = List.of(join(reduce, joined, value(reduce)));
    body.addAll(
        KernelLoops.overAxes(positions.scope(), domain, inner, RowStarts.Starts.ZERO, joins));
    body.add(finish(reduce, joined));
    return signature.items(count, List.of(new Statement.From(reduce.out(), reduce.origin(), body)));
  }

  private DeviceKernel byGroups(Kernel.Reduce reduce, Signature signature) {
    Shape domain = reduce.domain();
    Positions positions = positions(reduce);
    List<Integer> outer = positions.looped(domain.others(reduce.op().axes()));
    List<Integer> inner = positions.looped(reduce.op().axes());
    Expr count = positions.count(outer);
    int columns = columns(reduce, outer);
    int rows = GROUP_ITEMS / columns;
    Expr joined = Expr.real(identifiers.local(reduce.op().joined()));
    List<Statement> body = new ArrayList<>();
    body.add(Items.shared("float", "parts", GROUP_ITEMS));
    if (columns > 1) {
      body.add(Items.position("column", Items.local(0)));
    }
    body.add(Items.position("row", Items.local(1)));
    String result = positions.number(outer, "result");
    if (!outer.isEmpty()) {
      body.add(Items.position(result, Items.global(0)));
      body.addAll(positions.declare(outer, result));
    }
    body.add(start(reduce));
    Shape results = domain.pick(outer);
    boolean exact = columns == 1 || results.fixed() && results.size() % columns == 0;
    Optional<Expr> inside =
        exact
            ? Optional.empty()
            : Optional.of(Expr.position(result).compared(Operator.LESS, count));
    body.add(everySoManyth(reduce, inner, inside, rows));
    Expr row = Expr.position("row");
    body.add(new Statement.Assign(part(row, columns), joined));
    body.add(twoByTwo(reduce, rows, columns));
    Expr first = row.compared(Operator.EQUAL, Expr.whole(0));
    Expr writes = inside.map(test -> first.compared(Operator.AND, test)).orElse(first);
    body.add(Items.where(writes, List.of(finish(reduce, part(Expr.whole(0), columns)))));
    return signature.kernel(
        Signature.group(columns, rows),
        List.of(new Statement.From(reduce.out(), reduce.origin(), body)),
        new DeviceKernel.Grid("groups", groups(results, outer, columns)));
  }

  /** An item of a group joins every so-many-th number. */
  private Statement everySoManyth(
      Kernel.Reduce reduce, List<Integer> inner, Optional<Expr> inside, int rows) {
    Positions positions = positions(reduce);
    String item = positions.number(inner, "item");
    Expr numbered = positions.count(inner);
    Expr below = Expr.position(item).compared(Operator.LESS, numbered);
    Expr test = inside.map(t -> t.compared(Operator.AND, below)).orElse(below);
    Expr joined = Expr.real(identifiers.local(reduce.op().joined()));
    List<Statement> body = new ArrayList<>(positions.declare(inner, item));
    body.add(join(reduce, joined, value(reduce)));
    return new Statement.For(
        item, Expr.position("row"), test, Operator.PLUS, Expr.whole(rows), body);
  }

  /** The items of a group join what they have. */
  private Statement twoByTwo(Kernel.Reduce reduce, int items, int columns) {
    Expr row = Expr.position("row");
    Expr rows = Expr.position("rows");
    Statement join = join(reduce, part(row, columns), part(row.plus(rows), columns));
    Expr fence = new Expr.Variable("CLK_LOCAL_MEM_FENCE", Kind.OTHER);
    return new Statement.For(
        "rows",
        Expr.whole(items / 2),
        rows.compared(Operator.MORE, Expr.whole(0)),
        Operator.OVER,
        Expr.whole(2),
        List.of(
            new Statement.Perform(Items.call("barrier", fence)),
            Items.where(row.compared(Operator.LESS, rows), List.of(join))));
  }

  /** What the item of a row has, in this one's column. */
  private static Expr part(Expr row, int columns) {
    Expr place = columns == 1 ? row : row.times(Expr.whole(columns)).plus(Expr.position("column"));
    return new Expr.Element("parts", place, false);
  }

  private static String groups(Shape results, List<Integer> outer, int columns) {
    if (outer.isEmpty()) {
      return "1";
    } else if (columns == 1) {
      return Extents.numbers(results);
    }
    return results.fixed()
        ? String.valueOf((results.size() + columns - 1) / columns)
        : "(" + Extents.numbers(results) + " + " + (columns - 1) + ") / " + columns;
  }

  /** Results side by side in memory are computed side by side. */
  private static int columns(Kernel.Reduce reduce, List<Integer> outer) {
    Shape kept = reduce.domain().pick(outer);
    boolean innermost = outer.contains(reduce.domain().rank() - 1);
    if (!innermost) {
      return 1;
    }
    int columns = 1;
    while (columns < Math.min(COLUMNS, kept.size())) {
      columns *= 2;
    }
    return columns;
  }

  private Statement start(Kernel.Reduce reduce) {
    String joined = identifiers.local(reduce.op().joined());
    return new Statement.Declare(Kind.REAL, joined, new Expr.Real(reduce.op().start()), true);
  }

  private Expr value(Kernel.Reduce reduce) {
    return numbers.number(reduce.value(), positions(reduce).scope());
  }

  private Statement join(Kernel.Reduce reduce, Expr sofar, Expr next) {
    return ReduceLoops.join(numbers, reduce, sofar, next);
  }

  private Statement finish(Kernel.Reduce reduce, Expr joined) {
    Scope scope = positions(reduce).scope();
    Expr out = numbers.element(reduce.out(), ReduceLoops.target(reduce), scope);
    return new Statement.Assign(out, ReduceLoops.finished(numbers, reduce, joined, scope));
  }
}
