package dev.peephole.syntax;

import dev.peephole.check.plan.Clauses;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs to test the parser with. */
final class Programs {
  private static final Path FOLDER = Path.of("src", "test", "resources", "programs");

  private Programs() {}

  /** What parsing gives. */
  record Parsed(SyntaxTree tree, List<Diagnostic> errors) {}

  static Parsed parse(String text) {
    Diagnostics errors = new Diagnostics();
    SyntaxTree tree = Parser.parse(new SourceFile("test.nn", text), Clauses.forms(), errors);
    return new Parsed(tree, errors.errors());
  }

  /** The tree of a program without errors. */
  static SyntaxTree tree(String text) {
    Parsed parsed = parse(text);
    if (!parsed.errors().isEmpty()) {
      throw new AssertionError(parsed.errors() + "\n" + text);
    }
    return parsed.tree();
  }

  /** The valid programs that lie in a folder. */
  static List<Path> files() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> texts() {
    return files().stream().map(Programs::text).toList();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
