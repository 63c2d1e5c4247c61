package dev.peephole.emit.java.buffer;

import dev.peephole.emit.Captions;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Program;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Caption;
import dev.peephole.kernel.Kernel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says of each value what it is: its shape, and whose gradient it is or else its equation with the
 * line that it comes from.
 */
public final class Descriptions {
  /** What fits into a line of a comment. */
  private static final int WIDE = 88;

  private final Map<Var, String> equations = new LinkedHashMap<>();
  private final Map<Var, Var> gradients = new LinkedHashMap<>();

  /** From here on what a kernel computes is known by its equation. */
  void add(Kernel kernel) {
    if (kernel instanceof Kernel.Recurrence recurrence) {
      add(recurrence);
    } else {
      kernel.captions().forEach(c -> c.of().ifPresent(of -> describe(of, c)));
    }
  }

  private void add(Kernel.Recurrence recurrence) {
    recurrence.body().forEach(this::add);
    recurrence.states().forEach(state -> equations.put(state.before(), state.text()));
    for (Recurrence.Result result : recurrence.parts().all()) {
      if (equations.containsKey(result.each())) {
        equations.put(result.all(), equations.get(result.each()));
      }
      if (gradients.containsKey(result.each())) {
        gradients.put(result.all(), gradients.get(result.each()));
      }
    }
  }

  private void describe(Var var, Caption caption) {
    Optional<Var> whole = differentiated(caption.origin().gradientOf());
    if (whole.isPresent()) {
      gradients.put(var, whole.get());
      equations.put(var, gradient(whole.get()));
      return;
    }
    String place = caption.origin().place();
    String beside = place.isEmpty() ? "" : "    " + place;
    equations.put(var, Captions.broken(caption.text(), WIDE - beside.length()) + beside);
  }

  /** {@code [N, 8] h = tanh(z) fever.nn:6}. */
  String of(Var var) {
    String equation = equations.getOrDefault(var, "");
    String shape = shape(var.shape());
    String gap = shape.length() + equation.length() > WIDE ? "\n" : " ";
    return equation.isEmpty() || shape.isEmpty() ? shape + equation : shape + gap + equation;
  }

  /**
   * The value that a gradient is the whole one of: the first of these, or what that one is another
   * name of.
   */
  private Optional<Var> differentiated(List<Origin.Of> all) {
    for (int i = 0; i < all.size() && (i == 0 || all.get(i).source()); i++) {
      Var value = all.get(i).value();
      Optional<Var> known = equations.keySet().stream().filter(value::is).findFirst();
      if (known.isPresent()) {
        return known;
      }
    }
    return Optional.empty();
  }

  /** The value whose whole gradient a value is, at one time step or at all of them. */
  Optional<Var> gradientOf(Var var) {
    return Optional.ofNullable(gradients.get(var));
  }

  /** {@code dense1.W: [2, 8], at first glorot_uniform()}. */
  public static String weight(Program.Parameter parameter, Var var) {
    String path = parameter.path().isEmpty() ? "" : parameter.path() + ": ";
    return path + var.shape() + ", at first " + parameter.formula();
  }

  /** {@code ∂loss / ∂z}. */
  public static String gradient(Var of) {
    return "∂loss / ∂" + of.name();
  }

  /** {@code [N, 8]}, and nothing for a single number. */
  public static String shape(Shape shape) {
    return shape.rank() == 0 ? "" : shape.toString();
  }
}
