package dev.peephole.emit.java.print;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import javax.lang.model.element.Modifier;

/** What members of generated classes begin with. */
public final class Members {
  private Members() {}

  /** A public method that the training loop calls. */
  public static MethodSpec.Builder override(String name, TypeName returns) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(returns);
  }

  /** A number that the model has a name for. */
  public static FieldSpec constant(String name, double value, Precision precision) {
    return FieldSpec.builder(
            precision.type(), name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer("$L", precision.literal(value))
        .build();
  }
}
