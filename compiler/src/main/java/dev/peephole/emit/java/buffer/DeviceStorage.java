package dev.peephole.emit.java.buffer;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.Layout;
import dev.peephole.emit.java.print.Anchors;
import dev.peephole.ir.Element;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.runtime.opencl.Arena;
import dev.peephole.runtime.opencl.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Where the values of a class for OpenCL live: in buffers on the device. */
public final class DeviceStorage extends Layout implements HostArrays {
  private final Identifiers identifiers;
  private final Map<Var, FieldSpec> fields = new LinkedHashMap<>();
  private final List<FieldSpec> arenas = new ArrayList<>();

  /** With the names that the class gives. */
  public DeviceStorage(Identifiers identifiers) {
    super(identifiers);
    this.identifiers = identifiers;
  }

  /** An input or a target, which comes from the host. */
  public void input(Var var) {
    String kind =
        switch (var.element()) {
          case REAL -> "given";
          case LABEL, COUNT -> "givenLabels";
          case TRUTH -> "givenTruths";
        };
    field(var, made(kind, var), "");
  }

  /** A state that goes over from one example to the next. */
  public void carried(Var var) {
    field(var, made("carriedState", var), "");
  }

  /** A value beside others, such as a parameter among the parameters. */
  public void inArena(Var var, String arena, String doc) {
    field(var, CodeBlock.of("$L.add($L)", arena, Storage.product(var)), doc);
  }

  /** An arena for what the optimizer remembers; returns its name. */
  public String arena(String hint) {
    String name = identifiers.fresh(hint);
    arenas.add(field(Arena.class, name).initializer("arena()").build());
    return name;
  }

  @Override
  protected void computed(Var var) {
    if (fields.containsKey(var)) {
      return;
    }
    field(var, made(kind(var.element()), var), "");
  }

  private static String kind(Element element) {
    return switch (element) {
      case REAL -> "reals";
      case LABEL, COUNT -> "labels";
      case TRUTH -> "truths";
    };
  }

  /** {@code reals(4 * 8).perExample()}. */
  private static CodeBlock made(String kind, Var var) {
    Shape shape = var.shape();
    String sizes =
        shape.axes().stream()
            .filter(length -> length >= 0)
            .map(String::valueOf)
            .collect(Collectors.joining(" * "));
    return CodeBlock.of(
        "$L($L)$L$L",
        kind,
        sizes.isEmpty() ? "1" : sizes,
        ".perExample()".repeat(shape.count(Shape.BATCH)),
        ".perStep()".repeat(shape.count(Shape.OPEN)));
  }

  private void field(Var var, CodeBlock made, String doc) {
    array(var);
    FieldSpec.Builder field = field(Buffer.class, identifiers.of(var)).initializer(made);
    fields.put(var, (doc.isEmpty() ? field : field.addJavadoc("$L", doc)).build());
  }

  private static FieldSpec.Builder field(Class<?> type, String name) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL);
  }

  /** The arenas first, because values are added to them. */
  public List<FieldSpec> fields(Anchors anchors) {
    List<FieldSpec> all = new ArrayList<>();
    arenas.forEach(arena -> all.add(Anchors.field(arena)));
    fields.forEach((var, field) -> all.add(anchors.field(declaration(var), field)));
    return all;
  }

  @Override
  public CodeBlock of(Var var) {
    return CodeBlock.of("$L.$L()", identifiers.of(var), kind(var.element()));
  }
}
