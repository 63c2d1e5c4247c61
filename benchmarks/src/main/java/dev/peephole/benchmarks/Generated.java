package dev.peephole.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.peephole.check.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Linker;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.AsynchronousModel;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.file.Safetensors;
import dev.peephole.runtime.opencl.DeviceModel;
import dev.peephole.runtime.opencl.DeviceName;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What {@code nnc} makes of a model in the fast style, on the CPU or on a device. */
final class Generated implements Side {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Path models;
  private final String device;
  private final Clock clock;
  private Workload workload;
  private Model model;
  private long step;
  private int waiting;

  /**
   * @param models the folder of the model files
   */
  Generated(Path models, Clock clock) {
    this(models, DeviceName.CPU, clock);
  }

  /**
   * @param device what computes: {@code cpu}, {@code opencl}, {@code opencl:1}
   */
  Generated(Path models, String device, Clock clock) {
    this.models = models;
    this.device = device;
    this.clock = clock;
  }

  @Override
  public String name() {
    return device.equals(DeviceName.CPU) ? "peephole" : "peephole, " + device;
  }

  /** What is measured; there after {@link #open}. */
  Model model() {
    return model;
  }

  /** The tensor with the batch as the first of its axes. */
  private Tensor batched(Tensor tensor) {
    int[] one = tensor.shape();
    int[] shape = new int[one.length + 1];
    shape[0] = workload.batch();
    System.arraycopy(one, 0, shape, 1, one.length);
    return tensor.array() instanceof int[] labels
        ? Tensor.labels(tensor.name(), tensor.classes(), labels, shape)
        : Tensor.of(tensor.name(), (float[]) tensor.array(), shape);
  }

  private static void fill(Tensor tensor, Random random) {
    for (int i = 0; i < tensor.length(); i++) {
      tensor.set(i, tensor.classes() > 0 ? random.nextInt(tensor.classes()) : random.nextDouble());
    }
  }

  /** Draws weights and a batch, and writes them for the other sides. */
  @Override
  public void open(Workload wanted, Path start) {
    workload = wanted;
    Compilation compiled =
        Frontend.compile(models.resolve(wanted.model() + ".nn"), DataAccess.none());
    model = Linker.program(compiled, compiled.networks().get(0), Style.FAST, device).model().get();
    model.reserve(wanted.batch());
    model.initialize(7);
    step = 0;
    Random random = new Random(11);
    model.inputs().forEach(t -> fill(t, random));
    model.targets().forEach(t -> fill(t, random));
    Safetensors.empty()
        .put("parameter/", model.parameters())
        .put("input/", model.inputs().stream().map(this::batched).toList())
        .put("target/", model.targets().stream().map(this::batched).toList())
        .write(start);
  }

  private double step() {
    if (workload.kind() == Workload.Kind.PREDICT) {
      model.predict(workload.batch());
      return 0;
    }
    double loss = model.loss(workload.batch());
    model.backward(workload.batch());
    model.update(++step);
    return loss;
  }

  /** A step whose loss nobody waits for, as the training loop takes them where it can. */
  void stepInARow() {
    if (workload.kind() == Workload.Kind.TRAIN && model instanceof AsynchronousModel elsewhere) {
      elsewhere.enqueueLoss(workload.batch());
      elsewhere.backward(workload.batch());
      elsewhere.update(++step);
      waiting++;
      if (waiting == elsewhere.capacity()) {
        await();
      }
    } else {
      step();
    }
  }

  /** Waits for all steps so far. */
  void await() {
    if (waiting > 0 && model instanceof AsynchronousModel elsewhere) {
      elsewhere.losses();
      waiting = 0;
    }
  }

  @Override
  public List<Double> losses(int steps) {
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      double loss = step();
      losses.add(workload.kind() == Workload.Kind.PREDICT ? sum(model.outputs().get(0)) : loss);
    }
    return losses;
  }

  private static double sum(Tensor tensor) {
    double sum = 0;
    for (int i = 0; i < tensor.length(); i++) {
      sum += tensor.get(i);
    }
    return sum;
  }

  @Override
  public double time(double seconds) {
    long start = clock.now();
    long end = start + (long) (seconds * 1e9);
    long steps = 0;
    long now = start;
    int together = 1;
    while (now < end) {
      for (int i = 0; i < together; i++) {
        stepInARow();
      }
      steps += together;
      now = clock.now();
      together = now - start < 1_000_000 * steps / 100 ? 100 : 1;
    }
    await();
    return (clock.now() - start) / 1e9 / steps;
  }

  /** The bytes that one step allocates. */
  double allocated(int steps) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < steps; i++) {
      step();
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) steps;
  }

  @Override
  public void close() {
    if (model instanceof DeviceModel elsewhere) {
      elsewhere.release();
    }
    model = null;
  }
}
