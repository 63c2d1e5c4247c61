package dev.peephole.cli;

import dev.peephole.check.scope.Library;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.train.progress.Console;
import dev.peephole.source.SourceFile;
import dev.peephole.syntax.Declaration.Callable;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    description = "Lists the library, or prints one of its declarations as it is written there.",
    footer = {"", "Examples:", "  nnc std", "  nnc std dense"})
final class Std implements Runnable {
  private final Console console;
  private final Library library = new Library();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "what to print; else the list")
  private Optional<String> name;

  Std(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    if (name.isEmpty()) {
      list();
    } else {
      console.out().print(find(name.get()).source());
      console.out().flush();
    }
  }

  private Callable find(String wanted) {
    return library
        .find(wanted)
        .orElseThrow(
            () ->
                DataException.of(
                    "the library has no " + wanted,
                    Nearest.to(wanted, library.names())
                        .map(near -> "did you mean " + near + "?")
                        .orElse("nnc std lists what it has")));
  }

  private void list() {
    SourceFile file = null;
    for (String each : library.names()) {
      Callable callable = find(each);
      SourceFile from = callable.span().file();
      if (from != file) {
        console.out().println((file == null ? "" : "\n") + from.name());
        file = from;
      }
      console.out().println("  %-16s  %s".formatted(each, summary(callable)).stripTrailing());
    }
  }

  private static String summary(Callable callable) {
    String line = callable.doc().isEmpty() ? "" : callable.doc().get(0);
    return callable.doc().size() > 1 && !line.endsWith(".") ? line + " …" : line;
  }
}
