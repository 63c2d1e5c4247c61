package dev.peephole.runtime.opencl;

import static org.jocl.CL.CL_DEVICE_TYPE_ALL;
import static org.jocl.CL.clGetDeviceIDs;
import static org.jocl.CL.clGetPlatformIDs;

import dev.peephole.runtime.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** The OpenCL library of this machine, which is loaded when it is first asked for. */
final class OpenCl {
  private static final String TEMPORARY = "java.io.tmpdir";
  private static final String POCL = "Portable Computing Language";
  private static final String INSTALL =
      "a graphics card's driver brings it; Debian's pocl-opencl-icd computes on the CPU";

  private static final CacheFolders CACHES = new CacheFolders(System.getenv());

  /** Why it cannot be used; empty if it can. */
  private static final Optional<DataException> PROBLEM = load();

  private OpenCl() {}

  /**
   * Every device of every platform, in the order of the drivers.
   *
   * @throws DataException if there is no library, no driver or no device
   */
  static List<cl_device_id> devices() {
    if (PROBLEM.isPresent()) {
      throw PROBLEM.get();
    }
    List<cl_device_id> devices = new ArrayList<>();
    boolean pocl = false;
    try {
      int[] count = new int[1];
      clGetPlatformIDs(0, null, count);
      cl_platform_id[] platforms = new cl_platform_id[count[0]];
      clGetPlatformIDs(platforms.length, platforms, null);
      for (cl_platform_id platform : platforms) {
        devices.addAll(devices(platform));
        pocl |= DeviceInfo.text(platform).contains(POCL);
      }
    } catch (CLException e) {
      throw DataException.of("there is OpenCL here, but no driver: " + e.getMessage(), INSTALL);
    }
    if (devices.isEmpty()) {
      if (pocl) {
        CACHES.require(CACHES.pocl());
      }
      throw DataException.of("there is OpenCL here, but no device", INSTALL);
    }
    return devices;
  }

  private static List<cl_device_id> devices(cl_platform_id platform) {
    try {
      int[] count = new int[1];
      clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 0, null, count);
      cl_device_id[] devices = new cl_device_id[count[0]];
      clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, devices.length, devices, null);
      return List.of(devices);
    } catch (CLException none) {
      return List.of();
    }
  }

  private static Optional<DataException> load() {
    if (LinuxLibraries.ofThisMachine().lack("libOpenCL.so")) {
      return Optional.of(DataException.of("there is no OpenCL library here", INSTALL));
    }
    try {
      unpacked(() -> CL.setExceptionsEnabled(true));
      return Optional.empty();
    } catch (DataException problem) {
      return Optional.of(problem);
    } catch (LinkageError e) {
      return Optional.of(
          DataException.of("the OpenCL library here cannot be loaded: " + e.getMessage(), INSTALL));
    }
  }

  /** JOCL unpacks its native part under a fixed name: into a folder that belongs to the user. */
  private static void unpacked(Runnable first) {
    Path folder = CACHES.own();
    CACHES.require(folder);
    String before = System.getProperty(TEMPORARY);
    System.setProperty(TEMPORARY, folder.toString());
    try {
      first.run();
    } finally {
      System.setProperty(TEMPORARY, before);
    }
  }
}
