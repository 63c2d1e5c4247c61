package dev.peephole.docs;

import dev.peephole.check.data.DataAccess;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Renderer;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.runtime.data.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A program that a page shows, in a folder of its own with the files that it needs. */
record Example(Path folder, String text) {

  /** Puts a file beside the program. */
  void give(String name, String content) {
    try {
      Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the compiler makes of it; the data is looked into. */
  Compilation compiled() {
    return Frontend.compile(
        folder.resolve("model.nn"), text, DataAccess.required(DataFolder.of(folder)));
  }

  /** What the compiler makes of it without its data. */
  Compilation compiledWithoutData() {
    return Frontend.compile(folder.resolve("model.nn"), text, DataAccess.none());
  }

  /** Messages as they are printed where the program lies. */
  String printed(List<Diagnostic> errors) {
    Renderer renderer = new Renderer(false);
    return errors.stream()
        .map(renderer::render)
        .map(message -> message.replace(folder + "/", ""))
        .collect(Collectors.joining("\n"));
  }
}
