package dev.peephole.emit;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.loop.Expr;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.lang.model.SourceVersion;

/**
 * The names of a generated class, and of the kernels that belong to it: those of the model wherever
 * the target's language allows them.
 */
public final class Identifiers {
  private final UnaryOperator<String> spelling;
  private final Map<Var, String> ofVars = new HashMap<>();
  private final Map<String, String> locals = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /** Names as the model spells them. */
  public Identifiers() {
    this(UnaryOperator.identity());
  }

  /**
   * @param spelling makes a name of the model one of the target's language
   */
  public Identifiers(UnaryOperator<String> spelling) {
    this.spelling = spelling;
  }

  /** Keeps a name for the generated code itself. */
  public String reserve(String name) {
    return fresh(name);
  }

  /** A fresh name, as near to the one wished for as can be. */
  public String fresh(String hint) {
    String name = spelling.apply(hint);
    while (SourceVersion.isKeyword(name) || !taken.add(name)) {
      name += "_";
    }
    return name;
  }

  /** The name of a value. */
  public String of(Var var) {
    return ofVars.computeIfAbsent(var, v -> fresh(v.name().isEmpty() ? "value" : v.name()));
  }

  /** Makes a value go by another's name, whose buffer it shares. */
  public void share(Var var, String name) {
    ofVars.put(var, name);
  }

  /** A name for a variable of one block; other blocks may use it too. */
  public String local(String hint) {
    return locals.computeIfAbsent(hint, this::fresh);
  }

  /** The time step of a recurrence; call it when all values have their names. */
  public String time() {
    return Axes.time(taken::contains);
  }

  /** What is known in loops over the axes of a domain; call it when all values have their names. */
  public Scope over(Shape domain, Scope outer) {
    return outer.over(Axes.of(domain, taken(outer)));
  }

  /** The position in one loop over everything in a domain; call it when all values have names. */
  public String flat(Shape domain, Scope outer) {
    return Axes.flat(domain, taken(outer));
  }

  private Predicate<String> taken(Scope outer) {
    Predicate<String> values = taken::contains;
    return outer
        .time()
        .map(Expr.Variable.class::cast)
        .map(time -> values.or(time.name()::equals))
        .orElse(values);
  }
}
