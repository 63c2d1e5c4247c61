package dev.peephole.loop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks through statements for what they mention. */
public final class Mentioned {
  private final Set<String> declared = new HashSet<>();
  private final List<Expr> expressions = new ArrayList<>();

  private Mentioned() {}

  /** The names of all variables of a kind, except those that the statements declare themselves. */
  public static Set<String> variables(List<Statement> statements, Kind kind) {
    Mentioned found = new Mentioned();
    Set<String> names = new HashSet<>();
    found.visit(statements);
    found.expressions.forEach(
        e ->
            e.forEach(
                part -> {
                  if (part instanceof Expr.Variable v && v.kind() == kind) {
                    names.add(v.name());
                  }
                }));
    names.removeAll(found.declared);
    return names;
  }

  /** Whether they ask if this is a step of training. */
  public static boolean training(List<Statement> statements) {
    Mentioned found = new Mentioned();
    boolean[] asks = {false};
    found.visit(statements);
    found.expressions.forEach(e -> e.forEach(part -> asks[0] |= part instanceof Expr.Training));
    return asks[0];
  }

  /** The names of all functions that they call, as a language calls them. */
  public static Set<String> functions(List<Statement> statements, Target target) {
    Mentioned found = new Mentioned();
    Set<String> names = new HashSet<>();
    found.visit(statements);
    found.expressions.forEach(
        e ->
            e.forEach(
                part -> {
                  if (part instanceof Expr.Call call) {
                    names.add(call.function());
                  } else if (part instanceof Expr.Operation operation) {
                    names.add(target.notation(operation.op()).function());
                  }
                }));
    return names;
  }

  private void visit(List<Statement> statements) {
    statements.forEach(this::visit);
  }

  private void visit(Statement statement) {
    if (statement instanceof Statement.Declare declare) {
      declared.add(declare.name());
      expressions.add(declare.value());
    } else if (statement instanceof Statement.Assign assign) {
      expressions.addAll(List.of(assign.to(), assign.value()));
    } else if (statement instanceof Statement.Accumulate accumulate) {
      expressions.addAll(List.of(accumulate.to(), accumulate.value()));
    } else if (statement instanceof Statement.For loop) {
      declared.add(loop.variable());
      expressions.addAll(List.of(loop.first(), loop.test(), loop.by()));
      visit(loop.body());
    } else if (statement instanceof Statement.If test) {
      expressions.add(test.test());
      visit(test.then());
      visit(test.otherwise());
    } else if (statement instanceof Statement.Fill fill) {
      expressions.addAll(fill.arguments());
    } else if (statement instanceof Statement.Copy copy) {
      expressions.addAll(copy.arguments());
    } else if (statement instanceof Statement.Perform perform) {
      expressions.add(perform.call());
    } else if (statement instanceof Statement.Step step) {
      visit(step.body());
    } else if (statement instanceof Statement.From from) {
      visit(from.body());
    }
  }
}
