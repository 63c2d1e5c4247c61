package dev.peephole.emit.opencl;

import dev.peephole.loop.Expr;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Operator;
import dev.peephole.loop.Statement;
import java.util.List;

/** What the work items of a kernel say besides what is computed. */
final class Items {
  private Items() {}

  /** The declaration of a position. */
  static Statement position(String name, Expr value) {
    return new Statement.Declare(Kind.INT, name, value, false);
  }

  /** One item for each number; the last group may have items too many, which do nothing. */
  static List<Statement> forEach(String item, Expr count) {
    Expr beyond = Expr.position(item).compared(Operator.AT_LEAST, count);
    return List.of(
        position(item, global(0)),
        new Statement.If(beyond, List.of(new Statement.Return()), List.of()));
  }

  /** The number of an item among all along an axis. */
  static Expr global(int axis) {
    return call("get_global_id", Expr.whole(axis));
  }

  /** The number of an item in its group along an axis. */
  static Expr local(int axis) {
    return call("get_local_id", Expr.whole(axis));
  }

  /** The number of a group along an axis. */
  static Expr group(int axis) {
    return call("get_group_id", Expr.whole(axis));
  }

  static Expr call(String function, Expr... arguments) {
    return new Expr.Call("", function, List.of(arguments));
  }

  /** Statements for the items or groups where a test holds. */
  static Statement where(Expr test, List<Statement> then) {
    return new Statement.If(test, then, List.of());
  }

  /** An array that the items of a group share. */
  static Statement shared(String type, String array, int numbers) {
    return new Statement.Shared(type, List.of(new Expr.Element(array, Expr.whole(numbers), false)));
  }
}
