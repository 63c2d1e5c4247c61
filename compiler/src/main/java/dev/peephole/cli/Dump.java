package dev.peephole.cli;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.LineMap;
import dev.peephole.driver.Network;
import dev.peephole.ir.Printer;
import dev.peephole.kernel.Kernel;
import dev.peephole.pass.Phases;
import dev.peephole.pass.Pipeline;
import dev.peephole.pass.ToKernels;
import dev.peephole.runtime.data.Nearest;
import dev.peephole.runtime.train.Console;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    description = "Prints a network as it is after a stage of the compiler.",
    footer = {"", "Example:", "  nnc dump fever.nn --after differentiate"})
final class Dump implements Runnable {
  private static final String KERNELS = "kernels";

  private final Console console;

  @Mixin private ModelOptions model;

  @Option(
      names = "--after",
      paramLabel = "STAGE",
      description = "the stage; if there is none of this name, all are listed")
  private String stage;

  @Option(
      names = "--map",
      description =
          "instead: which generated lines come from which equations of the model, as JSON")
  private boolean map;

  @Spec private CommandSpec spec;

  Dump(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    if (stage == null && !map) {
      throw new ParameterException(
          spec.commandLine(), "missing required option: '--after=STAGE', or '--map'");
    }
    Compilation compilation = model.compile(console, false);
    Network network = model.choose(compilation, console);
    if (map) {
      console.out().print(LineMap.of(network));
      console.out().flush();
      return;
    }
    Map<String, Supplier<String>> stages = new LinkedHashMap<>();
    for (Pipeline.Stage each : Pipeline.stages(network.checked())) {
      stages.put(each.name(), () -> Printer.print(each.function()));
    }
    stages.put(KERNELS, () -> kernels(network));
    if (!stages.containsKey(stage)) {
      List<String> names = new ArrayList<>(stages.keySet());
      throw new ParameterException(
          spec.commandLine(), "there is no stage " + stage + ": " + Nearest.hint(stage, names));
    }
    console.out().print(stages.get(stage).get());
    console.out().flush();
  }

  /** Every kernel by its equations, in the order and under the method that it is computed in. */
  private String kernels(Network network) {
    StringBuilder text = new StringBuilder();
    Map<Phases.Phase, List<Kernel>> phases =
        new ToKernels(model.style()).network(network.program(model.style())).phases();
    phases.forEach(
        (phase, kernels) -> {
          text.append(phase.name().toLowerCase(Locale.ROOT)).append('\n');
          kernels.forEach(kernel -> append(text, kernel));
        });
    return text.toString();
  }

  private static void append(StringBuilder text, Kernel kernel) {
    String sort = kernel.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    String origin = kernel.origin().place();
    for (String formula : kernel.formulas()) {
      String line = "  %-6s  %s".formatted(sort, formula);
      text.append("%-76s  %s".formatted(line, origin).stripTrailing()).append('\n');
      sort = "";
      origin = "";
    }
  }
}
