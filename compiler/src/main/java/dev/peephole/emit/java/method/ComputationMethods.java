package dev.peephole.emit.java.method;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.Layout;
import dev.peephole.emit.java.print.JavaPrinter;
import dev.peephole.emit.java.print.KernelCode;
import dev.peephole.emit.java.print.Members;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Statement;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;

/** Writes the forward pass, the loss and the backward pass. */
public final class ComputationMethods {
  /** More steps than these go into methods of their own: the JVM leaves huge methods slow. */
  private static final int STEPS = 40;

  private final ToKernels.Network network;
  private final KernelCode kernels;
  private final Identifiers identifiers;
  private final Padding padding;
  private final Layout layout;
  private final List<MethodSpec> methods = new ArrayList<>();

  /** For a network whose kernels are written so, into buffers of that layout. */
  public ComputationMethods(
      ToKernels.Network network,
      KernelCode kernels,
      Identifiers identifiers,
      Padding padding,
      Layout layout) {
    this.network = network;
    this.kernels = kernels;
    this.identifiers = identifiers;
    this.padding = padding;
    this.layout = layout;
  }

  /** Them, and the private methods that they call. */
  public List<MethodSpec> methods() {
    boolean shared = !kernels(Phase.FORWARD).isEmpty();
    if (shared) {
      CodeBlock body = body(Phase.FORWARD);
      methods.add(
          part("forward")
              .addJavadoc("What the outputs need, and training too.")
              .addCode(body)
              .build());
    }
    padding.method().ifPresent(methods::add);
    CodeBlock calls = CodeBlock.of(padding.call() + (shared ? call("forward") : ""));
    CodeBlock forward = calls.isEmpty() ? calls : CodeBlock.of("$L\n", calls);
    method("predict", TypeName.VOID, CodeBlock.join(List.of(forward, body(Phase.OUTPUTS)), ""));
    CodeBlock result = CodeBlock.of("return $L;\n", identifiers.of(network.program().loss()));
    method("loss", TypeName.DOUBLE, CodeBlock.join(List.of(forward, body(Phase.LOSS), result), ""));
    method("backward", TypeName.VOID, body(Phase.BACKWARD));
    Program program = network.program();
    if (!program.carried().isEmpty() || !program.kept().isEmpty()) {
      CodeBlock carried = carry(program);
      method("carry", TypeName.VOID, CodeBlock.join(List.of(carried, keep(program)), ""));
    }
    return methods;
  }

  /** Keeps the states after the last time step for the examples that continue. */
  private CodeBlock carry(Program program) {
    CodeBlock.Builder code = CodeBlock.builder();
    for (Program.Carried each : program.carried()) {
      Var carried = each.state();
      Var sequence = each.sequence();
      Expr last = Extents.last(sequence.shape().axis(0));
      Expr numbers = Extents.size(carried.shape());
      String from = identifiers.of(sequence);
      String to = identifiers.of(carried);
      Expr step = new Expr.Element(sequence.name(), last, false);
      CodeBlock.Builder copy = CodeBlock.builder();
      JavaPrinter printer = kernels.printer();
      copy.add("// $L = $L\n", carried.name(), printer.wrapped(step));
      Statement copied = new Statement.Copy(from, last.times(numbers), to, Expr.whole(0), numbers);
      copy.add(printer.code(List.of(copied)));
      code.add(printer.anchored(layout.carry(carried), copy.build()));
    }
    return code.build();
  }

  /** Keeps what layers made of their states. */
  private CodeBlock keep(Program program) {
    CodeBlock.Builder code = CodeBlock.builder();
    JavaPrinter printer = kernels.printer();
    for (Program.Kept each : program.kept()) {
      Var state = each.before();
      String from = identifiers.of(each.after());
      String to = identifiers.of(state);
      Expr numbers = Extents.size(state.shape());
      Statement copied =
          layout.isArray(each.after())
              ? new Statement.Copy(from, Expr.whole(0), to, Expr.whole(0), numbers)
              : new Statement.Assign(new Expr.Element(to, Expr.whole(0), false), Expr.real(from));
      CodeBlock.Builder copy = CodeBlock.builder();
      copy.add("// $L = $L\n", state.name(), each.after().name());
      copy.add(printer.code(List.of(copied)));
      code.add(printer.anchored(layout.carry(state), copy.build()));
    }
    return code.build();
  }

  private void method(String name, TypeName returns, CodeBlock body) {
    methods.add(
        Members.override(name, returns)
            .addParameter(TypeName.INT, Extents.EXAMPLES)
            .addCode(body)
            .build());
  }

  private static String call(String method) {
    return method + "(" + Extents.EXAMPLES + ");\n";
  }

  private static MethodSpec.Builder part(String name) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE)
        .addParameter(TypeName.INT, Extents.EXAMPLES);
  }

  private List<Kernel> kernels(Phase phase) {
    return network.phases().get(phase).stream().filter(k -> !(k instanceof Kernel.Alias)).toList();
  }

  /** The steps of a phase, or calls of the methods that they went to. */
  private CodeBlock body(Phase phase) {
    List<CodeBlock> steps = kernels(phase).stream().map(kernels::code).toList();
    if (steps.size() <= STEPS) {
      return CodeBlock.join(steps, "\n");
    }
    CodeBlock.Builder calls = CodeBlock.builder();
    for (int from = 0; from < steps.size(); from += STEPS) {
      String name = phase.name().toLowerCase(Locale.ROOT) + (from / STEPS + 1);
      List<CodeBlock> some = steps.subList(from, Math.min(from + STEPS, steps.size()));
      methods.add(part(name).addCode(CodeBlock.join(some, "\n")).build());
      calls.add(call(name));
    }
    return calls.build();
  }
}
