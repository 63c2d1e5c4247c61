package dev.peephole.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Linker;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.AsynchronousModel;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.file.Safetensors;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.opencl.DeviceModel;
import dev.peephole.runtime.opencl.DeviceName;
import dev.peephole.runtime.train.RepeatedStep;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What {@code nnc} makes of a model in the fast style, on some threads or on a device. */
final class Generated implements Side {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Path models;
  private final String device;
  private final int threads;
  private final boolean paying;
  private final Clock clock;
  private Workload workload;
  private Model model;
  private Optional<RepeatedStep> sharded = Optional.empty();
  private long step;
  private int waiting;

  private Generated(Path models, String device, int threads, boolean paying, Clock clock) {
    this.models = models;
    this.device = device;
    this.threads = threads;
    this.paying = paying;
    this.clock = clock;
  }

  /**
   * On one thread.
   *
   * @param models the folder of the model files
   */
  Generated(Path models, Clock clock) {
    this(models, DeviceName.CPU, 1, true, clock);
  }

  /**
   * As {@code nnc train --threads} trains.
   *
   * @param paying whether work that is too little for so many threads is left to one
   */
  static Generated onThreads(Path models, int threads, boolean paying, Clock clock) {
    return new Generated(models, DeviceName.CPU, threads, paying, clock);
  }

  /**
   * On a device.
   *
   * @param device {@code opencl}, {@code opencl:1}
   */
  static Generated onDevice(Path models, String device) {
    return new Generated(models, device, 1, true, Clock.WALL);
  }

  @Override
  public String name() {
    String where = threads > 1 ? String.valueOf(threads) : device;
    return where.equals(DeviceName.CPU) ? "peephole" : "peephole, " + where;
  }

  @Override
  public boolean own() {
    return true;
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

  /** Draws weights and a batch. */
  static void begin(Model model, int batch) {
    model.reserve(batch);
    model.initialize(7);
    Random random = new Random(11);
    model.inputs().forEach(t -> fill(t, random));
    model.targets().forEach(t -> fill(t, random));
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
    Program program = Linker.program(compiled, compiled.networks().get(0), Style.FAST, device);
    model = program.model().get();
    begin(model, wanted.batch());
    step = 0;
    Safetensors.empty()
        .put("parameter/", model.parameters())
        .put("input/", model.inputs().stream().map(this::batched).toList())
        .put("target/", model.targets().stream().map(this::batched).toList())
        .write(start);
    if (threads > 1 && (!paying || pays())) {
      Plan plan = program.plan();
      sharded = Optional.of(new RepeatedStep(plan, model, program.model(), batch(), threads));
    }
  }

  /** How many numbers a step computes with; there after {@link #open}. */
  long work() {
    return RepeatedStep.work(model, batch());
  }

  /** Whether so many threads pay; there after {@link #open}. */
  boolean pays() {
    return RepeatedStep.threads(model, batch(), threads) > 1;
  }

  /** A copy of the batch, from which each thread takes its share. */
  private Examples batch() {
    List<Tensor> tensors = new ArrayList<>(model.inputs());
    tensors.addAll(model.targets());
    List<Object> arrays = tensors.stream().map(tensor -> tensor.copy().array()).toList();
    return new Examples(workload.batch(), tensors, arrays, new int[0], new BitSet());
  }

  private double step() {
    if (workload.kind() == Workload.Kind.PREDICT) {
      model.predict(workload.batch());
      return 0;
    }
    if (sharded.isPresent()) {
      return sharded.get().next();
    }
    double loss = model.loss(workload.batch());
    model.backward(workload.batch());
    model.update(Moment.of(++step));
    return loss;
  }

  /** A step whose loss nobody waits for, as the training loop takes them where it can. */
  void stepInARow() {
    if (workload.kind() == Workload.Kind.TRAIN && model instanceof AsynchronousModel elsewhere) {
      elsewhere.enqueueLoss(workload.batch());
      elsewhere.backward(workload.batch());
      elsewhere.update(Moment.of(++step));
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

  /**
   * The bytes that one step allocates: the least of some tries, as the JVM may be replacing code
   * just then, and runs what boxes vectors meanwhile.
   */
  double allocated(int steps) {
    double least = Double.POSITIVE_INFINITY;
    for (int attempt = 0; attempt < 3; attempt++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < steps; i++) {
        step();
      }
      long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
      least = Math.min(least, bytes / (double) steps);
    }
    return least;
  }

  @Override
  public void close() {
    if (model instanceof DeviceModel elsewhere) {
      elsewhere.release();
    }
    sharded.ifPresent(RepeatedStep::close);
    sharded = Optional.empty();
    model = null;
  }
}
