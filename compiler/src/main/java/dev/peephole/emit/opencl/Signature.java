package dev.peephole.emit.opencl;

import dev.peephole.emit.Layout;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Var;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Expressions;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Mentioned;
import dev.peephole.loop.Printed;
import dev.peephole.loop.Statement;
import dev.peephole.loop.TextPrinter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The head of a kernel: which buffers it reads and writes, and what else it is told. */
final class Signature {

  /** What kernels call it whether this is a step of training. */
  static final String TRAINING = "training";

  /** The items of a group where each has a number of its own. */
  static final String ITEMS = "ITEMS";

  private final String name;
  private final List<String> numbers;
  private final Layout layout;
  private final Map<String, Var> used = new LinkedHashMap<>();
  private final Set<String> written = new LinkedHashSet<>();
  private Printed captions = Printed.of("");
  private Optional<Integer> noise = Optional.empty();

  /**
   * @param sizes what the numbers of examples and of time steps are called
   * @param time the name of the time step, empty outside of recurrences
   */
  Signature(String name, List<String> sizes, String time, Layout layout) {
    this.name = name;
    this.numbers = new ArrayList<>(sizes);
    if (!time.isEmpty()) {
      numbers.add(time);
    }
    this.layout = layout;
  }

  void captions(Printed lines) {
    captions = lines;
  }

  /** It is told which random numbers are those of a draw. */
  void draws(int draw) {
    noise = Optional.of(draw);
  }

  void reads(List<Scalar.Load> loads) {
    loads.forEach(load -> reads(load.var()));
  }

  void reads(Var var) {
    if (layout.isArray(var)) {
      used.putIfAbsent(layout.variable(var), var);
    }
  }

  void writes(Var var) {
    reads(var);
    written.add(layout.variable(var));
  }

  /** How a kernel says that its groups have so many items. */
  static String group(int columns, int rows) {
    return "GROUP(" + columns + ", " + rows + ")";
  }

  /**
   * The whole kernel, of which an item computes each number, in groups unless there is one only.
   */
  DeviceKernel items(Expr count, List<Statement> body) {
    return count.is(1)
        ? kernel(group(1, 1), body, new DeviceKernel.Grid("groups", "1"))
        : kernel(ITEMS, body, DeviceKernel.Grid.items(text(count)));
  }

  /** The whole kernel. */
  DeviceKernel kernel(String group, List<Statement> body, DeviceKernel.Grid grid) {
    Set<String> mentioned = Mentioned.variables(body, Kind.INT);
    List<String> parameters = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    used.forEach(
        (buffer, var) -> {
          String constant = written.contains(buffer) ? "" : "const ";
          String type = OpenClC.type(var.element());
          parameters.add("global " + constant + type + " *" + buffer);
          arguments.add(buffer);
        });
    for (String number : numbers) {
      if (mentioned.contains(number)) {
        parameters.add("const int " + number);
        arguments.add(number);
      }
    }
    if (Mentioned.training(body)) {
      parameters.add("const int " + TRAINING);
      arguments.add("training()");
    }
    noise.ifPresent(
        draw -> {
          parameters.add("const ulong seed");
          parameters.add("const ulong stream");
          arguments.add("mode().seed()");
          arguments.add("mode().stream(" + draw + ")");
        });
    return kernel(name, captions, group, parameters, arguments, body, grid);
  }

  /** An expression in OpenCL C, or for the host: lengths are the same in both. */
  static String text(Expr expr) {
    return new Expressions(new OpenClC()).text(expr);
  }

  /** A kernel with such a head. */
  static DeviceKernel kernel(
      String name,
      Printed captions,
      String group,
      List<String> parameters,
      List<String> arguments,
      List<Statement> body,
      DeviceKernel.Grid grid) {
    String head = Lines.list("kernel " + group + " void " + name, parameters, " {");
    OpenClC language = new OpenClC();
    Printed lines = TextPrinter.print(body, language, Lines.WIDTH, 1);
    Printed printed =
        Printed.joined(
            List.of(captions.indented("// "), Printed.of(head), lines, Printed.of("}\n")));
    return new DeviceKernel(name, printed, arguments, grid, Mentioned.functions(body, language));
  }
}
