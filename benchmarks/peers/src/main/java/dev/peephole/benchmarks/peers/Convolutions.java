package dev.peephole.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import dev.peephole.runtime.kernel.MatrixProduct;
import dev.peephole.runtime.kernel.WindowProduct;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/**
 * Convolutions of 64 images beside those of oneDNN through PyTorch, on one core, each with its own
 * order of axes: the values alone, with the gradient of the filters, with that of the images too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "-Dai.djl.pytorch.num_threads=1",
      "-Dai.djl.pytorch.num_interop_threads=1"
    })
public class Convolutions {
  private static final int IMAGES = 64;

  /** Height × width × channels of an image, height and width of a kernel, filters. */
  @Param({"32x32x1x5x6", "14x14x6x5x16", "18x18x16x3x32", "10x10x64x3x64"})
  String size;

  private final MatrixProduct products = new MatrixProduct();
  private WindowProduct windows;
  private int rows;
  private int inner;
  private int filters;
  private float[] x;
  private float[] w;
  private float[] z;
  private float[] dz;
  private float[] dw;
  private float[] dWindows;
  private float[] dx;
  private NDManager manager;
  private NDArray xThere;
  private NDArray wThere;
  private NDArray bThere;

  /** The same numbers on both sides. */
  @Setup
  public void draw() {
    int[] lengths = Stream.of(size.split("x")).mapToInt(Integer::parseInt).toArray();
    int height = lengths[0];
    int width = lengths[1];
    int channels = lengths[2];
    int kernel = lengths[3];
    filters = lengths[4];
    inner = kernel * kernel * channels;
    rows = IMAGES * (height - kernel + 1) * (width - kernel + 1);
    windows = new WindowProduct(height, width, channels, kernel, kernel);
    x = Numbers.random(IMAGES * height * width * channels, 1);
    w = Numbers.random(inner * filters, 1);
    z = new float[rows * filters];
    dz = new float[rows * filters];
    java.util.Arrays.fill(dz, 1);
    dw = new float[w.length];
    dWindows = new float[rows * inner];
    dx = new float[x.length];
    manager = NDManager.newBaseManager("PyTorch");
    xThere =
        manager
            .create(x, new Shape(IMAGES, height, width, channels))
            .transpose(0, 3, 1, 2)
            .duplicate();
    wThere = manager.create(w, new Shape(kernel, kernel, channels, filters)).transpose(3, 2, 0, 1);
    wThere = wThere.duplicate();
    bThere = manager.zeros(new Shape(filters));
    check();
  }

  private void check() {
    images();
    try (NDManager here = manager.newSubManager()) {
      xThere.attach(here);
      require(convolved().transpose(0, 2, 3, 1), z);
      torchImages();
      require(wThere.getGradient().transpose(2, 3, 1, 0), dw);
      require(xThere.getGradient().transpose(0, 2, 3, 1), dx);
      xThere.attach(manager);
    }
  }

  private static void require(NDArray theirs, float[] ours) {
    float[] other = theirs.duplicate().toFloatArray();
    for (int i = 0; i < ours.length; i++) {
      if (Math.abs(ours[i] - other[i]) > 1e-3 * Math.max(1, Math.abs(ours[i]))) {
        throw new IllegalStateException(ours[i] + " is not " + other[i]);
      }
    }
  }

  /** The values. */
  @Benchmark
  public float[] values() {
    windows.multiply(x, w, z, IMAGES, filters);
    return z;
  }

  /** With the gradient of the filters. */
  @Benchmark
  public float[] filters() {
    values();
    windows.multiplyLeftTransposed(x, dz, dw, IMAGES, filters);
    return dw;
  }

  /** With the gradient of the images, too. */
  @Benchmark
  public float[] images() {
    filters();
    products.multiplyRightTransposed(dz, w, dWindows, rows, filters, inner);
    windows.overlapAdd(dWindows, dx, IMAGES);
    return dx;
  }

  @Benchmark
  public double torchValues() {
    try (NDArray values = convolved()) {
      return values.size();
    }
  }

  @Benchmark
  public double torchFilters() {
    return gradients(false);
  }

  @Benchmark
  public double torchImages() {
    return gradients(true);
  }

  private NDArray convolved() {
    Shape one = new Shape(1, 1);
    return Conv2d.conv2d(xThere, wThere, bThere, one, new Shape(0, 0), one).singletonOrThrow();
  }

  private double gradients(boolean ofImages) {
    wThere.setRequiresGradient(true);
    xThere.setRequiresGradient(ofImages);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
        NDArray values = convolved()) {
      collector.zeroGradients();
      collector.backward(values);
      return values.size();
    }
  }
}
