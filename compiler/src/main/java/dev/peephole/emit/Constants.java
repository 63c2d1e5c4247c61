package dev.peephole.emit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The numbers that the model has names for, as constants of the generated code. */
public final class Constants {
  private record Key(String name, double value) {}

  private final Identifiers identifiers;
  private final Map<Key, String> names = new LinkedHashMap<>();

  public Constants(Identifiers identifiers) {
    this.identifiers = identifiers;
  }

  /**
   * What the constant is called in the code: its name, with a number behind it if it is another.
   */
  public String name(String name, double value) {
    long others = names.keySet().stream().filter(key -> key.name.equals(name)).count();
    return names.computeIfAbsent(
        new Key(name, value), k -> identifiers.fresh(others == 0 ? name : name + (others + 1)));
  }

  /**
   * Goes through them, in the order of their first use: their names in the code, and the numbers.
   */
  public void forEach(BiConsumer<String, Double> action) {
    names.forEach((key, name) -> action.accept(name, key.value()));
  }
}
