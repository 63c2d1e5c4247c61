package dev.peephole.ir;

import dev.peephole.runtime.data.example.Rows;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

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

  /** One call of {@code Plan.Builder}. */
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

    /**
     * {@code bind("x", columns("a", "b"))}, each number changed by {@code map} if there is one.
     *
     * @param rows which rows of a window are taken, if examples are windows
     */
    record Binding(
        String tensor, List<Object> fields, boolean column, List<Step> map, Optional<Rows> rows)
        implements Argument {}
  }

  /** {@code v − number}, or {@code number − v} if {@code reversed}. */
  public record Step(Operation operation, double number, boolean reversed) {

    /** What is done with the two. */
    public enum Operation {
      ADD("+", (a, b) -> a + b),
      SUBTRACT("-", (a, b) -> a - b),
      MULTIPLY("*", (a, b) -> a * b),
      DIVIDE("/", (a, b) -> a / b);

      private final String symbol;
      private final DoubleBinaryOperator value;

      Operation(String symbol, DoubleBinaryOperator value) {
        this.symbol = symbol;
        this.value = value;
      }

      /** How the language writes it, and Java. */
      public String symbol() {
        return symbol;
      }

      /** Whether it binds more tightly than a sum. */
      public boolean isProduct() {
        return this == MULTIPLY || this == DIVIDE;
      }
    }

    public double apply(double v) {
      return operation.value.applyAsDouble(reversed ? number : v, reversed ? v : number);
    }
  }
}
