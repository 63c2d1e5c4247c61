package dev.peephole.op;

import dev.peephole.ir.Expression;
import dev.peephole.ir.Expression.Meaning;
import dev.peephole.ir.Formula;
import java.util.List;

/**
 * How an op of some operands is written.
 *
 * @param meaning what formulas need to know of it besides its text
 * @param template the text, with {@code {0}}, {@code {1}} … for the operands
 * @param binding how tightly the whole binds, one of {@link Formula}'s levels
 * @param operands how tightly each operand must bind to go without brackets
 */
public record Notation(Meaning meaning, String template, int binding, List<Integer> operands) {
  private Notation(String template, int binding, List<Integer> operands) {
    this(Meaning.OTHER, template, binding, operands);
  }

  /** {@code a · b}, a number times a value. */
  static Notation scaled() {
    return associative("·", Formula.PRODUCT).meaning(Meaning.SCALED);
  }

  /** {@code a + b}, where {@code a + (b + c)} keeps its brackets. */
  static Notation infix(String symbol, int binding) {
    return new Notation("{0} " + symbol + " {1}", binding, List.of(binding, binding + 1));
  }

  /** {@code a + b}, where brackets on the right do not matter. */
  static Notation associative(String symbol, int binding) {
    return new Notation("{0} " + symbol + " {1}", binding, List.of(binding, binding));
  }

  /** {@code f(a, b)}. */
  static Notation call(String name, int operands) {
    return switch (operands) {
      case 1 -> new Notation(name + "({0})", Formula.ATOM, List.of(0));
      case 2 -> new Notation(name + "({0}, {1})", Formula.ATOM, List.of(0, 0));
      default -> throw new IllegalArgumentException("a call of " + operands);
    };
  }

  /** {@code a.f(b)}. */
  static Notation method(String name, int operands) {
    return switch (operands) {
      case 1 -> new Notation("{0}." + name + "()", Formula.ATOM, List.of(Formula.ATOM));
      case 2 -> new Notation("{0}." + name + "({1})", Formula.ATOM, List.of(Formula.ATOM, 0));
      default -> throw new IllegalArgumentException("a method of " + operands);
    };
  }

  /** Any other, all of whose operands must bind at least so tightly. */
  static Notation form(String template, int binding, Integer... operands) {
    return new Notation(template, binding, List.of(operands));
  }

  /** The function that a call names, empty if this is no call. */
  public String function() {
    int bracket = template.indexOf('(');
    return bracket < 0 ? "" : template.substring(0, bracket);
  }

  /** The same call of a function by another name. */
  public Notation calling(String other) {
    return new Notation(other + template.substring(function().length()), binding, operands);
  }

  /** The same with something in front, which binds so tightly. */
  public Notation after(String prefix, int bindingOfAll) {
    return new Notation(prefix + template, bindingOfAll, operands);
  }

  /** The same, said to be this. */
  Notation meaning(Meaning other) {
    return new Notation(other, template, binding, operands);
  }

  /** The mathematical notation with its operands filled in. */
  public Expression formula(List<Expression> inputs) {
    return new Expression.Pointwise(meaning, template, binding, operands, inputs);
  }

  /** The notation in code with its operands filled in. */
  public Formula write(List<Formula> inputs) {
    String text = template;
    boolean scalar = true;
    for (int i = 0; i < inputs.size(); i++) {
      text = text.replace("{" + i + "}", "\u0001" + i + "\u0001");
      scalar &= inputs.get(i).scalar();
    }
    for (int i = 0; i < inputs.size(); i++) {
      text = text.replace("\u0001" + i + "\u0001", inputs.get(i).within(operands.get(i)));
    }
    return new Formula(text, binding, scalar);
  }
}
