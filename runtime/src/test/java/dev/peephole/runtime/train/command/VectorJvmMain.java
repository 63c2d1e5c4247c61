package dev.peephole.runtime.train.command;

import dev.peephole.runtime.train.progress.Console;
import java.util.Arrays;
import java.util.OptionalInt;

/** Says whether the JVM that does the work has the vector module, and ends with status 7. */
final class VectorJvmMain {
  private VectorJvmMain() {}

  public static void main(String[] args) {
    OptionalInt status = VectorJvm.run(VectorJvmMain.class, args, Console.system());
    if (status.isPresent()) {
      System.exit(status.getAsInt());
    }
    boolean vector = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    String memory = System.getProperty("test.option");
    System.out.println(vector + " " + memory + " " + Arrays.toString(args));
    System.exit(7);
  }
}
