package dev.peephole.loop;

import dev.peephole.op.Elementwise;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An expression of the loop language. */
public sealed interface Expr {

  /** An int. */
  record Whole(int value) implements Expr {}

  /** A number with a fraction, even if that is 0. */
  record Real(double value) implements Expr {}

  /** A number that is computed in double precision and then rounded to that of the code. */
  record Wide(Expr of) implements Expr {}

  /** A variable by its name. */
  record Variable(String name, Kind kind) implements Expr {}

  /**
   * A number in memory: {@code array[place]}.
   *
   * @param isInt whether it is a label or a count
   */
  record Element(String array, Expr place, boolean isInt) implements Expr {}

  /** An op of the model, on numbers. */
  record Operation(Elementwise op, List<Expr> inputs) implements Expr {
    public Operation {
      inputs = List.copyOf(inputs);
    }
  }

  /** The same on vectors, the input whose method is called being one. */
  record Vector(Elementwise op, List<Expr> inputs) implements Expr {
    public Vector {
      inputs = List.copyOf(inputs);
    }
  }

  /** Two ints or truths joined. */
  record Binary(Operator operator, Expr left, Expr right) implements Expr {}

  /** {@code test ? then : otherwise}. */
  record Choice(Expr test, Expr then, Expr otherwise) implements Expr {}

  /** Whether this is a step of training. */
  record Training() implements Expr {}

  /**
   * A call of a function.
   *
   * @param library the class of the runtime that has it, empty if none has
   */
  record Call(String library, String function, List<Expr> arguments) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** A call of what an object knows: {@code of.function(arguments)}. */
  record Method(Expr of, String function, List<Expr> arguments) implements Expr {
    public Method {
      arguments = List.copyOf(arguments);
    }
  }

  /** A new object of a class of the runtime. */
  record New(String library, List<Expr> arguments) implements Expr {
    public New {
      arguments = List.copyOf(arguments);
    }
  }

  /** A position, or a number of places. */
  static Expr position(String name) {
    return new Variable(name, Kind.INT);
  }

  static Expr whole(int value) {
    return new Whole(value);
  }

  static Expr real(String name) {
    return new Variable(name, Kind.REAL);
  }

  static Expr array(String name) {
    return new Variable(name, Kind.ARRAY);
  }

  default boolean is(int value) {
    return equals(new Whole(value));
  }

  /** The sum of two positions, without brackets on the right; nothing is written for 0. */
  default Expr plus(Expr other) {
    if (is(0)) {
      return other;
    } else if (other.is(0)) {
      return this;
    }
    if (other instanceof Binary sum && sum.operator().binding() == Operator.PLUS.binding()) {
      return new Binary(sum.operator(), plus(sum.left()), sum.right());
    }
    return other instanceof Whole whole && whole.value() < 0
        ? minus(new Whole(-whole.value()))
        : new Binary(Operator.PLUS, this, other);
  }

  default Expr plus(int other) {
    return plus(new Whole(other));
  }

  default Expr minus(Expr other) {
    return new Binary(Operator.MINUS, this, other);
  }

  /** The product of two positions, without brackets on the right; nothing is written for 1. */
  default Expr times(Expr other) {
    if (is(1)) {
      return other;
    } else if (other.is(1)) {
      return this;
    } else if (is(0) || other.is(0)) {
      return new Whole(0);
    }
    return other instanceof Binary product && product.operator() == Operator.TIMES
        ? times(product.left()).times(product.right())
        : new Binary(Operator.TIMES, this, other);
  }

  default Expr over(Expr other) {
    return other.is(1) ? this : new Binary(Operator.OVER, this, other);
  }

  default Expr rest(Expr other) {
    return new Binary(Operator.REST, this, other);
  }

  default Expr compared(Operator operator, Expr other) {
    return new Binary(operator, this, other);
  }

  /** Whether a language takes it for an int. */
  default boolean isInt() {
    if (this instanceof Variable variable) {
      return variable.kind() == Kind.INT;
    } else if (this instanceof Element element) {
      return element.isInt();
    } else if (this instanceof Choice choice) {
      return choice.then().isInt() && choice.otherwise().isInt();
    } else if (this instanceof Operation operation && operation.op() == Elementwise.WHERE) {
      return operation.inputs().get(1).isInt() && operation.inputs().get(2).isInt();
    }
    return this instanceof Whole
        || this instanceof Binary binary && binary.operator().binding() > Operator.LESS.binding();
  }

  /** What it is made of. */
  default List<Expr> parts() {
    if (this instanceof Element element) {
      return List.of(array(element.array()), element.place());
    } else if (this instanceof Operation operation) {
      return operation.inputs();
    } else if (this instanceof Vector vector) {
      return vector.inputs();
    } else if (this instanceof Wide wide) {
      return List.of(wide.of());
    } else if (this instanceof Binary binary) {
      return List.of(binary.left(), binary.right());
    } else if (this instanceof Choice choice) {
      return List.of(choice.test(), choice.then(), choice.otherwise());
    } else if (this instanceof Call call) {
      return call.arguments();
    } else if (this instanceof New made) {
      return made.arguments();
    } else if (this instanceof Method method) {
      return Stream.concat(Stream.of(method.of()), method.arguments().stream()).toList();
    }
    return List.of();
  }

  /** Shows it, and then what it is made of. */
  default void forEach(Consumer<Expr> visitor) {
    visitor.accept(this);
    parts().forEach(part -> part.forEach(visitor));
  }
}
