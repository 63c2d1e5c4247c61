package dev.peephole.driver;

import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.source.SourceFile;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the front end makes of a model file.
 *
 * @param main the file
 * @param imports the files that it imports, directly or not, in the order first named
 * @param networks its networks that have no error in themselves, in the order of the file
 * @param errors everything that is wrong, in the order found; empty if it may be compiled
 * @param warnings what is hardly meant, in the order found; empty while there are errors
 */
public record Compilation(
    SourceFile main,
    List<SourceFile> imports,
    List<Network> networks,
    List<Diagnostic> errors,
    List<Diagnostic> warnings) {

  public Compilation {
    imports = List.copyOf(imports);
    networks = List.copyOf(networks);
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /** The errors and the warnings. */
  public List<Diagnostic> diagnostics() {
    return Stream.concat(errors.stream(), warnings.stream()).toList();
  }
}
