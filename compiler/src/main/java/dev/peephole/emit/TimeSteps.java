package dev.peephole.emit;

import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;

/** Writes what a recurrence does with its time steps, in words that Java and OpenCL C share. */
public final class TimeSteps {
  private TimeSteps() {}

  /** The head of the loop: {@code for (int t = 0; t < 50; t++)}. */
  public static String loop(Scan scan, String t) {
    return scan.reversed()
        ? "for (int %1$s = %2$s; %1$s >= 0; %1$s--)".formatted(t, Extents.last(scan.length()))
        : "for (int %1$s = 0; %1$s < %2$s; %1$s++)".formatted(t, Extents.length(scan.length()));
  }

  /** The step whose states are those before step t. */
  public static String before(Scan scan, String t) {
    return t + (scan.reversed() ? " + 1" : " - 1");
  }

  /** Whether the states before step t are the initial ones. */
  public static String begins(Scan scan, String t) {
    boolean open = scan.length() == Shape.OPEN;
    String first = t + " == " + (scan.reversed() ? Extents.last(scan.length()) : 0);
    if (scan.piece() == 0 || !open && scan.piece() >= scan.length()) {
      return first;
    }
    String left = scan.reversed() ? t + " + 1" : Extents.length(scan.length()) + " - " + t;
    String cut = "(" + left + ") % " + scan.piece() + " == 0";
    return !open && scan.length() % scan.piece() == 0 ? cut : first + " || " + cut;
  }
}
