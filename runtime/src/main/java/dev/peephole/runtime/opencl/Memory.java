package dev.peephole.runtime.opencl;

import static org.jocl.CL.*;

import dev.peephole.runtime.data.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_buffer_region;
import org.jocl.cl_mem;

/**
 * Memory of a device that belongs to one model.
 *
 * <p>On a guarded device there are guards before and after each piece, and all of it is NaN at
 * first: what is read beyond a value or before it was computed shows in the results, and {@link
 * #checkGuards} finds what was written there.
 */
final class Memory {
  private static final byte NAN_BYTE = (byte) 0xff;
  private static final int GUARD = 4096;
  private static final String LESS = "a smaller --batch needs less";

  private final Device device;
  private final List<cl_mem> whole = new ArrayList<>();
  private final List<cl_mem> parts = new ArrayList<>();
  private final List<Long> sizes = new ArrayList<>();
  private final Map<cl_mem, cl_mem> between = new HashMap<>();

  Memory(Device device) {
    this.device = device;
  }

  /**
   * Refuses pieces that together do not fit.
   *
   * @throws DataException with what is needed and what is there
   */
  static void require(DeviceInfo info, long largest, long together) {
    if (largest > info.allocation() || together > info.memory()) {
      boolean one = largest > info.allocation();
      throw DataException.of(
          "%s of %s MB %s, and %s has %s MB%s"
              .formatted(
                  one ? "a value" : "values",
                  (one ? largest : together) >> 20,
                  one ? "is needed" : "are needed",
                  info.name(),
                  (one ? info.allocation() : info.memory()) >> 20,
                  one ? " for one" : ""),
          LESS);
    }
  }

  /** The error of a value that has more numbers than can be counted. */
  static DataException tooLarge(long bytes) {
    return DataException.of(
        "a value of %s MB is needed, and no value may have more than 2³¹ numbers"
            .formatted(bytes >> 20),
        LESS);
  }

  /** A piece of memory; of one byte at least, as OpenCL has none with nothing in it. */
  cl_mem allocate(long bytes) {
    long size = Math.max(1, bytes);
    try {
      if (!device.guarded()) {
        cl_mem memory = device.allocate(size);
        whole.add(memory);
        return memory;
      }
      cl_mem all = device.allocate(size + 2 * GUARD);
      byte[] nan = {NAN_BYTE};
      clEnqueueFillBuffer(
          device.queue, all, Pointer.to(nan), 1, 0, size + 2 * GUARD, 0, null, null);
      whole.add(all);
      sizes.add(size);
      cl_mem piece = part(all, GUARD, size);
      between.put(piece, all);
      return piece;
    } catch (CLException e) {
      throw DataException.of(
          "%s gives no %s MB of memory: %s"
              .formatted(device.info().name(), size >> 20, e.getMessage()),
          LESS);
    }
  }

  /** Makes a piece zero. */
  void clear(cl_mem piece, long bytes) {
    clEnqueueFillBuffer(
        device.queue, piece, Pointer.to(new byte[1]), 1, 0, Math.max(1, bytes), 0, null, null);
  }

  /** A part of a piece, which begins at a multiple of the device's alignment. */
  cl_mem part(cl_mem piece, long from, long bytes) {
    cl_mem all = between.getOrDefault(piece, piece);
    long start = all == piece ? from : GUARD + from;
    cl_mem part =
        clCreateSubBuffer(
            all,
            CL_MEM_READ_WRITE,
            CL_BUFFER_CREATE_TYPE_REGION,
            new cl_buffer_region(start, Math.max(1, bytes)),
            null);
    parts.add(part);
    return part;
  }

  /** Finds what was written beyond a value. */
  void checkGuards() {
    for (int i = 0; i < sizes.size(); i++) {
      checkGuard(whole.get(i), 0);
      checkGuard(whole.get(i), GUARD + sizes.get(i));
    }
  }

  private void checkGuard(cl_mem memory, long from) {
    byte[] guard = new byte[GUARD];
    clEnqueueReadBuffer(device.queue, memory, true, from, GUARD, Pointer.to(guard), 0, null, null);
    byte[] untouched = new byte[GUARD];
    Arrays.fill(untouched, NAN_BYTE);
    if (!Arrays.equals(guard, untouched)) {
      throw new IllegalStateException("something was written beyond a value");
    }
  }

  /** Gives everything back. */
  void release() {
    parts.forEach(p -> clReleaseMemObject(p));
    whole.forEach(w -> clReleaseMemObject(w));
    parts.clear();
    whole.clear();
    sizes.clear();
    between.clear();
  }
}
