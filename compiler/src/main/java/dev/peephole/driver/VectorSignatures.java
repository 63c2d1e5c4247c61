package dev.peephole.driver;

import java.util.Map;

/**
 * As much of the JDK's Vector API as generated code calls, for {@code javac} alone: so that the
 * same classes come out whether or not the JDK at hand has the module. Where they run, the module
 * itself takes the place of these, or the code that calls it is never loaded.
 */
final class VectorSignatures {
  static final String PACKAGE = "jdk.incubator.vector";

  private static final String SPECIES =
      """
      package jdk.incubator.vector;

      public interface VectorSpecies<E> {
        int length();
      }
      """;

  private static final String VECTOR =
      """
      package jdk.incubator.vector;

      public abstract class Vector<E> {}
      """;

  private static final String MASK =
      """
      package jdk.incubator.vector;

      public abstract class VectorMask<E> {}
      """;

  private static final String FLOATS =
      """
      package jdk.incubator.vector;

      public abstract class FloatVector extends Vector<Float> {
        public static final VectorSpecies<Float> SPECIES_PREFERRED = null;

        public static native FloatVector fromArray(VectorSpecies<Float> of, float[] a, int from);
        public static native FloatVector broadcast(VectorSpecies<Float> of, float number);
        public final native void intoArray(float[] a, int from);

        public final native FloatVector neg();
        public final native FloatVector abs();
        public final native FloatVector sqrt();

        public final native FloatVector add(Vector<Float> other);
        public final native FloatVector add(float number);
        public final native FloatVector sub(Vector<Float> other);
        public final native FloatVector sub(float number);
        public final native FloatVector mul(Vector<Float> other);
        public final native FloatVector mul(float number);
        public final native FloatVector div(Vector<Float> other);
        public final native FloatVector div(float number);
        public final native FloatVector min(Vector<Float> other);
        public final native FloatVector min(float number);
        public final native FloatVector max(Vector<Float> other);
        public final native FloatVector max(float number);

        public final native VectorMask<Float> eq(Vector<Float> other);
        public final native VectorMask<Float> eq(float number);
        public final native VectorMask<Float> lt(Vector<Float> other);
        public final native VectorMask<Float> lt(float number);
        public final native FloatVector blend(Vector<Float> other, VectorMask<Float> where);
        public final native FloatVector blend(float number, VectorMask<Float> where);
      }
      """;

  private VectorSignatures() {}

  /** The sources by file name. */
  static Map<String, String> files() {
    String folder = PACKAGE.replace('.', '/') + "/";
    return Map.of(
        folder + "VectorSpecies.java", SPECIES,
        folder + "Vector.java", VECTOR,
        folder + "VectorMask.java", MASK,
        folder + "FloatVector.java", FLOATS);
  }
}
