package dev.peephole.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One product to try: which of the three, its sizes, and where the matrices begin in their arrays.
 */
record ProductCase(Kind kind, int rows, int inner, int columns, int offset) {

  /** Which operand is given as its transpose. */
  enum Kind {
    PLAIN,
    LEFT_TRANSPOSED,
    RIGHT_TRANSPOSED
  }

  private static final int[][] SHAPES = {
    // rows, inner, columns: the smallest, and one more or less than a tile
    {1, 1, 1},
    {1, 3, 2},
    {4, 2, 8},
    {4, 8, 1},
    {7, 9, 31},
    {8, 16, 32},
    {9, 17, 33},
    {6, 5, 16},
    {12, 40, 48},
    {16, 3, 15},
    // layers
    {1, 784, 128},
    {64, 128, 10},
    {64, 10, 128},
    {32, 25, 6},
    {13, 100, 84},
    // few rows, with a strip and a rest
    {2, 50, 150},
    {3, 12, 300},
    {1, 30, 20},
    // few rows, shorter than a vector
    {1, 128, 10},
    {1, 130, 1},
    {3, 43, 7},
    // more than a block of rows, of columns, and of terms
    {75, 20, 40},
    {150, 7, 64},
    {5, 6, 1100},
    {70, 9, 1040},
    {10, 1100, 20},
    {9, 300, 70},
    {66, 2100, 3},
    // the same with columns left for two vectors that overlap
    {9, 1100, 10},
    {70, 1030, 41},
  };

  /** Every shape in each of the three products, and 60 random ones. */
  static List<ProductCase> all() {
    List<ProductCase> cases = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int[] shape : SHAPES) {
        cases.add(new ProductCase(kind, shape[0], shape[1], shape[2], 0));
      }
    }
    Philox random = new Philox(99, 0);
    for (int i = 0; i < 60; i++) {
      cases.add(
          new ProductCase(
              Kind.values()[i % 3],
              1 + random.nextInt(90),
              1 + random.nextInt(90),
              1 + random.nextInt(90),
              random.nextInt(20)));
    }
    return cases;
  }

  /** Runs it on arrays that hold NaN beside the matrices, and c NaN all over; returns c. */
  float[] run(MatrixProduct product) {
    float[] a = Matrices.embedded(left(), offset);
    float[] b = Matrices.embedded(right(), offset);
    float[] c = Matrices.embedded(notANumber(rows * columns), offset);
    switch (kind) {
      case PLAIN -> product.multiply(a, offset, b, offset, c, offset, rows, inner, columns);
      case LEFT_TRANSPOSED ->
          product.multiplyLeftTransposed(a, offset, b, offset, c, offset, rows, inner, columns);
      case RIGHT_TRANSPOSED ->
          product.multiplyRightTransposed(a, offset, b, offset, c, offset, rows, inner, columns);
    }
    for (int i = 0; i < c.length; i++) {
      boolean beside = i < offset || i >= offset + rows * columns;
      assertThat(Float.isNaN(c[i])).as("c[%s] is NaN", i).isEqualTo(beside);
    }
    return Arrays.copyOfRange(c, offset, offset + rows * columns);
  }

  /** The same with b packed before, rows on rows; a packed b does not take a transposed a. */
  float[] runPacked(MatrixProduct product, PackedMatrix packed) {
    if (kind == Kind.RIGHT_TRANSPOSED) {
      packed.setTransposed(right(), inner, columns);
    } else {
      packed.set(right(), inner, columns);
    }
    float[] a = Matrices.embedded(a(), offset);
    float[] c = Matrices.embedded(notANumber(rows * columns), offset);
    product.multiply(a, offset, packed, c, offset, rows);
    Arrays.fill(c, offset, offset + rows * columns, Float.NaN);
    product.multiply(a, offset, packed, c, offset, rows);
    return Arrays.copyOfRange(c, offset, offset + rows * columns);
  }

  /** The product in double precision. */
  double[] exact() {
    return Matrices.product(Matrices.widened(a()), Matrices.widened(b()), rows, inner, columns);
  }

  /** The sums of the terms' absolute values. */
  double[] magnitude() {
    double[] a = Matrices.absolute(Matrices.widened(a()));
    return Matrices.product(a, Matrices.absolute(Matrices.widened(b())), rows, inner, columns);
  }

  /** One element of c by definition. */
  float chain(int i, int j) {
    float[] a = a();
    float[] b = b();
    float sum = 0;
    for (int k = 0; k < inner; k++) {
      sum = Math.fma(a[i * inner + k], b[k * columns + j], sum);
    }
    return sum;
  }

  private float[] a() {
    return Matrices.random(rows * inner, 1);
  }

  private float[] b() {
    return Matrices.random(inner * columns, 2);
  }

  private float[] left() {
    return kind == Kind.LEFT_TRANSPOSED ? Matrices.transposed(a(), rows, inner) : a();
  }

  private float[] right() {
    return kind == Kind.RIGHT_TRANSPOSED ? Matrices.transposed(b(), inner, columns) : b();
  }

  private static float[] notANumber(int length) {
    float[] numbers = new float[length];
    Arrays.fill(numbers, Float.NaN);
    return numbers;
  }
}
