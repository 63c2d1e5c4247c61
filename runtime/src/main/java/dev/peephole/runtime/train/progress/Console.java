package dev.peephole.runtime.train.progress;

import java.io.PrintStream;

/**
 * Where a run prints to.
 *
 * @param out results and events
 * @param err progress and errors
 * @param terminal whether somebody looks at {@code err} while it is written, so that a line may be
 *     drawn over
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {

  /** The console of this process. */
  public static Console system() {
    boolean dumb = "dumb".equals(System.getenv("TERM")) || System.getenv("NO_COLOR") != null;
    return new Console(System.out, System.err, !dumb && hasTerminal());
  }

  /** Since JDK 22 a process has a console even without a terminal, and that console can tell. */
  private static boolean hasTerminal() {
    if (System.console() == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
    } catch (ReflectiveOperationException before22) {
      return true;
    }
  }

  /** Prints a line of results, at once. */
  public void print(String line) {
    out.println(line);
    out.flush();
  }
}
