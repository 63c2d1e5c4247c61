package dev.peephole.check;

import dev.peephole.check.data.DataAccess;
import dev.peephole.check.plan.AugmentClause;
import dev.peephole.check.plan.Clauses;
import dev.peephole.check.plan.OptimizerClause;
import dev.peephole.check.plan.PlanDraft;
import dev.peephole.check.plan.RegularizeClause;
import dev.peephole.check.plan.StatefulClause;
import dev.peephole.check.plan.Trained;
import dev.peephole.check.scope.Declarations;
import dev.peephole.check.scope.Library;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.ir.Program;
import dev.peephole.ir.TrainingPlan;
import dev.peephole.range.Expectation;
import dev.peephole.source.Span;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a program, and writes its networks down as equations on the way: a shape is only known
 * where a layer is applied, so following the applications is the check.
 */
public final class Check {
  private final Declarations declarations;
  private final Diagnostics diagnostics;
  private final SyntaxTree main;
  private final List<Declaration> all = new ArrayList<>();

  /**
   * @param trees the main file and the files that it imports
   * @param library what ships with the compiler
   */
  public Check(List<SyntaxTree> trees, Library library, Diagnostics diagnostics) {
    this.main = trees.get(0);
    this.diagnostics = diagnostics;
    this.declarations = new Declarations(trees, library);
    trees.forEach(t -> all.addAll(t.declarations()));
  }

  /** A network, how it is trained, if the file says so, and what its values should be. */
  public record Checked(
      Program program, Optional<TrainingPlan> plan, List<Expectation> expectations) {}

  /**
   * The networks of the main file that have no errors.
   *
   * @param data how far to look into the plans' data
   */
  public List<Checked> run(DataAccess data) {
    NameResolution names = new NameResolution(declarations, diagnostics);
    names.checkDuplicates(all);
    all.forEach(names::check);
    if (all.isEmpty()) {
      Span start = new Span(main.file(), 0, 0);
      diagnostics.report(
          Diagnostic.error(Code.SYNTAX, start, "this file declares nothing")
              .hint("a first network: network Name { input x: [2] … }"));
    }
    List<Checked> checked = new ArrayList<>();
    for (Declaration declaration : main.declarations()) {
      if (declaration instanceof Declaration.Network network) {
        check(network, data).ifPresent(checked::add);
      } else if (declaration instanceof Declaration.Train train) {
        requireNetwork(train);
      }
    }
    return checked;
  }

  private Optional<Checked> check(Declaration.Network network, DataAccess data) {
    Optional<Declaration.Train> train = train(network.name().name());
    List<Trained> trained = train.map(this::trained).orElse(List.of());
    Networks networks = new Networks(network, declarations, diagnostics);
    train.ifPresent(plan -> networks.augment(AugmentClause.of(plan)));
    return networks
        .check(trained, train.map(RegularizeClause::of).orElse(List.of()))
        .map(
            program -> {
              List<Expectation> expectations = networks.expectations();
              return train
                  .map(t -> planned(program, t, data, expectations))
                  .orElseGet(() -> new Checked(program, Optional.empty(), expectations));
            });
  }

  private Checked planned(
      Program program, Declaration.Train train, DataAccess data, List<Expectation> expectations) {
    PlanDraft draft = new PlanDraft(train, program, declarations, diagnostics, data);
    TrainingPlan plan = draft.check();
    Program reaching =
        program.reaching(new Program.Reach(draft.truncation(), StatefulClause.in(draft)));
    return new Checked(reaching, Optional.of(plan), expectations);
  }

  /** The optimizers of a plan, with what they are on. */
  private List<Trained> trained(Declaration.Train train) {
    List<Clause> clauses = OptimizerClause.of(train);
    if (clauses.isEmpty()) {
      diagnostics.report(OptimizerClause.missing(train));
    }
    int epochs = Clauses.epochs(train);
    List<Trained> trained = new ArrayList<>();
    for (Clause clause : clauses) {
      new Optimizers(declarations, diagnostics, epochs)
          .check(OptimizerClause.optimizer(clause))
          .ifPresent(optimizer -> trained.add(new Trained(clause, optimizer)));
    }
    return trained.size() == clauses.size() ? trained : List.of();
  }

  private Optional<Declaration.Train> train(String network) {
    return main.declarations().stream()
        .filter(Declaration.Train.class::isInstance)
        .map(Declaration.Train.class::cast)
        .filter(t -> t.network().name().equals(network))
        .findFirst();
  }

  private void requireNetwork(Declaration.Train train) {
    List<String> networks =
        main.declarations().stream()
            .filter(Declaration.Network.class::isInstance)
            .map(n -> ((Declaration.Network) n).name().name())
            .toList();
    String name = train.network().name();
    if (!networks.contains(name)) {
      Diagnostic error =
          Diagnostic.error(
              Code.NAME, train.network().span(), "there is no network '" + name + "' to train");
      diagnostics.report(
          Nearest.to(name, networks)
              .map(n -> error.hint("did you mean " + n + "?"))
              .orElse(
                  networks.isEmpty()
                      ? error
                      : error.note("there is " + String.join(", ", networks))));
    }
  }
}
