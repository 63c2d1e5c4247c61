package dev.peephole.emit.opencl;

import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.ScalarCode;
import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import dev.peephole.op.Sum;
import java.util.List;

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

  private final ScalarCode scalars;
  private final Identifiers identifiers;
  private final Positions positions;

  ReduceWriter(ScalarCode scalars, Identifiers identifiers, Positions positions) {
    this.scalars = scalars;
    this.identifiers = identifiers;
    this.positions = positions;
  }

  DeviceKernel write(Kernel.Reduce reduce, Signature signature) {
    signature.reads(Loads.of(reduce));
    signature.writes(reduce.out());
    Shape reduced = reduce.domain().pick(reduce.op().axes());
    boolean single = reduce.op().axes().size() == reduce.domain().rank();
    boolean isShort = reduced.fixed() && reduced.size() <= (single ? 8 : SHORT);
    return isShort ? byItems(reduce, signature) : byGroups(reduce, signature);
  }

  private DeviceKernel byItems(Kernel.Reduce reduce, Signature signature) {
    Shape domain = reduce.domain();
    List<Integer> kept = domain.others(reduce.op().axes());
    List<Integer> outer = Positions.looped(domain, kept);
    List<Integer> inner = Positions.looped(domain, reduce.op().axes());
    String count = Positions.count(domain, outer);
    String joined = identifiers.local(reduce.op().hint(List.of()));
    Lines lines = Lines.inKernel();
    if (!count.equals("1")) {
      String item = positions.number(outer, "item");
      lines.item(item, count);
      positions.declare(domain, outer, item, lines);
    }
    lines.line("float %s = %s;", joined, start(reduce));
    for (int axis : inner) {
      String position = identifiers.position(axis);
      String length = Extents.length(domain.axis(axis));
      lines.open("for (int %1$s = 0; %1$s < %2$s; %1$s++)", position, length);
    }
    lines.line(joined(reduce, joined, reduce.value()));
    inner.forEach(axis -> lines.close());
    finish(reduce, kept, joined, lines);
    return signature.items(count, lines);
  }

  private DeviceKernel byGroups(Kernel.Reduce reduce, Signature signature) {
    Shape domain = reduce.domain();
    List<Integer> kept = domain.others(reduce.op().axes());
    List<Integer> outer = Positions.looped(domain, kept);
    List<Integer> inner = Positions.looped(domain, reduce.op().axes());
    String count = Positions.count(domain, outer);
    String numbers = Positions.count(domain, inner);
    int columns = columns(reduce, outer);
    int rows = GROUP_ITEMS / columns;
    String joined = identifiers.local(reduce.op().hint(List.of()));
    Lines lines = Lines.inKernel();
    lines.line("local float parts[%s];", GROUP_ITEMS);
    if (columns > 1) {
      lines.line("const int column = get_local_id(0);");
    }
    lines.line("const int row = get_local_id(1);");
    String result = positions.number(outer, "result");
    if (!outer.isEmpty()) {
      lines.line("const int %s = get_global_id(0);", result);
      positions.declare(domain, outer, result, lines);
    }
    lines.line("float %s = %s;", joined, start(reduce));
    Shape results = domain.pick(outer);
    boolean exact = columns == 1 || results.fixed() && results.size() % columns == 0;
    String inside = exact ? "" : result + " < " + count + " && ";
    String item = positions.number(inner, "item");
    lines.open("for (int %1$s = row; %2$s%1$s < %3$s; %1$s += %4$s)", item, inside, numbers, rows);
    positions.declare(domain, inner, item, lines);
    lines.line(joined(reduce, joined, reduce.value()));
    lines.close();
    String mine = columns == 1 ? "parts[row]" : "parts[row * " + columns + " + column]";
    String other =
        columns == 1 ? "parts[row + rows]" : "parts[(row + rows) * " + columns + " + column]";
    lines.line("%s = %s;", mine, joined);
    lines.open("for (int rows = %s; rows > 0; rows /= 2)", rows / 2);
    lines.line("barrier(CLK_LOCAL_MEM_FENCE);");
    lines.open("if (row < rows)");
    lines.line(joined(reduce, mine, new Scalar.Local(other)));
    lines.close().close();
    lines.open("if (row == 0%s)", exact ? "" : " && " + result + " < " + count);
    finish(reduce, kept, columns == 1 ? "parts[0]" : "parts[column]", lines);
    lines.close();
    String groups = outer.isEmpty() ? "1" : count;
    return signature.kernel(
        Signature.group(columns, rows),
        lines,
        columns == 1
            ? new DeviceKernel.Grid("groups", groups)
            : new DeviceKernel.Grid("groups", ceiling(results, columns)));
  }

  private static String ceiling(Shape results, int each) {
    return results.fixed()
        ? String.valueOf((results.size() + each - 1) / each)
        : "(" + Extents.numbers(results) + " + " + (each - 1) + ") / " + each;
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

  private static String start(Kernel.Reduce reduce) {
    return new OpenClC().literal(reduce.op().start());
  }

  /** The statement that joins a number with what there is so far. */
  private String joined(Kernel.Reduce reduce, String sofar, Scalar next) {
    if (reduce.op() instanceof Sum) {
      return sofar + " += " + scalars.text(next) + ";";
    }
    scalars.joined(sofar);
    return sofar + " = " + scalars.text(reduce.op().join(Kernel.Reduce.JOINED, next)) + ";";
  }

  private void finish(Kernel.Reduce reduce, List<Integer> kept, String joined, Lines lines) {
    List<Index> at = kept.stream().map(a -> Kernel.position(reduce.domain(), a)).toList();
    String out = scalars.element(reduce.out(), at);
    scalars.joined(joined);
    scalars.renumber(kept);
    lines.line("%s = %s;", out, scalars.real(reduce.finish()));
    scalars.renumber(List.of());
  }
}
