package dev.peephole.emit.java.buffer;

import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Caption;
import dev.peephole.kernel.Kernel;
import java.util.HashMap;
import java.util.Map;

/** Says of each value what it is: its shape, its equation, and the line that it comes from. */
public final class Descriptions {
  private static final int WIDE = 88;

  private final Map<Var, String> equations = new HashMap<>();

  /** From here on what a kernel computes is known by its equation. */
  void add(Kernel kernel) {
    if (kernel instanceof Kernel.Recurrence recurrence) {
      add(recurrence);
    } else {
      kernel.captions().forEach(c -> c.of().ifPresent(of -> describe(of, c)));
    }
  }

  private void add(Kernel.Recurrence recurrence) {
    Scan scan = recurrence.scan();
    recurrence.body().forEach(this::add);
    for (int k = 0; k < scan.carried(); k++) {
      String step = scan.reversed() ? "t + 1" : "t − 1";
      String state = recurrence.equation().outs().get(k).name();
      equations.put(scan.before().get(k), state + " of step " + step);
    }
    for (int o = 0; o < recurrence.equation().outs().size(); o++) {
      Var inside = scan.step().outputs().get(o);
      if (equations.containsKey(inside)) {
        equations.put(recurrence.equation().outs().get(o), equations.get(inside));
      }
    }
  }

  private void describe(Var var, Caption caption) {
    String place = caption.origin().place();
    equations.put(var, place.isEmpty() ? caption.text() : caption.text() + "    " + place);
  }

  /** {@code [N, 8] h = tanh(z) fever.nn:6}. */
  String of(Var var) {
    String equation = equations.getOrDefault(var, "");
    String shape = shape(var.shape());
    String gap = shape.length() + equation.length() > WIDE ? "\n" : " ";
    return equation.isEmpty() || shape.isEmpty() ? shape + equation : shape + gap + equation;
  }

  /** {@code [N, 8]}, and nothing for a single number. */
  public static String shape(Shape shape) {
    return shape.rank() == 0 ? "" : shape.toString();
  }
}
