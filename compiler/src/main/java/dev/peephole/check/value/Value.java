package dev.peephole.check.value;

import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.op.Constant;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Expr;
import java.util.List;
import java.util.Map;

/** What an expression stands for while a program is checked. */
public sealed interface Value {

  /** How messages call it. */
  String describe();

  /**
   * A number known while compiling.
   *
   * @param symbol the equation that spells it out in the generated code, {@code null} if the bare
   *     number does
   * @param constant the number as formulas show it
   */
  record Number(boolean integer, Var symbol, Constant constant) implements Value {
    public static Number of(double value, boolean integer) {
      return new Number(integer, null, new Constant(value, ""));
    }

    public double value() {
      return constant.value();
    }

    @Override
    public String describe() {
      return "the number " + Constant.text(value());
    }
  }

  /**
   * A whole number that depends on the length of the sequence: {@code times · T + plus}, where T is
   * how many time steps an example has.
   */
  record Length(int times, int plus) implements Value {
    public static final Length OF_SEQUENCE = new Length(1, 0);
    public static final Length LAST_POSITION = new Length(1, -1);

    @Override
    public String describe() {
      String product = times == 1 ? "T" : times + " · T";
      String text = plus == 0 ? product : product + (plus < 0 ? " − " : " + ") + Math.abs(plus);
      return text + (text.equals("T") ? ", which" : ", where T") + " is known only with the data";
    }
  }

  /** {@code true} or {@code false}, known while compiling. */
  record Truth(boolean value) implements Value {
    @Override
    public String describe() {
      return String.valueOf(value);
    }
  }

  record Text(String value) implements Value {
    @Override
    public String describe() {
      return "the text \"" + value + "\"";
    }
  }

  /** {@code [28, 28]} as an argument. */
  record Numbers(List<Integer> values) implements Value {
    @Override
    public String describe() {
      return "the list " + values;
    }
  }

  /**
   * {@code batch}, or a list with it, in the place of axes: the examples, and the leading axes that
   * a declaration is applied along.
   *
   * @param own further axes, of those that are seen
   */
  record Batch(List<Integer> own) implements Value {
    public Batch {
      own = List.copyOf(own);
    }

    @Override
    public String describe() {
      return own.isEmpty() ? "the batch" : "the batch and the axes " + own;
    }
  }

  /**
   * A value of the running program. Of its axes only the last {@code rank} are seen here; the
   * others, among them the batch axis, are what the code around it is applied along.
   */
  record Tensor(Var var, int rank) implements Value {
    /** The axes that are seen. */
    public Shape shape() {
      return var.shape().last(rank);
    }

    /** The axes that are not seen, outermost first. */
    public Shape hidden() {
      return var.shape().first(var.shape().rank() - rank);
    }

    /** The axes that are not seen and are an example's own. */
    public Shape leading() {
      return hidden().example();
    }

    /** The same value with all axes that an example has. */
    public Tensor whole() {
      return new Tensor(var, var.shape().example().rank());
    }

    @Override
    public String describe() {
      return new Type(shape(), var.element(), var.classes()).describe();
    }
  }

  /** A declaration with some of its options given, not yet applied to a tensor. */
  record Reference(Callable callable, Map<String, Value> options) implements Value {
    @Override
    public String describe() {
      return "the " + callable.kind() + " " + callable.name();
    }
  }

  /** A layer with its own parameters, not yet applied or applied before. */
  record Applied(Instance instance, Map<String, Value> options) implements Value {
    @Override
    public String describe() {
      return "a layer " + instance.callable().name();
    }
  }

  /** The names in sight of some place. */
  interface Sight {}

  /**
   * What could stand behind {@code |>}, one call after another: each is a name, or a call without
   * the value that it is applied to.
   *
   * @param sight what names stand for in it
   */
  record Chain(List<Expr> stages, Sight sight) implements Value {
    @Override
    public String describe() {
      return stages.size() == 1 ? "a layer" : stages.size() + " layers one after another";
    }
  }

  /** {@code [dense(64), relu]} as an option. */
  record Layers(List<Value> each) implements Value {
    @Override
    public String describe() {
      return "a list of " + each.size() + (each.size() == 1 ? " layer" : " layers");
    }
  }

  /** A function of the language itself, by its name. */
  record Builtin(String name) implements Value {
    @Override
    public String describe() {
      return "the function " + name;
    }
  }

  /** A parameter that its {@code when} leaves out. */
  record Absent(String condition) implements Value {
    @Override
    public String describe() {
      return "there only when " + condition;
    }
  }

  /** What stands for an expression that has an error, reported already. */
  record Unknown() implements Value {
    @Override
    public String describe() {
      return "unknown";
    }
  }
}
