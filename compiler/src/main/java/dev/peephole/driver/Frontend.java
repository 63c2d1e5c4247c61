package dev.peephole.driver;

import dev.peephole.check.Check;
import dev.peephole.check.data.DataAccess;
import dev.peephole.check.scope.Library;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.ir.Program;
import dev.peephole.pass.differentiate.Differentiate;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.range.Doubts;
import dev.peephole.source.Span;
import dev.peephole.syntax.SyntaxTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a model file and what it imports, checks it, and derives the gradients. */
public final class Frontend {
  private final Diagnostics diagnostics = new Diagnostics();

  private Frontend() {}

  /**
   * Compiles a file up to its derived programs.
   *
   * @param data how far to look into the plans' data
   * @throws dev.peephole.runtime.data.DataException if the file itself cannot be read
   */
  public static Compilation compile(Path file, DataAccess data) {
    return compile(file, SourceText.read(file), data);
  }

  /** The same for a file of which the text is at hand; only what it imports is read. */
  public static Compilation compile(Path file, String text, DataAccess data) {
    return new Frontend().run(file, text, data);
  }

  private Compilation run(Path file, String text, DataAccess data) {
    List<SyntaxTree> trees = Imports.parse(file, text, diagnostics);
    List<Network> networks = new ArrayList<>();
    if (!diagnostics.hasErrors()) {
      for (Check.Checked checked : check(trees, data, diagnostics)) {
        derive(checked, trees).ifPresent(networks::add);
      }
    } else {
      FollowUps followUps = new FollowUps(diagnostics.errors());
      Diagnostics more = new Diagnostics();
      check(trees, data, more);
      more.errors().stream().filter(followUps::isOwn).forEach(diagnostics::report);
    }
    return new Compilation(
        trees.get(0).file(),
        trees.stream().skip(1).map(SyntaxTree::file).toList(),
        networks,
        diagnostics.errors(),
        diagnostics.hasErrors() ? List.of() : diagnostics.warnings());
  }

  private static List<Check.Checked> check(
      List<SyntaxTree> trees, DataAccess data, Diagnostics errors) {
    return new Check(trees, new Library(), errors).run(data);
  }

  private Optional<Network> derive(Check.Checked checked, List<SyntaxTree> trees) {
    Dependence.check(checked.program(), diagnostics);
    try {
      Program derived = Pipeline.run(checked.program());
      Dependence.checkGradients(checked.program(), derived, diagnostics);
      Doubts.report(checked.program(), checked.expectations(), diagnostics);
      return Optional.of(new Network(checked.program(), derived, checked.plan()));
    } catch (Differentiate.Nondifferentiable e) {
      diagnostics.report(
          Diagnostic.error(Code.GRADIENT, place(e, trees), "the loss cannot be differentiated here")
              .note(e.getMessage())
              .hint("stop_gradient(…) takes a value as if no parameter had a part in it"));
      return Optional.empty();
    }
  }

  /** Where the user's own files say what has no derivative. */
  private static Span place(Differentiate.Nondifferentiable e, List<SyntaxTree> trees) {
    return e.equations().stream()
        .flatMap(equation -> equation.origin().shown().stream())
        .filter(place -> trees.stream().anyMatch(tree -> tree.file() == place.file()))
        .findFirst()
        .orElseThrow();
  }
}
