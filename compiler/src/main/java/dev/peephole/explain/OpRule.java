package dev.peephole.explain;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Inlining;
import dev.peephole.pass.simplify.EliminateDeadCode;
import dev.peephole.pass.simplify.Simplify;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The rule of an op by itself, for inputs called a, b, c: y = a · b, and da = dy · bᵀ. Both come
 * from the op's own declaration.
 */
final class OpRule {
  private static final List<String> NAMES = List.of("a", "b", "c", "e", "f");

  private final Equation equation;

  /** The rule of the op of an equation, with the shapes that it has there. */
  OpRule(Equation of) {
    List<Var> inputs =
        IntStream.range(0, of.inputs().size())
            .mapToObj(i -> Var.of(name(i), of.input(i).type()))
            .toList();
    this.equation = new Equation(Var.of("y", of.out().type()), of.op(), inputs, Origin.NOWHERE);
  }

  private static String name(int input) {
    return input < NAMES.size() ? NAMES.get(input) : "a" + input;
  }

  /** {@code y = a · b}. */
  List<Object> forward() {
    Expression right = new Inlining().formula(equation).assigned(equation.out().shape());
    return equality("y", right);
  }

  /** {@code da = dy · bᵀ}; empty if the op has no rule of its own, or none that notation shows. */
  List<Object> gradient(int input) {
    if (equation.op() instanceof Scan || input < 0) {
      return List.of();
    }
    Var d = Var.of("dy", equation.out().type());
    Builder builder = new Builder();
    Op op = equation.op();
    Optional<Var> gradient =
        Optional.ofNullable(op.gradient(input, new Backward(builder, equation, d)));
    return gradient
        .map(var -> equality("d" + name(input), right(builder, d, var)))
        .orElse(List.of());
  }

  private Expression right(Builder builder, Var d, Var gradient) {
    List<Var> given = new ArrayList<>(equation.inputs());
    given.add(equation.out());
    given.add(d);
    Function rule = new Function("gradient", given, builder.equations(), List.of(gradient));
    Function simple = new EliminateDeadCode().run(new Simplify().run(rule));
    Inlining inlining = new Inlining();
    simple.equations().forEach(inlining::inline);
    Var out = simple.outputs().get(0);
    return inlining.formula(out).assigned(out.shape());
  }

  private static List<Object> equality(String left, Expression right) {
    MathMl math = new MathMl(Set.of(), var -> MathMl.element("mi", var.name()));
    return MathMl.equality(MathMl.element("mi", left), false, math.of(right));
  }
}
