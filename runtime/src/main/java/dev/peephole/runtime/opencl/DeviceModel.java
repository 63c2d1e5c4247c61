package dev.peephole.runtime.opencl;

import static org.jocl.CL.clEnqueueCopyBuffer;
import static org.jocl.CL.clEnqueueReadBuffer;
import static org.jocl.CL.clEnqueueWriteBuffer;
import static org.jocl.CL.clFinish;
import static org.jocl.CL.clFlush;

import dev.peephole.runtime.AsynchronousModel;
import dev.peephole.runtime.file.ProgramText;
import dev.peephole.runtime.kernel.Mode;
import dev.peephole.runtime.opencl.Buffer.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jocl.Pointer;

/**
 * What every network that is generated for OpenCL is: values that stay on the device, and kernels
 * that are put into a queue one after another.
 *
 * <p>Inputs and targets are copied to the device by {@link #loss}, {@link #enqueueLoss} and {@link
 * #predict}, outputs are copied back by {@link #predict}, and what is trained by {@link #download}.
 */
public abstract class DeviceModel implements AsynchronousModel {
  private static final int LOSSES = 64;
  private static final int SQUARES = 32;

  /** The parameters. */
  protected final Arena parameters;

  /** The gradients, each where its parameter is among the parameters. */
  protected final Arena gradients;

  /** What layers keep from one step of training to the next. */
  protected final Arena states;

  private final Mode mode = new Mode();
  private final Device device;
  private final Kernels kernels;
  private final Kernels training;
  private final Memory lasting;
  private final Memory perBatch;
  private final List<Buffer> values = new ArrayList<>();
  private final List<Buffer> batchValues = new ArrayList<>();
  private final List<Buffer> carriedValues = new ArrayList<>();
  private final List<Arena> arenas = new ArrayList<>();
  private final Buffer losses;
  private final Buffer squares;
  private final Buffer stopped;
  private Batch batch;
  private int longest;
  private boolean placed;
  private int pending;
  private long transfers;

  /**
   * Builds the kernels.
   *
   * @param source the file that holds them, beside the class
   * @throws dev.peephole.runtime.data.DataException if the driver cannot compile them
   */
  protected DeviceModel(Device device, String source) {
    this.device = device;
    kernels = new Kernels(device, ProgramText.of(getClass(), source));
    training = new Kernels(device, ProgramText.of(DeviceModel.class, "training.cl"));
    lasting = new Memory(device);
    perBatch = new Memory(device);
    parameters = arena();
    gradients = arena();
    states = arena();
    losses = reals(LOSSES);
    squares = reals(SQUARES);
    stopped = labels(1);
  }

  /** Values that the optimizer remembers, each where its parameter is among the parameters. */
  protected final Arena arena() {
    Arena arena = new Arena(device);
    arenas.add(arena);
    return arena;
  }

  /** A value of so many numbers. */
  protected final Buffer reals(int size) {
    return value(new Buffer(Kind.REALS, size));
  }

  /** A value of so many truths. */
  protected final Buffer truths(int size) {
    return value(new Buffer(Kind.TRUTHS, size));
  }

  /** A value of so many labels. */
  protected final Buffer labels(int size) {
    return value(new Buffer(Kind.LABELS, size));
  }

  /** An input or a target of so many numbers. */
  protected final Buffer given(int size) {
    return given(new Buffer(Kind.REALS, size));
  }

  /** An input or a target of so many labels, or how long the examples are. */
  protected final Buffer givenLabels(int size) {
    return given(new Buffer(Kind.LABELS, size));
  }

  /** Which examples continue the ones before. */
  protected final Buffer givenTruths(int size) {
    return given(new Buffer(Kind.TRUTHS, size));
  }

  /** A state of so many numbers that examples begin with where they continue. */
  protected final Buffer carriedState(int size) {
    Buffer state = reals(size);
    carriedValues.add(state);
    return state;
  }

  private Buffer value(Buffer buffer) {
    values.add(buffer);
    return buffer;
  }

  private Buffer given(Buffer buffer) {
    batchValues.add(buffer);
    return buffer;
  }

  /** Puts a kernel of the network into the queue. */
  protected final void run(String kernel, Grid grid, Object... arguments) {
    kernels.run(kernel, grid, arguments);
  }

  /** Makes the first n examples equally long, if they may differ; returns how long they are. */
  protected int pad(int n) {
    return 1;
  }

  /** Keeps what the first n examples have at time step t of a sequence in a value of its own. */
  protected final void keep(int n, Buffer sequence, int t, Buffer value) {
    long bytes = value.bytes(value.count(n, longest));
    device.call(
        "keep values",
        () ->
            clEnqueueCopyBuffer(
                device.queue,
                sequence.memory(),
                value.memory(),
                t * bytes,
                0,
                bytes,
                0,
                null,
                null));
    transfers++;
  }

  /** Makes what a layer made of a state that state, unless updates are not carried out any more. */
  protected final void keep(Buffer made, Buffer state) {
    int count = state.length();
    training.run("keep_state", Grid.items(count), made, state, stopped, count);
  }

  /** Puts the kernels of the outputs into the queue, and {@link #fetch}es them. */
  protected abstract void computeOutputs(int n);

  /** Puts the kernels of the loss into the queue; returns where it will be. */
  protected abstract Buffer computeLoss(int n);

  /** Draws the parameters on the host, and fills the optimizer's states there. */
  protected abstract void draw(long seed);

  @Override
  public final void reserve(int examples) {
    reserve(examples, 1);
  }

  @Override
  public final void reserve(int examples, int steps) {
    finish();
    requireMemory(examples, steps);
    if (!placed) {
      arenas.forEach(arena -> arena.place(lasting));
      placed = true;
    }
    perBatch.release();
    for (Buffer value : values) {
      int count = value.count(examples, steps);
      value.place(perBatch.allocate(value.bytes(count)), count);
    }
    batch = new Batch(device, perBatch, batchValues, examples, steps);
    resume();
  }

  private void requireMemory(int examples, int steps) {
    List<Long> sizes = new ArrayList<>();
    arenas.forEach(arena -> sizes.add(arena.bytes()));
    values.forEach(value -> sizes.add(value.bytes(examples, steps)));
    batchValues.forEach(value -> sizes.add(Batch.bytes(value, examples, steps)));
    long largest = sizes.stream().mapToLong(s -> s).max().orElse(0);
    long together = sizes.stream().mapToLong(s -> s).sum();
    Memory.require(device.info(), largest, together);
    // kernels count the numbers of a value with an int
    if (largest / Float.BYTES > Integer.MAX_VALUE) {
      throw Memory.tooLarge(largest);
    }
  }

  @Override
  public final void initialize(long seed) {
    draw(seed);
    upload();
  }

  @Override
  public final Mode mode() {
    return mode;
  }

  /** 1 in a step of training, 0 in evaluation. */
  protected final int training() {
    return mode.training() ? 1 : 0;
  }

  private void upload(int n) {
    longest = pad(n);
    device.call("take a batch", () -> batch.upload(n, longest));
  }

  @Override
  public final void predict(int n) {
    upload(n);
    computeOutputs(n);
  }

  @Override
  public final double loss(int n) {
    upload(n);
    Buffer loss = computeLoss(n);
    read(loss, 1);
    return loss.reals()[0];
  }

  @Override
  public final void enqueueLoss(int n) {
    upload(n);
    Buffer loss = computeLoss(n);
    training.run("keep_loss", Grid.groups(1), loss, losses, stopped, pending);
    pending++;
  }

  @Override
  public final int capacity() {
    return LOSSES;
  }

  @Override
  public final double[] losses() {
    double[] waited = new double[pending];
    if (pending > 0) {
      read(losses, pending);
      for (int i = 0; i < pending; i++) {
        waited[i] = losses.reals()[i];
      }
    }
    pending = 0;
    return waited;
  }

  /** In single precision, in an order that is always the same. */
  @Override
  public final void clip(double norm, double value) {
    int count = gradients.length();
    if (norm < Double.POSITIVE_INFINITY) {
      training.run("squares", Grid.groups(SQUARES), gradients.whole(), squares, count);
    }
    if (norm < Double.POSITIVE_INFINITY || value < Double.POSITIVE_INFINITY) {
      int groups = norm < Double.POSITIVE_INFINITY ? SQUARES : 0;
      Grid all = Grid.items(count);
      Buffer whole = gradients.whole();
      training.run("clip", all, whole, squares, groups, (float) norm, (float) value, count);
    }
  }

  /**
   * Puts the optimizer's kernel into the queue, for all parameters together.
   *
   * @param arguments {@link Arena}s of states, and numbers
   */
  protected final void update(String kernel, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(parameters.whole(), gradients.whole()));
    for (Object argument : arguments) {
      all.add(argument instanceof Arena arena ? arena.whole() : argument);
    }
    all.add(parameters.length());
    all.add(stopped);
    run(kernel, Grid.items(parameters.length()), all.toArray());
    clFlush(device.queue);
  }

  /**
   * The same for some of the parameters, each by itself.
   *
   * @param places which ones, in the order in which they were added
   */
  protected final void update(String kernel, int[] places, Object... arguments) {
    update(kernel, false, places, arguments);
  }

  /** The same where one group of items goes through a whole parameter. */
  protected final void updateEach(String kernel, int[] places, Object... arguments) {
    update(kernel, true, places, arguments);
  }

  private void update(String kernel, boolean group, int[] places, Object... arguments) {
    for (int place : places) {
      Buffer parameter = parameters.buffer(place);
      List<Object> all = new ArrayList<>(List.of(parameter, gradients.buffer(place)));
      for (Object argument : arguments) {
        all.add(argument instanceof Arena arena ? arena.buffer(place) : argument);
      }
      all.add(parameter.length());
      all.add(stopped);
      Grid grid = group ? Grid.groups(1) : Grid.items(parameter.length());
      run(kernel, grid, all.toArray());
    }
    clFlush(device.queue);
  }

  /** Waits for the first {@code n} rows of values, and copies them to the host. */
  protected final void fetch(int n, Buffer... wanted) {
    for (Buffer buffer : wanted) {
      read(buffer, buffer.count(n, longest));
    }
  }

  private void read(Buffer buffer, int count) {
    copyBack(buffer, buffer.bytes(count), buffer.pointer());
  }

  private void copyBack(Buffer from, long bytes, Pointer to) {
    device.call(
        "compute this",
        () -> clEnqueueReadBuffer(device.queue, from.memory(), true, 0, bytes, to, 0, null, null));
    transfers++;
  }

  private void copyThere(Pointer from, long bytes, Buffer to) {
    device.call(
        "take values",
        () -> clEnqueueWriteBuffer(device.queue, to.memory(), true, 0, bytes, from, 0, null, null));
    transfers++;
  }

  private List<Arena> nonempty() {
    return arenas.stream().filter(arena -> arena.length() > 0).toList();
  }

  @Override
  public final void download() {
    for (Arena arena : nonempty()) {
      copyBack(arena.whole(), arena.bytes(), Pointer.to(arena.room()));
      arena.scatter();
    }
    for (Buffer state : carriedValues) {
      copyBack(state, state.bytes(state.length()), state.pointer());
    }
  }

  @Override
  public final void upload() {
    for (Arena arena : nonempty()) {
      copyThere(Pointer.to(arena.gather()), arena.bytes(), arena.whole());
    }
    for (Buffer state : carriedValues) {
      copyThere(state.pointer(), state.bytes(state.length()), state);
    }
    resume();
  }

  /** From here on updates are carried out. */
  private void resume() {
    stopped.labels()[0] = 0;
    copyThere(stopped.pointer(), Integer.BYTES, stopped);
    pending = 0;
  }

  /** Waits for everything in the queue. */
  final void finish() {
    device.call(
        "finish this",
        () -> {
          if (batch != null) {
            batch.finish();
          }
          clFinish(device.queue);
        });
  }

  /**
   * What was put into the queue so far.
   *
   * @param launches how many kernels
   * @param transfers how many copies, in either direction
   */
  public record Work(long launches, long transfers) {}

  /** What was put into the queue so far. */
  public final Work work() {
    return new Work(
        kernels.launches() + training.launches(),
        transfers + (batch == null ? 0 : batch.transfers()));
  }

  /** The most work items in a group, and bytes that a group shares, of the kernels that ran. */
  public final int mostItems() {
    return Math.max(kernels.mostItems(), training.mostItems());
  }

  public final long mostLocalBytes() {
    return Math.max(kernels.mostLocalBytes(), training.mostLocalBytes());
  }

  /** Finds what was written beyond a value; the device must be guarded. */
  public final void checkGuards() {
    finish();
    lasting.checkGuards();
    perBatch.checkGuards();
  }

  /** Gives the device's memory back; the model is of no use any more. */
  public final void release() {
    finish();
    lasting.release();
    perBatch.release();
  }
}
