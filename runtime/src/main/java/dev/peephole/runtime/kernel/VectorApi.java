package dev.peephole.runtime.kernel;

import java.lang.module.ModuleFinder;

/** The JDK's Vector API, an incubator module: a JVM has it only if it was started with it. */
public final class VectorApi {
  public static final String MODULE = "jdk.incubator.vector";

  /** Generated code leaves so much room for vectors behind the ends of rows: 512 bits. */
  public static final int MOST_LANES = 16;

  /**
   * Whether this JVM has the module, and the processor's vectors are wide enough to gain by it and
   * no wider than {@link #MOST_LANES}.
   */
  public static final boolean VECTORS =
      ModuleLayer.boot().findModule(MODULE).isPresent() && VectorProduct.isUsable();

  static {
    if (VECTORS) {
      OperatorProfile.fill();
    }
  }

  private VectorApi() {}

  /** Whether this Java has the module, for its compiler and for JVMs to be started with. */
  public static boolean isInstalled() {
    return ModuleFinder.ofSystem().find(MODULE).isPresent();
  }
}
