package dev.peephole.driver;

import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.source.SourceFile;
import java.util.List;

/**
 * What the front end makes of a model file.
 *
 * @param main the file
 * @param imports the files that it imports, directly or not, in the order first named
 * @param networks its networks that have no error in themselves, in the order of the file
 * @param errors everything that is wrong, in the order found; empty if it may be compiled
 */
public record Compilation(
    SourceFile main, List<SourceFile> imports, List<Network> networks, List<Diagnostic> errors) {

  public Compilation {
    imports = List.copyOf(imports);
    networks = List.copyOf(networks);
    errors = List.copyOf(errors);
  }
}
