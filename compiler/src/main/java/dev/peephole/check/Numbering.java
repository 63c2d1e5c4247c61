package dev.peephole.check;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Scan;
import java.util.ArrayList;
import java.util.List;

/** Numbers the equations of a network, those in the steps of scans too, behind their scan. */
final class Numbering {
  private int last;

  /** The same function, its equations numbered on from those of the one before. */
  Function number(Function function) {
    List<Equation> numbered = new ArrayList<>();
    for (Equation e : function.equations()) {
      Origin origin =
          e.origin() instanceof Origin.Written written ? written.numbered(++last) : e.origin();
      if (e.op() instanceof Scan scan) {
        Scan inside = scan.withStep(number(scan.step()));
        numbered.add(new Equation(e.outs(), inside, e.inputs(), origin));
      } else {
        numbered.add(e.from(origin));
      }
    }
    return function.withEquations(numbered);
  }
}
