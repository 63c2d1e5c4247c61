package dev.peephole.runtime.opencl;

import static org.jocl.CL.*;

import dev.peephole.runtime.data.DataException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_mem;
import org.jocl.cl_program;

/**
 * An OpenCL device, opened: two queues that each keep their order, one of which computes while the
 * other takes batches in; and the programs built so far.
 */
public final class Device {
  /** How many work items a group may have, and the bytes that it may share, on any device. */
  public static final int GROUP_ITEMS = 256;

  public static final int LOCAL_BYTES = 32 << 10;

  private static final String OPTIONS = "-cl-std=CL1.2";
  private static final Map<Integer, Device> OPENED = new HashMap<>();

  private final cl_device_id id;
  private final DeviceInfo info;
  private final int alignment;
  final cl_context context;
  final cl_command_queue queue;
  final cl_command_queue uploads;
  private final Map<String, cl_program> programs = new HashMap<>();
  private boolean guarded;
  private boolean optimizing = true;

  private Device(int number, cl_device_id id) {
    this.id = id;
    this.info = DeviceInfo.of(number, id);
    this.alignment = (int) (DeviceInfo.number(id, CL_DEVICE_MEM_BASE_ADDR_ALIGN) / Byte.SIZE);
    this.context =
        clCreateContext(new cl_context_properties(), 1, new cl_device_id[] {id}, null, null, null);
    this.queue = queue();
    this.uploads = queue();
  }

  @SuppressWarnings("deprecation") // its successor is not in every driver
  private cl_command_queue queue() {
    return clCreateCommandQueue(context, id, 0, null);
  }

  /**
   * The device that a name chooses: {@code opencl} the first one, {@code opencl:N} the N-th,
   * counted from 0. It stays open until the program ends.
   *
   * @throws DataException if there is no such device, or it is too small for any program
   */
  public static synchronized Device open(String name) {
    int number = DeviceName.number(name);
    List<cl_device_id> devices = OpenCl.devices();
    if (number >= devices.size()) {
      throw DataException.of(
          "there is no device " + name + ": the last one is opencl:" + (devices.size() - 1),
          "nnc devices lists them");
    }
    return OPENED.computeIfAbsent(number, i -> opened(i, devices.get(i)));
  }

  private static Device opened(int number, cl_device_id id) {
    try {
      return fit(new Device(number, id));
    } catch (CLException e) {
      throw refusal("opencl:" + number, "be opened", e);
    }
  }

  private static DataException refusal(String name, String what, CLException reason) {
    return DataException.of(
        name + " cannot " + what + ": " + reason.getMessage(),
        "--device cpu computes the same without it");
  }

  private static Device fit(Device device) {
    DeviceInfo info = device.info;
    if (info.groupItems() < GROUP_ITEMS || info.localMemory() < LOCAL_BYTES) {
      throw DataException.of(
          "%s is too small: %s work items in a group, and %s bytes of local memory"
              .formatted(info.name(), info.groupItems(), info.localMemory()),
          "%s and %s are needed".formatted(GROUP_ITEMS, LOCAL_BYTES));
    }
    return device;
  }

  public DeviceInfo info() {
    return info;
  }

  /**
   * Calls the driver.
   *
   * @param what the device is to do, for the message
   * @throws DataException if the driver refuses, or refuses now what it was asked before
   */
  void call(String what, Runnable calls) {
    try {
      calls.run();
    } catch (CLException e) {
      throw refusal(info.name(), what, e);
    }
  }

  cl_device_id id() {
    return id;
  }

  /** From here on memory lies between guards, for tests; {@link Memory} says what they are. */
  public void guard(boolean on) {
    guarded = on;
  }

  boolean guarded() {
    return guarded;
  }

  /**
   * Whether the driver optimises programs from here on; for tests, as without that it builds them
   * in a fraction of the time.
   */
  public void optimize(boolean on) {
    optimizing = on;
  }

  /** What parts of one allocation must begin at a multiple of, in bytes. */
  int alignment() {
    return alignment;
  }

  /**
   * A built program; the same text is built once.
   *
   * @throws DataException if the driver's compiler refuses it
   */
  synchronized cl_program program(String text) {
    String options = optimizing ? OPTIONS : OPTIONS + " -cl-opt-disable";
    return programs.computeIfAbsent(options + text, t -> build(text, options));
  }

  private cl_program build(String text, String options) {
    cl_program program =
        clCreateProgramWithSource(context, 1, new String[] {ascii(text)}, null, null);
    try {
      clBuildProgram(program, 1, new cl_device_id[] {id}, options, null, null);
      return program;
    } catch (CLException e) {
      throw BuildFailure.of(info.name(), text, log(program));
    }
  }

  /** Not every driver's compiler reads more than this, not even in comments. */
  private static String ascii(String text) {
    return text.replaceAll("[^\\x00-\\x7f]", "?");
  }

  private String log(cl_program program) {
    long[] length = new long[1];
    clGetProgramBuildInfo(program, id, CL_PROGRAM_BUILD_LOG, 0, null, length);
    byte[] bytes = new byte[(int) length[0]];
    clGetProgramBuildInfo(program, id, CL_PROGRAM_BUILD_LOG, bytes.length, Pointer.to(bytes), null);
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  cl_mem allocate(long bytes) {
    return clCreateBuffer(context, CL_MEM_READ_WRITE, bytes, null, null);
  }
}
