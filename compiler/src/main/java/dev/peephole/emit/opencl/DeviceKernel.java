package dev.peephole.emit.opencl;

import dev.peephole.loop.Printed;
import java.util.List;
import java.util.Set;

/**
 * A kernel, and how the host calls it.
 *
 * @param name what it is called
 * @param printed the whole of it, with its equations above it
 * @param arguments what it is called with, by the names that host and kernel share
 * @param grid the work groups, as a call of the runtime's {@code Grid}
 * @param calls the names of the functions that it calls
 */
public record DeviceKernel(
    String name, Printed printed, List<String> arguments, Grid grid, Set<String> calls) {
  public DeviceKernel {
    arguments = List.copyOf(arguments);
    calls = Set.copyOf(calls);
  }

  /** The same kernel, all of whose lines come from somewhere. */
  DeviceKernel marked(Printed.Mark mark) {
    return new DeviceKernel(name, printed.marked(mark), arguments, grid, calls);
  }

  /**
   * How many work groups run it.
   *
   * @param function of the runtime's {@code Grid}
   * @param arguments what it is called with
   */
  public record Grid(String function, String arguments) {
    static Grid items(String count) {
      return new Grid("items", count);
    }
  }
}
