package dev.peephole.emit.java.buffer;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.Layout;
import dev.peephole.emit.java.print.Anchors;
import dev.peephole.emit.java.print.Commented;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Where the values of a generated class live: in arrays, or single numbers in variables. */
public final class Storage extends Layout implements HostArrays {
  /** What stands above values that are in the arrays of others. */
  public static final String SHARING = "What is never needed at the same time shares an array.";

  private final Identifiers identifiers;
  private final Precision precision;
  private final Map<Var, Var> shared;
  private final Map<Var, FieldSpec> fields = new LinkedHashMap<>();
  private final Descriptions descriptions = new Descriptions();
  private final Set<Var> perBatch = new HashSet<>();

  /**
   * @param shared the values that are in the arrays of others, with those others
   */
  public Storage(Identifiers identifiers, Precision precision, Map<Var, Var> shared) {
    super(identifiers);
    this.identifiers = identifiers;
    this.precision = precision;
    this.shared = shared;
  }

  /** From here on what a kernel computes is declared with its equation. */
  public void describe(Kernel kernel) {
    descriptions.add(kernel);
  }

  /** An array whose length the batch decides, made when room is reserved. */
  public void perBatch(Var var, String doc) {
    String name = identifiers.of(var);
    array(var);
    fields.put(
        var,
        FieldSpec.builder(ArrayTypeName.of(elementType(var)), name, Modifier.PRIVATE)
            .addJavadoc("$L", Commented.text(doc))
            .build());
    perBatch.add(var);
  }

  /** An array that is there from the start. */
  public void fixed(Var var, String doc) {
    array(var);
    CodeBlock array =
        shared.containsKey(var)
            ? CodeBlock.of("$L", identifiers.of(shared.get(var)))
            : CodeBlock.of("new $T[$L]", elementType(var), product(var));
    FieldSpec.Builder field =
        FieldSpec.builder(
                ArrayTypeName.of(elementType(var)),
                identifiers.of(var),
                Modifier.PRIVATE,
                Modifier.FINAL)
            .initializer(array);
    if (!doc.isEmpty()) {
      field.addJavadoc("$L", Commented.text(doc));
    }
    fields.put(var, field.build());
  }

  /** {@code 784 * 128}. */
  public static String product(Var var) {
    List<String> axes = var.shape().example().axes().stream().map(String::valueOf).toList();
    return axes.isEmpty() ? "1" : String.join(" * ", axes);
  }

  /** One number. */
  void number(Var var) {
    fields.put(
        var,
        FieldSpec.builder(elementType(var), identifiers.of(var), Modifier.PRIVATE)
            .addJavadoc("$L", Commented.text(descriptions.of(var)))
            .build());
  }

  /** What the kernels of a network compute. */
  @Override
  protected void computed(Var var) {
    if (fields.containsKey(var)) {
      return;
    }
    if (var.shape().batched() || var.shape().open()) {
      perBatch(var, descriptions.of(var));
    } else if (var.shape().rank() == 0) {
      number(var);
    } else {
      fixed(var, descriptions.of(var));
    }
  }

  @Override
  public CodeBlock of(Var var) {
    String name = identifiers.of(var);
    return isArray(var)
        ? CodeBlock.of("$L", name)
        : CodeBlock.of("new $T[] {$L}", elementType(var), name);
  }

  /** All of them, behind the others those that share an array which is there from the start. */
  public List<FieldSpec> fields(Anchors anchors) {
    Map<Boolean, List<FieldSpec>> all =
        fields.keySet().stream()
            .collect(
                Collectors.partitioningBy(
                    v -> v.shape().fixed() && shared.containsKey(v),
                    Collectors.mapping(
                        v -> anchors.field(declaration(v), fields.get(v)), Collectors.toList())));
    List<FieldSpec> sharing = all.get(true);
    if (!sharing.isEmpty()) {
      String gap = sharing.get(0).javadoc().isEmpty() ? "" : "\n";
      sharing.set(0, sharing.get(0).toBuilder().addJavadoc(gap + SHARING).build());
    }
    return Stream.of(false, true).flatMap(later -> all.get(later).stream()).toList();
  }

  /** All values that are declared here, in the order in which they were. */
  public List<Var> declared() {
    return List.copyOf(fields.keySet());
  }

  /** Whether the batch decides how long its array is. */
  public boolean isPerBatch(Var var) {
    return perBatch.contains(var);
  }

  /** The value whose whole gradient a value is. */
  public Optional<Var> gradientOf(Var var) {
    return descriptions.gradientOf(var);
  }

  /** Whether a value is in the array of another one. */
  public boolean shares(Var var) {
    return shared.containsKey(var);
  }

  /** The array that it is in then. */
  public String host(Var var) {
    return identifiers.of(shared.get(var));
  }

  /** Whether two values are in the same array, declared or shared. */
  public boolean areInOneArray(Var a, Var b) {
    return array(identifiers.of(a)).equals(array(identifiers.of(b)));
  }

  private String array(String name) {
    return fields.keySet().stream()
        .filter(var -> shared.containsKey(var) && identifiers.of(var).equals(name))
        .map(this::host)
        .findFirst()
        .orElse(name);
  }

  TypeName elementType(Var var) {
    return switch (var.element()) {
      case LABEL, COUNT -> TypeName.INT;
      case TRUTH -> TypeName.BOOLEAN;
      case REAL -> precision.type();
    };
  }
}
