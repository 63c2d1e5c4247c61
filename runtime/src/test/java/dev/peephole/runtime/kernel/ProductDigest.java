package dev.peephole.runtime.kernel;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** A program that prints the form of the product in its JVM, and a checksum of all results. */
final class ProductDigest {

  private ProductDigest() {}

  public static void main(String[] args) {
    MatrixProduct product = new MatrixProduct();
    System.out.println(product.form());
    System.out.println(of(product));
  }

  /** The checksum of the bits of every {@link ProductCase}. */
  static String of(MatrixProduct product) {
    CRC32 checksum = new CRC32();
    for (ProductCase c : ProductCase.all()) {
      float[] result = c.run(product);
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * result.length);
      bytes.asFloatBuffer().put(result);
      checksum.update(bytes);
    }
    return Long.toHexString(checksum.getValue());
  }
}
