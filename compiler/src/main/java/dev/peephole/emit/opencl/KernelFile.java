package dev.peephole.emit.opencl;

import dev.peephole.emit.Constants;
import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.Layout;
import dev.peephole.emit.Lowering;
import dev.peephole.emit.OptimizerBody;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Program;
import dev.peephole.ir.Reading;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Style;
import dev.peephole.kernel.Update;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Mentioned;
import dev.peephole.loop.Operator;
import dev.peephole.loop.Printed;
import dev.peephole.loop.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The kernels of a network as one file of OpenCL C. */
public final class KernelFile {
  /** What the host calls the moment of a step. */
  private static final String NOW = "now";

  private static final String MACROS =
      """
      // How many work items a group of a kernel has.
      #define GROUP(columns, rows) __attribute__((reqd_work_group_size(columns, rows, 1)))
      #define ITEMS GROUP(64, 1)
      """;

  private final Program program;
  private final Style style;
  private final OpenClC language = new OpenClC();
  private final Constants constants;
  private final KernelWriter writer;
  private final List<DeviceKernel> kernels = new ArrayList<>();

  /**
   * @param identifiers the names that the kernels share with the class that calls them
   * @param layout where the values are; only those in an array are in a buffer
   */
  public KernelFile(Program program, Style style, Identifiers identifiers, Layout layout) {
    this.program = program;
    this.style = style;
    this.constants = new Constants(identifiers);
    List<String> sizes =
        program.lengths().isPresent()
            ? List.of(Extents.EXAMPLES, Extents.STEPS)
            : List.of(Extents.EXAMPLES);
    this.writer =
        new KernelWriter(new Lowering(layout, identifiers, constants::name), layout, sizes);
  }

  /** Names for values that every driver's compiler understands. */
  public static Identifiers identifiers() {
    Identifiers identifiers = new Identifiers(OpenClC::ascii);
    OpenClC.reserved().forEach(identifiers::reserve);
    return identifiers;
  }

  /**
   * Adds a kernel.
   *
   * @param phase what begins its name
   * @param time the name of the time step, empty outside of recurrences
   * @param captions what stands above it
   */
  public DeviceKernel add(Kernel kernel, String phase, String time, Printed captions) {
    return added(writer.write(kernel, phase, time, captions), kernel);
  }

  /** Adds the kernel by which a recurrence hands on its states. */
  public DeviceKernel addCarry(
      Kernel.Recurrence recurrence, String phase, String time, Printed captions) {
    return added(writer.carry(recurrence, phase, time, captions), recurrence);
  }

  /** What a number that the model has a name for is called. */
  public String constant(String name, double value) {
    return constants.name(name, value);
  }

  /**
   * Adds the optimizer's step, over all numbers of all parameters. After the states it is given
   * what is the same for all of them, in the kernels' order, and then its {@code arguments}.
   *
   * @param wished what its name ends with
   * @param options what the host calls the options that change
   */
  public DeviceKernel addUpdate(
      Update update, String wished, java.util.function.Function<Optimizer.Option, String> options) {
    String name = "update_" + OpenClC.ascii(wished);
    Optimizer rule = update.rule();
    Identifiers names = identifiers();
    List.of("count", "stopped", "item", "parts", "rows", Extents.EXAMPLES).forEach(names::reserve);
    OptimizerBody body = new OptimizerBody(update, names, constants::name);
    List<String> parameters = new ArrayList<>();
    parameters.add("global float *" + body.name(rule.parameter()));
    parameters.add("global const float *" + body.name(rule.gradient()));
    rule.states().forEach(state -> parameters.add("global float *" + body.name(state.before())));
    List<Printed> captions = new ArrayList<>();
    rule.doc().forEach(line -> captions.add(Printed.of(line + "\n")));
    String k = body.position();
    List<OptimizerBody.Part> parts = body.parts();
    List<Statement> lines = new ArrayList<>();
    if (update.sums()) {
      lines.addAll(new GroupUpdate(body, k).statements(parts));
    } else {
      Expr beyond =
          Expr.position(k)
              .compared(Operator.AT_LEAST, Expr.position("count"))
              .compared(Operator.OR, new Expr.Element("stopped", Expr.whole(0), true));
      lines.add(Items.position(k, Items.global(0)));
      lines.add(Items.where(beyond, List.of(new Statement.Return())));
    }
    boolean summed = false;
    for (OptimizerBody.Part part : parts) {
      summed |= !part.sums().isEmpty();
      if (!part.forEach() && !summed) {
        part.numbers().forEach(number -> parameters.add("const float " + number));
        captions.addAll(part.above());
      } else if (!update.sums()) {
        captions.addAll(part.above());
        lines.addAll(part.statements());
      }
    }
    List<String> arguments = new ArrayList<>();
    Set<String> mentioned = Mentioned.variables(lines, Kind.REAL);
    if (mentioned.contains(body.name(rule.count()))) {
      parameters.add("const float " + body.name(rule.count()));
      arguments.add("(float) " + Reading.Word.STEP.call(NOW));
    }
    for (Optimizer.Option option : rule.options()) {
      if (mentioned.contains(body.name(option.value()))) {
        parameters.add("const float " + body.name(option.value()));
        arguments.add(options.apply(option));
      }
    }
    parameters.add("const int count");
    parameters.add("global const int *stopped");
    Printed above = Printed.joined(captions);
    DeviceKernel kernel =
        Signature.kernel(
            name,
            above,
            update.sums() ? GroupUpdate.GROUP : Signature.ITEMS,
            parameters,
            arguments,
            lines,
            null);
    return added(kernel.marked(OptimizerBody.mark(update.kernels())));
  }

  private DeviceKernel added(DeviceKernel kernel, Kernel source) {
    return added(kernel.marked(Printed.Mark.of(source)));
  }

  private DeviceKernel added(DeviceKernel kernel) {
    kernels.add(kernel);
    return kernel;
  }

  /** The text of the file, with the lines of each kernel. */
  public Printed printed() {
    List<Printed> parts = new ArrayList<>();
    for (DeviceKernel kernel : kernels) {
      if (!parts.isEmpty()) {
        parts.add(Printed.of("\n"));
      }
      parts.add(kernel.printed());
    }
    parts.add(0, Printed.of(head()));
    return Printed.joined(parts);
  }

  /** What stands above the kernels. */
  private String head() {
    StringBuilder text = new StringBuilder();
    program.doc().forEach(line -> text.append("// ").append(line).append('\n'));
    text.append(
        """
        %s// Compiled by nnc from %s in the %s style. Above each kernel stands its equation,
        // with the line of the model that it comes from, and the Java that computes the same.

        """
            .formatted(
                program.doc().isEmpty() ? "" : "//\n",
                program.file().shortName(),
                style == Style.FAST ? "fast" : "textbook"));
    text.append(MACROS).append('\n');
    StringBuilder numbers = new StringBuilder();
    constants.forEach(
        (name, value) ->
            numbers
                .append("constant float %s = %s;".formatted(name, language.literal(value)))
                .append('\n'));
    text.append(numbers).append(numbers.isEmpty() ? "" : "\n");
    Set<String> called =
        kernels.stream().flatMap(k -> k.calls().stream()).collect(Collectors.toSet());
    String functions = Function.texts(called);
    return text.append(functions).append(functions.isEmpty() ? "" : "\n").toString();
  }
}
