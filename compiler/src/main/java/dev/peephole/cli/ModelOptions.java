package dev.peephole.cli;

import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Network;
import dev.peephole.driver.Resized;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.Nearest;
import dev.peephole.runtime.train.progress.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which model a command is about, and how it is compiled. */
final class ModelOptions {
  @Parameters(paramLabel = "FILE", description = "the model file")
  private Path file;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "which network, if the file has several; else the first with a plan")
  private Optional<String> name;

  @Mixin private WarningsOption warnings;

  /** The model, whose warnings are printed; its data need not be there. */
  Compilation compile(Console console, boolean json) {
    return compile(file, DataAccess.ifThere(new DataOption().of(file)), console, json);
  }

  /** Another model, in the same way. */
  Compilation compile(Path other, Console console) {
    return compile(other, DataAccess.ifThere(new DataOption().of(other)), console, false);
  }

  /** The model, whose warnings are printed; all its data must be there. */
  Compilation compile(DataOption data, Console console, boolean json) {
    return compile(file, DataAccess.required(data.of(file)), console, json);
  }

  private Compilation compile(Path model, DataAccess access, Console console, boolean json) {
    return told(Frontend.compile(model, access), console, json);
  }

  /** The model with other constants. */
  Resized resized(Map<String, Integer> constants, Console console) {
    Resized resized =
        Resized.compile(file, constants, DataAccess.ifThere(new DataOption().of(file)));
    told(resized.compilation(), console, false);
    return resized;
  }

  private Compilation told(Compilation compilation, Console console, boolean json) {
    if (!compilation.errors().isEmpty()) {
      throw new Rejection(compilation.errors());
    } else if (warnings.asErrors() && !compilation.warnings().isEmpty()) {
      throw new Rejection(compilation.warnings());
    }
    new Report(console).diagnostics(compilation.warnings(), json);
    return compilation;
  }

  /** The network that is asked for, or else all of them. */
  List<Network> chooseAll(Compilation compilation) {
    List<Network> networks = compilation.networks();
    if (networks.isEmpty()) {
      throw DataException.in(
          compilation.main().name(),
          "there is no network in this file",
          "a network begins with a line such as: network Fever {");
    }
    return name.isPresent() ? List.of(named(name.get(), compilation)) : networks;
  }

  /** The network that is asked for, or the first one with a plan, or the first one. */
  Network choose(Compilation compilation, Console console) {
    List<Network> networks = chooseAll(compilation);
    List<Network> planned = networks.stream().filter(n -> n.plan().isPresent()).toList();
    Network chosen = planned.isEmpty() ? networks.get(0) : planned.get(0);
    if (networks.size() > 1) {
      String all = networks.stream().map(Network::name).collect(Collectors.joining(", "));
      console
          .err()
          .println("note: of " + all + " this is " + chosen.name() + "; --network NAME chooses");
    }
    return chosen;
  }

  /** The same, of a network that must have a plan. */
  Network choosePlanned(Compilation compilation, Console console) {
    Network chosen = choose(compilation, console);
    if (chosen.plan().isEmpty()) {
      throw DataException.in(
          file.toString(),
          "nothing says how to train " + chosen.name(),
          "add a plan: train " + chosen.name() + " { data …  optimizer adam(rate: 0.001) }");
    }
    return chosen;
  }

  private static Network named(String wanted, Compilation compilation) {
    List<Network> networks = compilation.networks();
    return networks.stream()
        .filter(n -> n.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                DataException.in(
                    compilation.main().name(),
                    "there is no network " + wanted,
                    Nearest.hint(wanted, networks.stream().map(Network::name).toList())));
  }
}
