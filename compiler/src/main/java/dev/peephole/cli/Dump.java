package dev.peephole.cli;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Optimization;
import dev.peephole.lines.LineMapJson;
import dev.peephole.lines.LineMapper;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.pipeline.Stage;
import dev.peephole.runtime.data.Nearest;
import dev.peephole.runtime.train.progress.Console;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    description = "Prints a network as it is after a stage of the compiler.",
    footer = {"", "Example:", "  nnc dump fever.nn --after name-gradients"})
final class Dump implements Runnable {
  private final Console console;

  @Mixin private ModelOptions model;

  @Mixin private StyleOption style;

  @Option(
      names = "--after",
      paramLabel = "STAGE",
      completionCandidates = StageNames.class,
      description = {"the stage, one of these in this order:", "${COMPLETION-CANDIDATES}"})
  private String stage;

  @Option(
      names = "--map",
      description =
          "instead: which generated lines come from which equations of the model, as JSON")
  private boolean map;

  @Spec private CommandSpec spec;

  /** The names of all stages. */
  static final class StageNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Pipeline.names().iterator();
    }
  }

  Dump(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    if (stage == null && !map) {
      throw new ParameterException(
          spec.commandLine(), "missing required option: '--after=STAGE', or '--map'");
    }
    if (map && spec.commandLine().getParseResult().hasMatchedOption("--style")) {
      throw new ParameterException(
          spec.commandLine(), "--map is of both styles and of a device: leave --style out");
    }
    Compilation compilation = model.compile(console, false);
    Network network = model.choose(compilation, console);
    if (map) {
      console.out().print(LineMapJson.text(LineMapper.of(network)));
      console.out().flush();
      return;
    }
    Map<String, Stage> stages = new LinkedHashMap<>();
    Pipeline.stages(network.checked(), Optimization.of(style.style()))
        .forEach(each -> stages.put(each.name(), each));
    if (!stages.containsKey(stage)) {
      String where = Pipeline.names().contains(stage) ? " of this network in this style" : "";
      String hint = Nearest.hint(stage, new ArrayList<>(stages.keySet()));
      throw new ParameterException(
          spec.commandLine(), "there is no stage " + stage + where + ": " + hint);
    }
    console.out().print(stages.get(stage).text());
    console.out().flush();
  }
}
