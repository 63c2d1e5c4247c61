package dev.peephole.cli;

import dev.peephole.runtime.opencl.DeviceName;
import java.util.Optional;
import picocli.CommandLine.Option;

/** For what a command compiles a network. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = DeviceName.CPU,
      description = "what is to compute: cpu (default) or opencl")
  private String device;

  /** The name of the OpenCL device; nothing if it is the CPU. */
  Optional<String> openCl() {
    DeviceName.require(device);
    return Optional.of(device).filter(DeviceName::isOpenCl);
  }
}
