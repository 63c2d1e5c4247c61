package dev.peephole.emit.java;

import com.palantir.javapoet.FieldSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The numbers that the model has names for, as constants of the generated class. */
final class Constants {
  private record Key(String name, double value) {}

  private final Identifiers identifiers;
  private final Precision precision;
  private final Map<Key, String> names = new LinkedHashMap<>();

  Constants(Identifiers identifiers, Precision precision) {
    this.identifiers = identifiers;
    this.precision = precision;
  }

  /** What the constant is called in the class. */
  String name(String name, double value) {
    return names.computeIfAbsent(new Key(name, value), k -> identifiers.fresh(name));
  }

  List<FieldSpec> fields() {
    return names.entrySet().stream()
        .map(
            e ->
                FieldSpec.builder(
                        precision.type(),
                        e.getValue(),
                        Modifier.PRIVATE,
                        Modifier.STATIC,
                        Modifier.FINAL)
                    .initializer("$L", precision.literal(e.getKey().value()))
                    .build())
        .toList();
  }
}
