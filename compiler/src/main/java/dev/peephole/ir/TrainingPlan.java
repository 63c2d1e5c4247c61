package dev.peephole.ir;

import java.util.List;

/**
 * A training plan as the calls that write it down in generated code; the same calls make the plan
 * that {@code nnc} itself trains by.
 *
 * @param network what is trained
 * @param clauses in the order of the model file
 */
public record TrainingPlan(String network, List<Clause> clauses) {
  public TrainingPlan {
    clauses = List.copyOf(clauses);
  }

  /** One call of {@code PlanBuilder}. */
  public record Clause(String method, List<Argument> arguments) {
    public Clause {
      arguments = List.copyOf(arguments);
    }
  }

  /** What a clause is called with. */
  public sealed interface Argument {

    /** A number, a text or a truth value. */
    record Literal(Object value) implements Argument {}

    /** A data source: {@code new Csv("a.csv")}. */
    record Source(dev.peephole.runtime.data.Source value, List<Object> arguments)
        implements Argument {}

    /** {@code bind("x", columns("a", "b"))}, each number changed by {@code map} if there is one. */
    record Binding(String tensor, List<Object> fields, boolean column, List<Step> map)
        implements Argument {}
  }

  /** {@code v symbol number}, or {@code number symbol v} if {@code reversed}; one of + - * /. */
  public record Step(String symbol, double number, boolean reversed) {
    public double apply(double v) {
      double left = reversed ? number : v;
      double right = reversed ? v : number;
      return switch (symbol) {
        case "+" -> left + right;
        case "-" -> left - right;
        case "*" -> left * right;
        default -> left / right;
      };
    }
  }
}
