package dev.peephole.emit;

import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.lang.model.SourceVersion;

/**
 * The names of a generated class, and of the kernels that belong to it: those of the model wherever
 * the target's language allows them.
 */
public final class Identifiers {
  private static final List<String> POSITIONS =
      List.of("i", "j", "k", "l", "q", "r", "t", "u", "v", "w", "a", "b", "c", "d", "e", "h");

  private final UnaryOperator<String> spelling;
  private final Map<Var, String> ofVars = new HashMap<>();
  private final Map<String, String> locals = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private List<String> positions = List.of();

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
  public String fresh(String wish) {
    String name = spelling.apply(wish);
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
  public String local(String wish) {
    return locals.computeIfAbsent(wish, this::fresh);
  }

  /** The name of a loop's position; call it when all values have theirs. */
  public String position(int axis) {
    if (positions.size() <= axis) {
      positions =
          new ArrayList<>(POSITIONS.stream().filter(name -> !taken.contains(name)).toList());
    }
    return positions.get(axis);
  }

  /** The position in a loop over everything at once: {@code k} if it is free. */
  public String flatPosition() {
    position(0);
    return positions.contains("k") ? "k" : positions.get(0);
  }
}
