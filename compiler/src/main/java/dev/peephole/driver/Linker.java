package dev.peephole.driver;

import dev.peephole.driver.JavaSources.Target;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.opencl.Device;
import dev.peephole.runtime.opencl.DeviceModel;
import dev.peephole.runtime.opencl.DeviceName;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Compiles networks in memory and loads them. */
public final class Linker {
  private Linker() {}

  /** What the runtime trains on the CPU. */
  public static Program program(Compilation compilation, Network network, Style style) {
    return program(compilation, network, style, DeviceName.CPU);
  }

  /**
   * What the runtime trains: the same classes as in a trainer jar.
   *
   * @param network one with a plan
   * @param device what computes: {@code cpu}, {@code opencl} or {@code opencl:N}
   * @throws dev.peephole.runtime.data.DataException if there is no such device
   */
  public static Program program(
      Compilation compilation, Network network, Style style, String device) {
    boolean open = DeviceName.isOpenCl(device);
    JavaSources sources = JavaSources.of(network, style, open ? Target.OPENCL : Target.CPU);
    ClassLoader loader = MemoryCompiler.compile(sources.files()).loader();
    Path folder =
        Optional.ofNullable(Path.of(compilation.main().name()).getParent()).orElse(Path.of(""));
    return new Program(
        plan(loader, sources.training().orElseThrow()),
        open
            ? onDevice(loader, sources.model(), Device.open(device))
            : supplier(loader, sources.model()),
        supplier(loader, sources.textbook()),
        folder,
        ProgramFiles.of(compilation, sources),
        Optional.of(new FirstNotFinite(network.program())));
  }

  /**
   * A network that a device computes.
   *
   * @param plan how it is trained, if the model file says so
   */
  public record OnDevice(DeviceModel model, Optional<Plan> plan) {}

  /**
   * The network on a device.
   *
   * @throws dev.peephole.runtime.data.DataException if the driver cannot compile its kernels
   */
  public static OnDevice onDevice(Network network, Style style, Device device) {
    JavaSources sources = JavaSources.of(network, style, Target.OPENCL);
    ClassLoader loader = MemoryCompiler.compile(sources.files()).loader();
    return new OnDevice(
        (DeviceModel) onDevice(loader, sources.model(), device).get(),
        sources.training().map(training -> plan(loader, training)));
  }

  /** The network in double precision. */
  public static Model inDouble(Network network, Style style) {
    JavaSources sources = JavaSources.inDouble(network, style);
    return supplier(MemoryCompiler.compile(sources.files()).loader(), sources.model()).get();
  }

  private static Plan plan(ClassLoader loader, String training) {
    try {
      return (Plan) loader.loadClass(training).getMethod("plan").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Supplier<Model> supplier(ClassLoader loader, String name) {
    return made(loader, name, List.of(), List.of());
  }

  /** A network that a device computes; the class's constructor takes it. */
  public static Supplier<Model> onDevice(ClassLoader loader, String name, Device device) {
    return made(loader, name, List.of(Device.class), List.of(device));
  }

  private static Supplier<Model> made(
      ClassLoader loader, String name, List<Class<?>> types, List<Object> arguments) {
    try {
      Constructor<?> constructor =
          loader.loadClass(name).getConstructor(types.toArray(Class<?>[]::new));
      return () -> {
        try {
          return (Model) constructor.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
          if (e.getCause() instanceof DataException problem) {
            throw problem;
          }
          throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      };
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
