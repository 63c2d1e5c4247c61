package dev.peephole.emit;

import dev.peephole.ir.Scan;
import dev.peephole.kernel.Caption;
import dev.peephole.kernel.Kernel;
import dev.peephole.loop.Printed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What stands above a piece of code: its equations, and beside them the lines of the model. */
public final class Captions {
  private static final int ORIGIN_COLUMN = 62;

  private Captions() {}

  /**
   * A kernel's equations, a line each; those of a recurrence stand above what is in it. Beside
   * those that come from one place it stands once, beside the last.
   */
  public static List<Printed> of(Kernel kernel) {
    List<Caption> captions =
        kernel instanceof Kernel.Recurrence recurrence
            ? List.of(Caption.words(recurrence(recurrence.scan()), kernel.origin()))
            : kernel.captions();
    List<Printed> lines = new ArrayList<>();
    for (int i = 0; i < captions.size(); i++) {
      String place = place(kernel, captions.get(i));
      boolean last = i == captions.size() - 1 || !place.equals(place(kernel, captions.get(i + 1)));
      lines.add(line(captions.get(i), last ? place : ""));
    }
    return lines;
  }

  /** What says something else than an equation has the place of the equation below it. */
  private static String place(Kernel kernel, Caption caption) {
    return caption.of().isPresent() ? caption.origin().place() : kernel.origin().place();
  }

  private static Printed line(Caption caption, String place) {
    String text = place.isEmpty() ? caption.text() : pad(caption.text()) + place;
    Printed.Mark mark =
        new Printed.Mark(Printed.Kind.EQUATION, caption.of().stream().toList(), caption.origin());
    return Printed.of(text + "\n").marked(mark);
  }

  /** The files of the library that some of the lines beside the equations are in. */
  public static Set<String> libraryFiles(Collection<List<Kernel>> phases) {
    Set<String> files = new TreeSet<>();
    phases.forEach(kernels -> kernels.forEach(kernel -> libraryFiles(kernel, files)));
    return files;
  }

  private static void libraryFiles(Kernel kernel, Set<String> files) {
    kernel
        .captions()
        .forEach(c -> c.origin().shownLibrary().ifPresent(f -> files.add(f.shortName())));
    if (kernel instanceof Kernel.Recurrence recurrence) {
      kernel.origin().shownLibrary().ifPresent(f -> files.add(f.shortName()));
      recurrence.body().forEach(inner -> libraryFiles(inner, files));
    }
  }

  /** What a recurrence computes, one time step after another. */
  private static String recurrence(Scan scan) {
    String all = scan.step().name() + ", one time step after another";
    return scan.piece() == 0 ? all : all + ", truncated to " + scan.piece() + " steps";
  }

  private static String pad(String formula) {
    int gap = ORIGIN_COLUMN - formula.codePointCount(0, formula.length());
    return formula + " ".repeat(Math.max(4, gap));
  }
}
