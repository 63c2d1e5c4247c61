package dev.peephole.cli;

import dev.peephole.check.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
  private Optional<String> network;

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      defaultValue = "fast",
      converter = StyleNames.class,
      completionCandidates = StyleNames.class,
      description = "how the Java is written: textbook, for readers, or fast (default)")
  private Style style;

  Style style() {
    return style;
  }

  /** The model; its data need not be there. */
  Compilation compile() {
    return compile(DataAccess.ifThere(new DataOption().of(file)));
  }

  /** The model; all its data must be there. */
  Compilation compile(DataOption data) {
    return compile(DataAccess.required(data.of(file)));
  }

  private Compilation compile(DataAccess access) {
    Compilation compilation = Frontend.compile(file, access);
    if (!compilation.errors().isEmpty()) {
      throw new Rejection(compilation.errors());
    }
    return compilation;
  }

  /** The network that is asked for, or the first one with a plan, or the first one. */
  Network choose(Compilation compilation) {
    List<Network> networks = compilation.networks();
    if (network.isPresent()) {
      return named(network.get(), compilation);
    }
    return networks.stream()
        .filter(n -> n.plan().isPresent())
        .findFirst()
        .or(() -> networks.stream().findFirst())
        .orElseThrow(
            () ->
                DataException.in(
                    file.toString(),
                    "there is no network in this file",
                    "a network begins with a line such as: network Fever {"));
  }

  private Network named(String name, Compilation compilation) {
    List<String> names = compilation.networks().stream().map(Network::name).toList();
    return compilation.networks().stream()
        .filter(n -> n.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                DataException.in(
                    file.toString(),
                    "there is no network " + name,
                    names.isEmpty() ? "there is none in this file" : Nearest.hint(name, names)));
  }

  /** The network that is asked for, which must have a plan. */
  Network choosePlanned(Compilation compilation) {
    Network chosen = choose(compilation);
    if (chosen.plan().isEmpty()) {
      throw DataException.in(
          file.toString(),
          "nothing says how to train " + chosen.name(),
          "add a plan: train " + chosen.name() + " { data …  optimizer adam(rate: 0.001) }");
    }
    return chosen;
  }
}
