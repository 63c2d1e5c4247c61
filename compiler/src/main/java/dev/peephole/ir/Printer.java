package dev.peephole.ir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a function as text, an equation a line; values without a name are numbered. */
public final class Printer {
  private final Map<Var, String> names = new HashMap<>();
  private int unnamed;

  /** The text of one function. */
  public static String print(Function function) {
    return new Printer().text(function);
  }

  private String text(Function function) {
    StringBuilder text = new StringBuilder();
    text.append(function.name()).append('(').append(typed(function.inputs())).append(")\n");
    equations(function, "  ", text);
    String outputs = function.outputs().stream().map(this::name).collect(Collectors.joining(", "));
    return text.append("  return ").append(outputs).append('\n').toString();
  }

  private void equations(Function function, String indent, StringBuilder text) {
    for (Equation e : function.equations()) {
      String left = typed(e.outs());
      String inputs = e.inputs().stream().map(this::name).collect(Collectors.joining(", "));
      String right = inputs.isEmpty() ? "" : " of " + inputs;
      String line = indent + "%-22s = %s%s".formatted(left, e.op().describe(), right);
      String origin = e.origin().place();
      text.append("%-76s  %s".formatted(line, origin).stripTrailing()).append('\n');
      if (e.op() instanceof Scan scan) {
        Function step = scan.step();
        text.append(indent).append("  step(").append(typed(step.inputs())).append(")\n");
        equations(step, indent + "    ", text);
        String results = step.outputs().stream().map(this::name).collect(Collectors.joining(", "));
        text.append(indent).append("    return ").append(results).append('\n');
      }
    }
  }

  private String typed(List<Var> vars) {
    return vars.stream()
        .map(v -> name(v) + ": " + v.type().marked())
        .collect(Collectors.joining(", "));
  }

  private String name(Var var) {
    return var.named() ? var.name() : names.computeIfAbsent(var, v -> "%" + ++unnamed);
  }
}
