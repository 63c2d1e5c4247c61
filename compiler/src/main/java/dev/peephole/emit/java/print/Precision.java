package dev.peephole.emit.java.print;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import dev.peephole.emit.Lowering;
import dev.peephole.ir.Formula;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Target;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Notation;
import dev.peephole.runtime.kernel.VectorApi;

/** How many bits a real number has in generated code. */
public enum Precision implements Target {
  /** 32 bits, for training. */
  FLOAT(TypeName.FLOAT, "f", "Float"),
  /** 64 bits, for checks against finite differences. */
  DOUBLE(TypeName.DOUBLE, "", "Double");

  /** Several neighbouring numbers of 32 bits, of the JDK's Vector API. */
  public static final ClassName VECTORS = ClassName.get(VectorApi.MODULE, "FloatVector");

  private final TypeName type;
  private final String suffix;
  private final String box;

  Precision(TypeName type, String suffix, String box) {
    this.type = type;
    this.suffix = suffix;
    this.box = box;
  }

  /** The type of a number. */
  public TypeName type() {
    return type;
  }

  /** The type of an array of numbers. */
  public TypeName arrayType() {
    return ArrayTypeName.of(type);
  }

  @Override
  public String type(Kind kind) {
    return switch (kind) {
      case INT -> TypeName.INT.toString();
      case VECTOR -> VECTORS.simpleName();
      default -> type.toString();
    };
  }

  /** What is computed in double precision is rounded. */
  @Override
  public Notation notation(Elementwise op) {
    return this == FLOAT && op.isInStrictMath()
        ? op.code().after("(float) ", Formula.SIGN)
        : op.code();
  }

  @Override
  public Target wide() {
    return DOUBLE;
  }

  @Override
  public String fill() {
    return "Arrays.fill";
  }

  @Override
  public String copy() {
    return "System.arraycopy";
  }

  @Override
  public String training() {
    return "mode.training()";
  }

  /** The runtime's functions are there for ints too: Java widens them. */
  @Override
  public boolean callsTakeInts() {
    return true;
  }

  /** A number that is no int: {@code 0.5f}. */
  @Override
  public String literal(double value) {
    if (Double.isInfinite(value)) {
      return box + (value < 0 ? ".NEGATIVE_INFINITY" : ".POSITIVE_INFINITY");
    }
    if (Double.isNaN(value)) {
      return box + ".NaN";
    }
    if (Lowering.isWhole(value)) {
      return Constant.text(value) + (this == FLOAT ? "f" : ".0");
    }
    return (this == FLOAT ? Float.toString((float) value) : Double.toString(value)) + suffix;
  }
}
