package dev.peephole.runtime.kernel;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** A program that prints the form of the product in its JVM, and a checksum of all results. */
final class ProductDigest {

  private static final int SPAN = 2001;

  private ProductDigest() {}

  public static void main(String[] args) {
    MatrixProduct product = new MatrixProduct();
    System.out.println(product.form());
    System.out.println(of(product));
  }

  private static ByteBuffer bytes(float[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length);
    bytes.asFloatBuffer().put(numbers);
    return bytes;
  }

  /** The functions over arrays, one after another in the same array. */
  private static float[] functions() {
    float[] x = new float[3 * SPAN];
    for (int k = 0; k < x.length; k++) {
      x[k] = (k % SPAN - SPAN / 2) * 0.01f;
    }
    ArrayMath.exp(x, 0, SPAN);
    ArrayMath.tanh(x, SPAN, SPAN);
    ArrayMath.sigmoid(x, 2 * SPAN, SPAN);
    return x;
  }

  /** The checksum of the bits of every {@link ProductCase}, and of the functions over arrays. */
  static String of(MatrixProduct product) {
    CRC32 checksum = new CRC32();
    for (ProductCase c : ProductCase.all()) {
      checksum.update(bytes(c.run(product)));
    }
    checksum.update(bytes(functions()));
    return Long.toHexString(checksum.getValue());
  }
}
