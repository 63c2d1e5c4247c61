package dev.peephole.runtime.train.command;

import dev.peephole.runtime.kernel.VectorApi;
import dev.peephole.runtime.train.progress.Console;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * A second JVM that has the JDK's vector module, for programs whose own JVM was started without it.
 * Both compute the same bits; the second one is faster.
 */
final class VectorJvm {
  private static final String MODULE = VectorApi.MODULE;

  /** Knows with which options this JVM was started. */
  private static final String OPTIONS = "java.management";

  private static final String PARENT = "peephole.parent";

  private VectorJvm() {}

  /**
   * Runs a main class in such a JVM, with the same options and arguments.
   *
   * @return its exit status; absent if there is nothing to gain, and this JVM may as well go on
   */
  static OptionalInt run(Class<?> main, String[] args, Console console) {
    String parent = System.getProperty(PARENT);
    if (parent != null) {
      endWith(Long.parseLong(parent));
      return OptionalInt.empty();
    }
    if (ModuleLayer.boot().findModule(MODULE).isPresent()) {
      return OptionalInt.empty();
    }
    if (!VectorApi.isInstalled()) {
      console.err().println("note: this Java has no " + MODULE + "; plain loops compute instead");
      return OptionalInt.empty();
    }
    if (ModuleLayer.boot().findModule(OPTIONS).isEmpty()) {
      console.err().println("note: this Java has no " + OPTIONS + "; plain loops compute instead");
      return OptionalInt.empty();
    }
    try {
      Process child = new ProcessBuilder(command(main, args)).inheritIO().start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(child)));
      return OptionalInt.of(child.waitFor());
    } catch (IOException e) {
      console.err().println("note: no second JVM for " + MODULE + ": " + e.getMessage());
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.of(1);
    }
  }

  /** Asks the other JVM to end, and waits until it has saved what it has. */
  private static void end(Process child) {
    child.destroy();
    try {
      child.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> command(Class<?> main, String[] args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("--add-modules", MODULE));
    command.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /** Lets this process end when its parent is gone, even if that was killed. */
  private static void endWith(long parent) {
    Optional<ProcessHandle> handle = ProcessHandle.of(parent);
    handle
        .map(ProcessHandle::onExit)
        .orElse(CompletableFuture.completedFuture(null))
        .thenRun(() -> Runtime.getRuntime().halt(1));
  }
}
