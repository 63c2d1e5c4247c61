package dev.peephole.runtime.opencl;

import static org.jocl.CL.*;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/**
 * What a device says of itself.
 *
 * @param number its place among the devices, counted from 0
 * @param name what its maker calls it
 * @param platform whose driver it is
 * @param version which OpenCL the driver speaks
 * @param units how many compute units it has
 * @param memory its memory in bytes
 * @param allocation the bytes that one buffer may have
 * @param localMemory the bytes that a work group shares
 * @param groupItems how many work items a group may have
 */
public record DeviceInfo(
    int number,
    String name,
    String platform,
    String version,
    long units,
    long memory,
    long allocation,
    long localMemory,
    long groupItems) {

  /**
   * All devices.
   *
   * @throws dev.peephole.runtime.data.DataException if there is none, with the reason
   */
  public static List<DeviceInfo> all() {
    List<cl_device_id> devices = OpenCl.devices();
    List<DeviceInfo> all = new ArrayList<>();
    for (int i = 0; i < devices.size(); i++) {
      all.add(of(i, devices.get(i)));
    }
    return all;
  }

  static DeviceInfo of(int number, cl_device_id device) {
    cl_platform_id platform = new cl_platform_id();
    clGetDeviceInfo(device, CL_DEVICE_PLATFORM, Sizeof.cl_platform_id, Pointer.to(platform), null);
    return new DeviceInfo(
        number,
        text(device, CL_DEVICE_NAME),
        text(platform),
        text(device, CL_DEVICE_VERSION),
        number(device, CL_DEVICE_MAX_COMPUTE_UNITS),
        number(device, CL_DEVICE_GLOBAL_MEM_SIZE),
        number(device, CL_DEVICE_MAX_MEM_ALLOC_SIZE),
        number(device, CL_DEVICE_LOCAL_MEM_SIZE),
        number(device, CL_DEVICE_MAX_WORK_GROUP_SIZE));
  }

  /** A size that the device tells. */
  static long number(cl_device_id device, int what) {
    long[] number = new long[1];
    clGetDeviceInfo(device, what, Sizeof.cl_long, Pointer.to(number), null);
    return number[0];
  }

  private static String text(cl_device_id device, int what) {
    long[] length = new long[1];
    clGetDeviceInfo(device, what, 0, null, length);
    byte[] bytes = new byte[(int) length[0]];
    clGetDeviceInfo(device, what, bytes.length, Pointer.to(bytes), null);
    return text(bytes);
  }

  /** What a platform is called. */
  static String text(cl_platform_id platform) {
    long[] length = new long[1];
    clGetPlatformInfo(platform, CL_PLATFORM_NAME, 0, null, length);
    byte[] bytes = new byte[(int) length[0]];
    clGetPlatformInfo(platform, CL_PLATFORM_NAME, bytes.length, Pointer.to(bytes), null);
    return text(bytes);
  }

  /** C's texts end in a zero. */
  private static String text(byte[] bytes) {
    int length = Math.max(0, bytes.length - 1);
    return new String(bytes, 0, length, StandardCharsets.UTF_8).strip();
  }
}
