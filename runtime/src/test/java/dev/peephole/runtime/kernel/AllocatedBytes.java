package dev.peephole.runtime.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * A program that prints the bytes that a call of each function over an array allocates when warm.
 */
final class AllocatedBytes {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int COUNT = 1024;
  private static final int CALLS = 3000;
  private static final float[] X = new float[COUNT];

  private AllocatedBytes() {}

  public static void main(String[] args) {
    print("exp", () -> ArrayMath.exp(X, 0, COUNT));
    print("sigmoid", () -> ArrayMath.sigmoid(X, 0, COUNT));
    print("tanh", () -> ArrayMath.tanh(X, 0, COUNT));
  }

  private static void print(String name, Runnable call) {
    repeat(call);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    repeat(call);
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    System.out.println(name + " " + bytes / CALLS);
  }

  private static void repeat(Runnable call) {
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
  }
}
