package dev.peephole.emit.opencl;

import dev.peephole.emit.Extents;
import dev.peephole.emit.Scope;
import dev.peephole.ir.Shape;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the number of a place apart into its positions along some axes.
 *
 * @param scope knows what the positions are called
 */
record Positions(Shape domain, Scope scope) {

  /** How many places there are along the axes. */
  Expr count(List<Integer> axes) {
    return Extents.size(domain.pick(axes));
  }

  /**
   * What the number of a place is called: if there is one axis only, as the position along it, and
   * else {@code number}.
   */
  String number(List<Integer> axes, String number) {
    return axes.size() == 1 ? scope.positions().get(axes.get(0)) : number;
  }

  /**
   * Declares the positions of place {@code number}, counted row by row, unless it is the position.
   */
  List<Statement> declare(List<Integer> axes, String number) {
    List<Statement> declared = new ArrayList<>();
    for (int i = 0; i < axes.size() && axes.size() > 1; i++) {
      Expr place = Expr.position(number).over(count(axes.subList(i + 1, axes.size())));
      if (i > 0) {
        place = place.rest(Extents.length(domain.axis(axes.get(i))));
      }
      declared.add(Items.position(scope.positions().get(axes.get(i)), place));
    }
    return declared;
  }

  /** The axes that need a position: those with more than one place. */
  List<Integer> looped(List<Integer> axes) {
    List<Integer> looped = new ArrayList<>(axes);
    looped.retainAll(Extents.loopedOver(domain));
    return looped;
  }
}
