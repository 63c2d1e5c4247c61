package dev.peephole.runtime.opencl;

import static org.jocl.CL.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jocl.Pointer;
import org.jocl.cl_event;
import org.jocl.cl_mem;

/**
 * The inputs and targets of a model. Each has two places on the device: while kernels compute on
 * what is in one, the next batch is copied to the other.
 */
final class Batch {
  private static final int PLACES = 2;

  private final Device device;
  private final List<Buffer> buffers;
  private final cl_mem[][] places;
  private final ByteBuffer[][] staging;
  private final cl_event[] copied = new cl_event[PLACES];
  private final cl_event[] computed = new cl_event[PLACES];
  private int now;
  private long transfers;

  /** Makes room for so many examples of so many time steps. */
  Batch(Device device, Memory memory, List<Buffer> buffers, int examples, int steps) {
    this.device = device;
    this.buffers = buffers;
    this.places = new cl_mem[PLACES][buffers.size()];
    this.staging = new ByteBuffer[PLACES][buffers.size()];
    for (int p = 0; p < PLACES; p++) {
      for (int i = 0; i < buffers.size(); i++) {
        Buffer buffer = buffers.get(i);
        long bytes = buffer.bytes(buffer.count(examples, steps));
        places[p][i] = memory.allocate(bytes);
        staging[p][i] =
            ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
      }
    }
    for (int i = 0; i < buffers.size(); i++) {
      buffers.get(i).place(places[now][i], buffers.get(i).count(examples, steps));
    }
  }

  /** The bytes that such buffers take on the device. */
  static long bytes(Buffer buffer, int examples, int steps) {
    return PLACES * buffer.bytes(examples, steps);
  }

  /**
   * Starts to copy the first n examples, which have T time steps each; kernels from here on compute
   * on them.
   */
  void upload(int n, int T) {
    computed[now] = after(computed[now]);
    now = (now + 1) % PLACES;
    if (copied[now] != null) {
      clWaitForEvents(1, new cl_event[] {copied[now]});
      clReleaseEvent(copied[now]);
    }
    boolean free = computed[now] == null;
    cl_event[] wait = free ? null : new cl_event[] {computed[now]};
    if (!free) {
      clEnqueueBarrierWithWaitList(device.uploads, 1, wait, null);
    }
    for (int i = 0; i < buffers.size(); i++) {
      Buffer buffer = buffers.get(i);
      int count = buffer.count(n, T);
      fill(staging[now][i], buffer, count);
      clEnqueueWriteBuffer(
          device.uploads,
          places[now][i],
          false,
          0,
          buffer.bytes(count),
          Pointer.to(staging[now][i]),
          0,
          null,
          null);
      transfers++;
      buffer.place(places[now][i], buffer.length());
    }
    cl_event done = new cl_event();
    clEnqueueMarkerWithWaitList(device.uploads, 0, null, done);
    copied[now] = done;
    clFlush(device.uploads);
    clEnqueueBarrierWithWaitList(device.queue, 1, new cl_event[] {done}, null);
  }

  /** The event after which all kernels so far have run. */
  private cl_event after(cl_event old) {
    if (old != null) {
      clReleaseEvent(old);
    }
    cl_event done = new cl_event();
    clEnqueueMarkerWithWaitList(device.queue, 0, null, done);
    clFlush(device.queue);
    return done;
  }

  private static void fill(ByteBuffer to, Buffer from, int count) {
    to.clear();
    switch (from.kind()) {
      case REALS -> to.asFloatBuffer().put(from.reals(), 0, count);
      case LABELS -> to.asIntBuffer().put(from.labels(), 0, count);
      case TRUTHS -> {
        for (int k = 0; k < count; k++) {
          to.put((byte) (from.truths()[k] ? 1 : 0));
        }
      }
    }
  }

  /** How many copies were started. */
  long transfers() {
    return transfers;
  }

  /** Waits until nothing uses the memory any more. */
  void finish() {
    clFinish(device.uploads);
    clFinish(device.queue);
    for (int p = 0; p < PLACES; p++) {
      release(copied, p);
      release(computed, p);
    }
  }

  private static void release(cl_event[] events, int p) {
    if (events[p] != null) {
      clReleaseEvent(events[p]);
      events[p] = null;
    }
  }
}
