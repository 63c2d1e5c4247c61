package dev.peephole.emit.opencl;

import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.ir.Shape;
import java.util.ArrayList;
import java.util.List;

/** Takes the number of a place apart into its positions along some axes. */
final class Positions {
  private final Identifiers identifiers;

  Positions(Identifiers identifiers) {
    this.identifiers = identifiers;
  }

  /** How many places there are along the axes. */
  static String count(Shape domain, List<Integer> axes) {
    return Extents.numbers(domain.pick(axes));
  }

  /**
   * What the number of a place is called: if there is one axis only, as the position along it, and
   * else {@code number}.
   */
  String number(List<Integer> axes, String number) {
    return axes.size() == 1 ? identifiers.position(axes.get(0)) : number;
  }

  /**
   * Declares the positions of place {@code number}, counted row by row, unless it is the position.
   */
  void declare(Shape domain, List<Integer> axes, String number, Lines lines) {
    for (int i = 0; i < axes.size() && axes.size() > 1; i++) {
      String count = count(domain, axes.subList(i + 1, axes.size()));
      String place = number;
      if (!count.equals("1")) {
        place += count.contains(" ") ? " / (" + count + ")" : " / " + count;
      }
      if (i > 0) {
        place += " % " + Extents.length(domain.axis(axes.get(i)));
      }
      lines.line("const int %s = %s;", identifiers.position(axes.get(i)), place);
    }
  }

  /** The axes that need a position: those with more than one place. */
  static List<Integer> looped(Shape domain, List<Integer> axes) {
    List<Integer> looped = new ArrayList<>(axes);
    looped.retainAll(Extents.loopedOver(domain));
    return looped;
  }
}
