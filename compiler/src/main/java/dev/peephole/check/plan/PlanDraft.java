package dev.peephole.check.plan;

import dev.peephole.check.data.DataAccess;
import dev.peephole.check.data.WindowSeries;
import dev.peephole.check.evaluate.Context;
import dev.peephole.check.evaluate.Expressions;
import dev.peephole.check.scope.Declarations;
import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.CheckException;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.ir.Program;
import dev.peephole.ir.TrainingPlan;
import dev.peephole.ir.TrainingPlan.Argument;
import dev.peephole.ir.Var;
import dev.peephole.op.Constant;
import dev.peephole.source.Span;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A training plan while its clauses are checked: what they know of each other, and the calls of the
 * plan builder that they have come to.
 */
public final class PlanDraft {
  private final Declaration.Train train;
  private final Program program;
  private final Context context;
  private final Expressions expressions;
  private final DataAccess access;
  private final Reaches reaches;
  private final List<TrainingPlan.Clause> calls = new ArrayList<>();
  private final List<Runnable> lastChecks = new ArrayList<>();
  private final Map<String, Span> scaled = new HashMap<>();
  private Optional<WindowSeries> windows = Optional.empty();
  private boolean sequential;
  private int truncation;

  public PlanDraft(
      Declaration.Train train,
      Program program,
      Declarations declarations,
      Diagnostics diagnostics,
      DataAccess access) {
    this.train = train;
    this.program = program;
    this.context = new Context(declarations, diagnostics);
    this.expressions = new Expressions(context);
    this.reaches = new Reaches(program, context);
    this.access = access;
  }

  /** The plan; what is wrong with it is reported. */
  public TrainingPlan check() {
    Map<String, Span> seen = new HashMap<>();
    for (Clause clause : firstOnesFirst()) {
      try {
        PlanClause declared = Clauses.of(clause.form());
        declared.single(clause).ifPresent(kind -> once(kind, clause, seen));
        declared.apply(clause, this);
      } catch (CheckException flaw) {
        flaw.diagnostic().ifPresent(context::report);
      }
    }
    DataClause.requireIn(train, this);
    windows.ifPresent(series -> call("windows", series.step()));
    lastChecks.forEach(Runnable::run);
    calls.addAll(reaches.clauses());
    return new TrainingPlan(train.network().name(), calls);
  }

  private List<Clause> firstOnesFirst() {
    return train.clauses().stream()
        .sorted(Comparator.comparing(clause -> !Clauses.of(clause.form()).isFirst()))
        .toList();
  }

  private static void once(String kind, Clause clause, Map<String, Span> seen) {
    Span before = seen.put(kind, clause.span());
    if (before != null) {
      throw new CheckException(
          Diagnostic.error(Code.DUPLICATE, clause.span(), "the plan says '" + kind + "' twice")
              .and(before, "here first"));
    }
  }

  // ---- What clauses do ----

  /** Adds a call of the plan builder. */
  void call(String method, Object... arguments) {
    add(
        new TrainingPlan.Clause(
            method, Stream.of(arguments).map(a -> (Argument) new Argument.Literal(a)).toList()));
  }

  /** Adds a call of the plan builder. */
  void add(TrainingPlan.Clause call) {
    calls.add(call);
  }

  /** Checks something once all clauses are known. */
  void atEnd(Runnable check) {
    lastChecks.add(check);
  }

  void report(Diagnostic problem) {
    context.report(problem);
  }

  /** Makes windows the examples. */
  void takeIn(WindowSeries series) {
    windows = Optional.of(series);
  }

  /** Notes that the data are several series. */
  void takeSeries() {
    sequential = true;
  }

  /** Carries gradients over so many time steps at most. */
  void truncate(int steps) {
    truncation = steps;
  }

  /** Notes that an input or target is scaled, which it can be once. */
  void scaled(Ident name) {
    Span before = scaled.putIfAbsent(name.name(), name.span());
    if (before != null) {
      throw new CheckException(
          Diagnostic.error(Code.DUPLICATE, name.span(), "'" + name + "' is scaled twice")
              .and(before, "here first"));
    }
  }

  // ---- What clauses ask ----

  Program program() {
    return program;
  }

  Context context() {
    return context;
  }

  Expressions expressions() {
    return expressions;
  }

  DataAccess access() {
    return access;
  }

  Reaches reaches() {
    return reaches;
  }

  /** The windows that examples are; all clauses must be known. */
  Optional<WindowSeries> windows() {
    return windows;
  }

  /** Whether the data are several series; all clauses must be known. */
  boolean sequential() {
    return sequential;
  }

  /** Over how many time steps gradients are carried; 0 if over all. */
  public int truncation() {
    return truncation;
  }

  /** The first clause of a form. */
  Optional<Clause> clause(ClauseForm form) {
    return train.clauses().stream().filter(clause -> clause.form() == form).findFirst();
  }

  /** The input or target of a name. */
  Var tensor(Ident name) {
    List<Var> all = Stream.concat(program.inputs().stream(), program.targets().stream()).toList();
    Optional<Var> found = all.stream().filter(v -> v.name().equals(name.name())).findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    List<String> names = all.stream().map(Var::name).toList();
    Diagnostic error =
        Diagnostic.error(
                Code.PLAN,
                name.span(),
                "'" + name + "' is neither an input nor a target of " + program.name())
            .note("it has " + String.join(", ", names));
    throw new CheckException(
        Nearest.to(name.name(), names)
            .map(n -> error.hint("did you mean " + n + "?"))
            .orElse(error));
  }

  /** A whole number that is not below {@code least}. */
  int whole(Expr expr, int least) {
    int number = expressions.wholeNumber(expr, Frame.top(null));
    if (number < least) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, expr.span(), "this must be at least " + least)
              .labelled("this is " + number));
    }
    return number;
  }

  /** A number above 0. */
  double positive(Expr expr) {
    double number = number(expr);
    if (!(number > 0)) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, expr.span(), "this must be greater than 0")
              .labelled("this is " + Constant.text(number)));
    }
    return number;
  }

  double number(Expr expr) {
    return expressions.number(expr, Frame.top(null));
  }
}
