package dev.peephole.playground;

import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Network;
import dev.peephole.runtime.data.DataException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands in the editor, and the page's own files.
 *
 * @param text the model
 * @param files the page's files by their names
 */
record Draft(String text, Map<String, String> files) {
  private static final int MOST_MODEL = 200_000;
  private static final int MOST_FILES = 4_000_000;

  Draft {
    files = Map.copyOf(files);
    if (text.length() > MOST_MODEL) {
      throw DataException.of("the model is too long", "at most " + MOST_MODEL + " characters");
    } else if (files.values().stream().mapToLong(String::length).sum() > MOST_FILES) {
      String hint = "at most " + MOST_FILES + " characters; name larger files on the command line";
      throw DataException.of("the files are too long", hint);
    }
  }

  /** The files that its model can name. */
  Folder folder(Given given) {
    try {
      return Folder.of(given, files);
    } catch (InvalidPathException e) {
      throw DataException.of("a file cannot be called " + e.getInput(), "");
    }
  }

  /** Compiles it with the files of a folder. */
  Compilation compile(Folder folder) {
    return Frontend.compile(folder.model(), text, DataAccess.required(folder.data()));
  }

  /**
   * What there is to say of a compilation: its errors, or what else keeps it from being trained.
   */
  static List<Problem> problems(Compilation compilation) {
    List<Problem> warnings = Problem.of(compilation.warnings(), false);
    if (!compilation.errors().isEmpty()) {
      return Problem.of(compilation.errors(), true);
    }
    Optional<Network> network = trained(compilation);
    if (network.isEmpty()) {
      return List.of(untrained(compilation));
    }
    Network first = network.get();
    return Stream.concat(Size.of(first.program()).refused(first.name()).stream(), warnings.stream())
        .toList();
  }

  /** The first network with a plan. */
  static Optional<Network> trained(Compilation compilation) {
    return compilation.networks().stream().filter(n -> n.plan().isPresent()).findFirst();
  }

  private static Problem untrained(Compilation compilation) {
    if (compilation.networks().isEmpty()) {
      return Problem.of("there is no network", "it begins with a line such as: network Fever {");
    }
    String name = compilation.networks().get(0).name();
    return Problem.of(
        "nothing says how to train " + name,
        "add a plan: train %s { data …  optimizer adam(rate: 0.001) }".formatted(name));
  }
}
