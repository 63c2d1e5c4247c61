package dev.peephole.runtime.opencl;

import static org.jocl.CL.*;

import dev.peephole.runtime.data.DataException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;

/** The kernels of a program, by their names, ready to run. Running waits for nothing. */
final class Kernels {
  private final Device device;
  private final cl_program program;
  private final Map<String, Ready> ready = new TreeMap<>();
  private long launches;

  /**
   * Builds a program.
   *
   * @throws DataException if the driver's compiler refuses it
   */
  Kernels(Device device, String text) {
    this.device = device;
    this.program = device.program(text);
  }

  /** A kernel with what it was last called with, which it keeps. */
  private static final class Ready {
    private final cl_kernel kernel;
    private final int[] group;
    private final long localBytes;
    private final Object[] set;

    Ready(cl_kernel kernel, int[] group, long localBytes, int arguments) {
      this.kernel = kernel;
      this.group = group;
      this.localBytes = localBytes;
      this.set = new Object[arguments];
    }

    void set(Object[] arguments) {
      for (int i = 0; i < arguments.length; i++) {
        Object value = arguments[i] instanceof Buffer buffer ? buffer.memory() : arguments[i];
        if (!value.equals(set[i])) {
          set(i, value);
          set[i] = value;
        }
      }
    }

    private void set(int i, Object value) {
      if (value instanceof cl_mem memory) {
        clSetKernelArg(kernel, i, Sizeof.cl_mem, Pointer.to(memory));
      } else if (value instanceof Integer number) {
        clSetKernelArg(kernel, i, Sizeof.cl_int, Pointer.to(new int[] {number}));
      } else if (value instanceof Long number) {
        clSetKernelArg(kernel, i, Sizeof.cl_long, Pointer.to(new long[] {number}));
      } else {
        clSetKernelArg(kernel, i, Sizeof.cl_float, Pointer.to(new float[] {(Float) value}));
      }
    }
  }

  /**
   * Puts a kernel into the queue.
   *
   * @param arguments {@link Buffer}s, ints, longs and floats, in the order of the kernel's
   *     parameters
   * @throws DataException if the driver refuses
   */
  void run(String name, Grid grid, Object... arguments) {
    if (grid.isEmpty()) {
      return;
    }
    Ready kernel = ready.computeIfAbsent(name, n -> ready(n, arguments.length));
    kernel.set(arguments);
    int[] group = kernel.group;
    long[] items = {
      (long) grid.columns() * group[0],
      (long) grid.rows() * group[1],
      (long) grid.layers() * group[2]
    };
    long[] each = {group[0], group[1], group[2]};
    device.call(
        "run the kernel " + name,
        () ->
            clEnqueueNDRangeKernel(
                device.queue, kernel.kernel, 3, null, items, each, 0, null, null));
    launches++;
  }

  private Ready ready(String name, int arguments) {
    cl_kernel kernel = clCreateKernel(program, name, null);
    long[] group = new long[3];
    clGetKernelWorkGroupInfo(
        kernel,
        device.id(),
        CL_KERNEL_COMPILE_WORK_GROUP_SIZE,
        (long) group.length * Sizeof.size_t,
        Pointer.to(group),
        null);
    long[] bytes = new long[1];
    clGetKernelWorkGroupInfo(
        kernel, device.id(), CL_KERNEL_LOCAL_MEM_SIZE, Sizeof.cl_ulong, Pointer.to(bytes), null);
    int[] items = Arrays.stream(group).mapToInt(Math::toIntExact).toArray();
    return new Ready(kernel, items, bytes[0], arguments);
  }

  /** How many kernels were put into the queue so far. */
  long launches() {
    return launches;
  }

  /** The most work items in a group of any kernel that has run. */
  int mostItems() {
    return ready.values().stream()
        .mapToInt(k -> k.group[0] * k.group[1] * k.group[2])
        .max()
        .orElse(0);
  }

  /** The most bytes of local memory that any kernel that has run needs. */
  long mostLocalBytes() {
    return ready.values().stream().mapToLong(k -> k.localBytes).max().orElse(0);
  }
}
