package dev.peephole.emit.java;

import com.palantir.javapoet.NameAllocator;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names of a generated class: those of the model wherever Java allows them. */
final class Identifiers {
  private static final List<String> POSITIONS =
      List.of("i", "j", "k", "l", "q", "r", "t", "u", "v", "w", "a", "b", "c", "d", "e", "h");

  private final NameAllocator allocator = new NameAllocator();
  private final Map<Var, String> ofVars = new HashMap<>();
  private final Map<String, String> locals = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private List<String> positions = List.of();

  /** Keeps a name for the generated code itself. */
  String reserve(String name) {
    taken.add(name);
    return allocator.newName(name);
  }

  /** A fresh name, as near to the one wished for as can be. */
  String fresh(String wish) {
    String name = allocator.newName(wish);
    taken.add(name);
    return name;
  }

  /** The name of a value. */
  String of(Var var) {
    return ofVars.computeIfAbsent(var, v -> fresh(v.name().isEmpty() ? "value" : v.name()));
  }

  /** Makes a value go by another's name, whose buffer it shares. */
  void share(Var var, String name) {
    ofVars.put(var, name);
  }

  /** A name for a variable of one block; other blocks may use it too. */
  String local(String wish) {
    return locals.computeIfAbsent(wish, this::fresh);
  }

  /** The name of a loop's position; call it when all values have theirs. */
  String position(int axis) {
    if (positions.size() <= axis) {
      positions =
          new ArrayList<>(POSITIONS.stream().filter(name -> !taken.contains(name)).toList());
    }
    return positions.get(axis);
  }

  /** The position in a loop over everything at once: {@code k} if it is free. */
  String flatPosition() {
    position(0);
    return positions.contains("k") ? "k" : positions.get(0);
  }
}
