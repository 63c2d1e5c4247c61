package dev.peephole.benchmarks.peers;

import dev.peephole.runtime.kernel.ArrayMath;
import java.util.concurrent.TimeUnit;
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

/** Functions of whole arrays beside a loop over those of {@link Math}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Functions {
  /** How many numbers an array has. */
  @Param({"4096"})
  int size;

  private float[] arguments;
  private float[] x;

  /** Arguments as gates have them. */
  @Setup
  public void draw() {
    arguments = Numbers.random(size, 8);
    x = new float[size];
  }

  /** What each of the others does besides. */
  @Benchmark
  public float[] copy() {
    System.arraycopy(arguments, 0, x, 0, size);
    return x;
  }

  @Benchmark
  public float[] exp() {
    ArrayMath.exp(copy(), 0, size);
    return x;
  }

  @Benchmark
  public float[] tanh() {
    ArrayMath.tanh(copy(), 0, size);
    return x;
  }

  @Benchmark
  public float[] sigmoid() {
    ArrayMath.sigmoid(copy(), 0, size);
    return x;
  }

  @Benchmark
  public float[] mathExp() {
    for (int i = 0; i < size; i++) {
      x[i] = (float) Math.exp(arguments[i]);
    }
    return x;
  }

  @Benchmark
  public float[] mathTanh() {
    for (int i = 0; i < size; i++) {
      x[i] = (float) Math.tanh(arguments[i]);
    }
    return x;
  }
}
