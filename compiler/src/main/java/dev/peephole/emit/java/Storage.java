package dev.peephole.emit.java;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** Where the values of a generated class live: in arrays, or single numbers in variables. */
final class Storage implements ScalarCode.Places {
  private final Identifiers identifiers;
  private final Precision precision;
  private final Set<Var> arrays = new HashSet<>();
  private final Set<Var> timed = new HashSet<>();
  private final Map<Var, FieldSpec> fields = new LinkedHashMap<>();
  private final CodeBlock.Builder reserve = CodeBlock.builder();

  Storage(Identifiers identifiers, Precision precision) {
    this.identifiers = identifiers;
    this.precision = precision;
  }

  /** An array whose length the batch decides, made when room is reserved. */
  void perBatch(Var var) {
    String name = identifiers.of(var);
    arrays.add(var);
    fields.put(
        var, FieldSpec.builder(ArrayTypeName.of(elementType(var)), name, Modifier.PRIVATE).build());
    reserve.addStatement("$L = new $T[$L]", name, elementType(var), Extents.room(var.shape()));
  }

  /** An array that is there from the start. */
  void fixed(Var var, String doc) {
    String name = identifiers.of(var);
    arrays.add(var);
    FieldSpec.Builder field =
        FieldSpec.builder(
                ArrayTypeName.of(elementType(var)), name, Modifier.PRIVATE, Modifier.FINAL)
            .initializer("new $T[$L]", elementType(var), product(var));
    if (!doc.isEmpty()) {
      field.addJavadoc("$L", doc);
    }
    fields.put(var, field.build());
  }

  /** {@code 784 * 128}. */
  static String product(Var var) {
    List<String> axes = var.shape().axes().stream().map(String::valueOf).toList();
    return axes.isEmpty() ? "1" : String.join(" * ", axes);
  }

  /** One number. */
  void number(Var var) {
    fields.put(
        var, FieldSpec.builder(elementType(var), identifiers.of(var), Modifier.PRIVATE).build());
  }

  /** What the kernels of a network compute. */
  void computed(Var var) {
    if (fields.containsKey(var)) {
      return;
    }
    if (var.shape().batched() || var.shape().open()) {
      perBatch(var);
    } else if (var.shape().rank() == 0) {
      number(var);
    } else {
      fixed(var, "");
    }
  }

  /** A value that is another one under a new name. */
  void alias(Var var, Var of) {
    identifiers.share(var, identifiers.of(of));
    if (isArray(of)) {
      arrays.add(var);
    }
    if (timed.contains(of)) {
      timed.add(var);
    }
  }

  /** A value of one time step, an element of a sequence. */
  void element(Var var, Var sequence) {
    alias(var, sequence);
    timed.add(var);
  }

  /** Makes room for all that a recurrence computes. */
  void recurrence(Kernel.Recurrence recurrence) {
    Scan scan = recurrence.scan();
    Equation e = recurrence.equation();
    e.outs().forEach(this::computed);
    for (int o = 0; o < e.outs().size(); o++) {
      element(scan.step().outputs().get(o), e.outs().get(o));
    }
    for (int i = scan.carried(); i < e.inputs().size(); i++) {
      if (scan.isSequence(i)) {
        element(scan.step().inputs().get(i), e.input(i));
      } else {
        alias(scan.step().inputs().get(i), e.input(i));
      }
    }
    scan.before().stream().filter(v -> !timed.contains(v)).forEach(this::computed);
    recurrence.body().forEach(this::results);
  }

  /** Makes room for what a kernel computes. */
  void results(Kernel kernel) {
    if (kernel instanceof Kernel.Recurrence recurrence) {
      recurrence(recurrence);
    } else if (kernel instanceof Kernel.Alias alias) {
      alias(alias.out(), alias.of());
    } else {
      kernel.results().stream().filter(v -> !timed.contains(v)).forEach(this::computed);
    }
  }

  @Override
  public boolean isTimed(Var var) {
    return timed.contains(var);
  }

  /** An array that other code declares. */
  void given(Var var, String name) {
    identifiers.share(var, name);
    arrays.add(var);
  }

  boolean holds(Var var) {
    return fields.containsKey(var);
  }

  List<FieldSpec> fields() {
    return List.copyOf(fields.values());
  }

  CodeBlock reserve() {
    return reserve.build();
  }

  TypeName elementType(Var var) {
    return switch (var.element()) {
      case LABEL, COUNT -> TypeName.INT;
      case TRUTH -> TypeName.BOOLEAN;
      case REAL -> precision.type();
    };
  }

  @Override
  public String variable(Var var) {
    return identifiers.of(var);
  }

  @Override
  public boolean isArray(Var var) {
    return arrays.contains(var);
  }
}
