package dev.peephole.runtime.opencl;

import dev.peephole.runtime.data.DataException;

/** What devices are called on the command line: {@code cpu}, {@code opencl}, {@code opencl:1}. */
public final class DeviceName {
  public static final String CPU = "cpu";
  public static final String OPENCL = "opencl";

  private DeviceName() {}

  /** Whether a name is that of an OpenCL device. */
  public static boolean isOpenCl(String name) {
    return name.matches(OPENCL + "(:\\d{1,4})?");
  }

  /** Which of the OpenCL devices it is, counted from 0. */
  static int number(String name) {
    return name.equals(OPENCL) ? 0 : Integer.parseInt(name.substring(OPENCL.length() + 1));
  }

  /** Whether a name is that of a device, which need not be there. */
  public static boolean isName(String name) {
    return name.equals(CPU) || isOpenCl(name);
  }

  /** Refuses what is no name of a device. */
  public static void require(String name) {
    if (!isName(name)) {
      throw DataException.of(unknown(name), "nnc devices lists them");
    }
  }

  /** What is said of a name that is none. */
  public static String unknown(String name) {
    return "the device is cpu or opencl, and there is no " + name;
  }
}
