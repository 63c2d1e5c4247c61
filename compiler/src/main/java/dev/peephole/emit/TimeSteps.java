package dev.peephole.emit;

import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Shape;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Operator;
import dev.peephole.loop.Statement;
import java.util.List;

/** What a recurrence does with its time steps. */
public final class TimeSteps {
  private TimeSteps() {}

  /** The loop over them: {@code for (int t = 0; t < 50; t++)}. */
  public static Statement.For loop(Recurrence scan, String t, List<Statement> body) {
    if (!scan.reversed()) {
      return Statement.loop(t, Extents.length(scan.length()), body);
    }
    Expr test = Expr.position(t).compared(Operator.AT_LEAST, Expr.whole(0));
    return new Statement.For(
        t, Extents.last(scan.length()), test, Operator.MINUS, Expr.whole(1), body);
  }

  /** The step whose states are those before step t. */
  public static Expr before(Recurrence scan, Expr t) {
    return t.plus(scan.reversed() ? 1 : -1);
  }

  /** Whether the states before step t are the initial ones. */
  public static Expr begins(Recurrence scan, Expr t) {
    boolean open = scan.length() == Shape.OPEN;
    Expr start = scan.reversed() ? Extents.last(scan.length()) : Expr.whole(0);
    Expr first = t.compared(Operator.EQUAL, start);
    if (scan.piece() == 0 || !open && scan.piece() >= scan.length()) {
      return first;
    }
    Expr left = scan.reversed() ? t.plus(1) : Extents.length(scan.length()).minus(t);
    Expr cut = left.rest(Expr.whole(scan.piece())).compared(Operator.EQUAL, Expr.whole(0));
    return !open && scan.length() % scan.piece() == 0 ? cut : first.compared(Operator.OR, cut);
  }
}
