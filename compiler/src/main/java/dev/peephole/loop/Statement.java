package dev.peephole.loop;

import dev.peephole.ir.Origin;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import java.util.List;
import java.util.Optional;

/** A statement of the loop language. */
public sealed interface Statement {

  /**
   * A new variable.
   *
   * @param assigned whether it changes later
   */
  record Declare(Kind kind, String name, Expr value, boolean assigned) implements Statement {}

  /** {@code to = value}. */
  record Assign(Expr to, Expr value) implements Statement {}

  /** {@code to += value}. */
  record Accumulate(Expr to, Expr value) implements Statement {}

  /**
   * {@code for (int variable = first; test; variable = variable operator by)}.
   *
   * @param operator what leads from one round to the next
   */
  record For(
      String variable, Expr first, Expr test, Operator operator, Expr by, List<Statement> body)
      implements Statement {
    public For {
      body = List.copyOf(body);
    }
  }

  /** Some statements or others. */
  record If(Expr test, List<Statement> then, List<Statement> otherwise) implements Statement {
    public If {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /** One number in all places from one to before another; in all of the array if there is none. */
  record Fill(String array, Optional<Range> range, Expr value) implements Statement {

    /** What a function that does so is called with. */
    public List<Expr> arguments() {
      Expr all = Expr.array(array);
      return range
          .map(places -> List.of(all, places.from(), places.to(), value))
          .orElse(List.of(all, value));
    }
  }

  /** Places of an array. */
  record Range(Expr from, Expr to) {}

  /** So many numbers of an array in the places of another. */
  record Copy(String from, Expr start, String to, Expr place, Expr count) implements Statement {

    /** What a function that does so is called with. */
    public List<Expr> arguments() {
      return List.of(Expr.array(from), start, Expr.array(to), place, count);
    }
  }

  /** Lines of text that say what the next statement computes. */
  record Comment(List<Printed> lines) implements Statement {
    public Comment {
      lines = List.copyOf(lines);
    }
  }

  /** A call for what it does. */
  record Perform(Expr call) implements Statement {}

  /** The end of the function. */
  record Return() implements Statement {}

  /** Memory that the work items of a group share; all arrays are of one type. */
  record Shared(String type, List<Expr.Element> arrays) implements Statement {
    public Shared {
      arrays = List.copyOf(arrays);
    }
  }

  /** What a kernel became, to stand under its equations. */
  record Step(Kernel kernel, List<Statement> body) implements Statement {
    public Step {
      body = List.copyOf(body);
    }
  }

  /**
   * What a value's equation became: where a line of code comes from.
   *
   * @param origin that of the equation, with those that are written out in it
   */
  record From(Var value, Origin origin, List<Statement> body) implements Statement {
    public From {
      body = List.copyOf(body);
    }
  }

  /** A loop over the positions from a first one to before a last one. */
  static For loop(String variable, Expr first, Expr below, List<Statement> body) {
    Expr test = Expr.position(variable).compared(Operator.LESS, below);
    return new For(variable, first, test, Operator.PLUS, Expr.whole(1), body);
  }

  /** The same from 0 on. */
  static For loop(String variable, Expr below, List<Statement> body) {
    return loop(variable, Expr.whole(0), below, body);
  }
}
