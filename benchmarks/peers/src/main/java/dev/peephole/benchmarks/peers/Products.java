package dev.peephole.benchmarks.peers;

import dev.peephole.runtime.kernel.MatrixProduct;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The matrix product beside that of OpenBLAS, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Products {
  /** Rows × inner × columns. */
  @Param({
    "256x256x256",
    "512x512x512",
    "1024x1024x1024",
    "1x784x128",
    "64x784x128",
    "64x128x10",
    "256x784x1024",
    "32x128x512",
    "1600x64x512"
  })
  String size;

  private final MatrixProduct products = new MatrixProduct();
  private int rows;
  private int inner;
  private int columns;
  private float[] a;
  private float[] b;
  private float[] c;
  private FloatPointer aThere;
  private FloatPointer bThere;
  private FloatPointer cThere;

  /** The same numbers in Java's memory and in C's. */
  @Setup
  public void draw() {
    int[] lengths = Stream.of(size.split("x")).mapToInt(Integer::parseInt).toArray();
    rows = lengths[0];
    inner = lengths[1];
    columns = lengths[2];
    a = Numbers.random(rows * inner, 1);
    b = Numbers.random(inner * columns, 1);
    c = new float[rows * columns];
    aThere = new FloatPointer(a);
    bThere = new FloatPointer(b);
    cThere = new FloatPointer(c);
    openblas_nolapack.blas_set_num_threads(1);
    check();
  }

  private void check() {
    peephole();
    float[] other = new float[c.length];
    openblas().get(other);
    for (int i = 0; i < c.length; i++) {
      if (Math.abs(c[i] - other[i]) > 1e-4) {
        throw new IllegalStateException(c[i] + " is not " + other[i]);
      }
    }
  }

  @Benchmark
  public float[] peephole() {
    products.multiply(a, b, c, rows, inner, columns);
    return c;
  }

  @Benchmark
  public FloatPointer openblas() {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasNoTrans,
        rows,
        columns,
        inner,
        1f,
        aThere,
        inner,
        bThere,
        columns,
        0f,
        cThere,
        columns);
    return cThere;
  }
}
