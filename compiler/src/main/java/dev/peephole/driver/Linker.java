package dev.peephole.driver;

import dev.peephole.kernel.Style;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.train.Plan;
import dev.peephole.runtime.train.Program;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Compiles networks in memory and loads them. */
public final class Linker {
  private Linker() {}

  /**
   * What the runtime trains: the same classes as in a trainer jar.
   *
   * @param network one with a plan
   */
  public static Program program(Compilation compilation, Network network, Style style) {
    JavaSources sources = JavaSources.of(network, style);
    ClassLoader loader = MemoryCompiler.compile(sources.files()).loader();
    Path folder =
        Optional.ofNullable(Path.of(compilation.main().name()).getParent()).orElse(Path.of(""));
    return new Program(
        plan(loader, sources.training().orElseThrow()),
        supplier(loader, sources.model()),
        supplier(loader, sources.textbook()),
        folder,
        ProgramFiles.of(compilation, sources));
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
    try {
      Constructor<?> constructor = loader.loadClass(name).getConstructor();
      return () -> {
        try {
          return (Model) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      };
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
