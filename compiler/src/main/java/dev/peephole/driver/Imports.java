package dev.peephole.driver;

import dev.peephole.check.plan.Clauses;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.runtime.data.DataException;
import dev.peephole.source.SourceFile;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Parser;
import dev.peephole.syntax.SyntaxTree;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows {@code import "layers.nn"}, from file to file; each file is read once. */
final class Imports {
  private final Diagnostics diagnostics;
  private final Set<Path> seen = new HashSet<>();
  private final List<SyntaxTree> trees = new ArrayList<>();

  private Imports(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Parses a file and what it imports; the file itself comes first. */
  static List<SyntaxTree> parse(Path path, String text, Diagnostics diagnostics) {
    Imports imports = new Imports(diagnostics);
    imports.seen.add(identity(path));
    imports.follow(path, text);
    return imports.trees;
  }

  private void follow(Path path, String text) {
    String name = path.toString().replace(path.getFileSystem().getSeparator(), "/");
    SyntaxTree tree = Parser.parse(new SourceFile(name, text), Clauses.forms(), diagnostics);
    trees.add(tree);
    for (Declaration declaration : tree.declarations()) {
      if (declaration instanceof Declaration.Import wanted) {
        follow(wanted, path);
      }
    }
  }

  private void follow(Declaration.Import wanted, Path importer) {
    Optional<Path> path = resolve(wanted, importer);
    if (path.isEmpty() || !seen.add(identity(path.get()))) {
      return;
    }
    try {
      follow(path.get(), SourceText.read(path.get()));
    } catch (DataException problem) {
      String where =
          problem.file().orElse("") + problem.line().map(line -> ":" + line).orElse("") + ": ";
      String look = "paths are relative to the file that imports";
      report(wanted, where + problem.getMessage(), problem.hint().orElse(look));
    }
  }

  private Optional<Path> resolve(Declaration.Import wanted, Path importer) {
    try {
      if (wanted.path().isBlank()) {
        report(wanted, "an import names a file", "such as: import \"layers.nn\"");
        return Optional.empty();
      }
      return Optional.of(importer.resolveSibling(wanted.path()).normalize());
    } catch (InvalidPathException e) {
      report(wanted, "this is not the name of a file", "");
      return Optional.empty();
    }
  }

  private void report(Declaration.Import wanted, String message, String hint) {
    Diagnostic error = Diagnostic.error(Code.IMPORT, wanted.pathSpan(), message);
    diagnostics.report(hint.isEmpty() ? error : error.hint(hint));
  }

  /** The same path for every way to write it. */
  private static Path identity(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException missing) {
      return path.toAbsolutePath().normalize();
    }
  }
}
