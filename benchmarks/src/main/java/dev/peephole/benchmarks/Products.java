package dev.peephole.benchmarks;

import dev.peephole.runtime.kernel.MatrixProduct;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The matrix product beside that of PyTorch, OpenBLAS or another, on one core. */
final class Products {
  private static final int ROUNDS = 7;
  private static final double SECONDS = 0.2;
  private static final int[][] SIZES = {
    {256, 256, 256},
    {512, 512, 512},
    {1024, 1024, 1024},
    {1, 784, 128},
    {64, 784, 128},
    {64, 128, 10},
    {256, 784, 1024},
    {32, 128, 512},
    {1600, 64, 512}
  };

  private final PyTorch other;
  private final Clock clock;
  private final MatrixProduct products = new MatrixProduct();

  /**
   * @param other to compare with, or {@code null}
   */
  Products(PyTorch other, Clock clock) {
    this.other = other;
    this.clock = clock;
  }

  /** A table in Markdown: rows × inner × columns, and billions of operations a second. */
  String table() {
    StringBuilder table = new StringBuilder("\nMatrix product, " + products.form() + "\n\n");
    table.append("| size | peephole GFLOP/s | PyTorch GFLOP/s | ratio |\n|---|--:|--:|--:|\n");
    for (int[] size : SIZES) {
      double own = median(() -> own(size[0], size[1], size[2]));
      double theirs =
          other == null
              ? Double.NaN
              : median(() -> other.product(size[0], size[1], size[2], SECONDS));
      double operations = 2.0 * size[0] * size[1] * size[2] / 1e9;
      table.append(
          "| %d × %d × %d | %.1f | %.1f | %.2f |%n"
              .formatted(
                  size[0], size[1], size[2], operations / own, operations / theirs, theirs / own));
    }
    return table.toString();
  }

  private interface Measurement {
    double seconds();
  }

  private static double median(Measurement measurement) {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      all.add(measurement.seconds());
    }
    return Measured.median(all);
  }

  private double own(int rows, int inner, int columns) {
    float[] a = random(rows * inner);
    float[] b = random(inner * columns);
    float[] c = new float[rows * columns];
    repeat(a, b, c, rows, inner, columns);
    return repeat(a, b, c, rows, inner, columns);
  }

  private double repeat(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
    long start = clock.now();
    long now = start;
    int count = 0;
    while (now - start < SECONDS * 1e9) {
      products.multiply(a, b, c, rows, inner, columns);
      count++;
      now = clock.now();
    }
    return (now - start) / 1e9 / count;
  }

  private static float[] random(int count) {
    Random random = new Random(5);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }
}
