package dev.peephole.emit;

import dev.peephole.ir.Scan;
import dev.peephole.kernel.Kernel;
import dev.peephole.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What stands above a piece of code: its equations, and beside the last the line of the model. */
public final class Captions {
  private static final int ORIGIN_COLUMN = 62;

  private Captions() {}

  /** A kernel's equations, a line each; those of a recurrence stand above what is in it. */
  public static List<String> of(Kernel kernel) {
    List<String> formulas =
        kernel instanceof Kernel.Recurrence recurrence
            ? List.of(recurrence(recurrence.scan()))
            : kernel.formulas();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < formulas.size(); i++) {
      boolean last = i == formulas.size() - 1;
      String origin = last ? kernel.origin().place() : "";
      lines.add(origin.isEmpty() ? formulas.get(i) : pad(formulas.get(i)) + origin);
    }
    return lines;
  }

  /** The files of the library that some of the lines beside the equations are in. */
  public static Set<String> libraryFiles(Collection<List<Kernel>> phases) {
    Set<String> files = new TreeSet<>();
    phases.forEach(kernels -> kernels.forEach(kernel -> libraryFiles(kernel, files)));
    return files;
  }

  private static void libraryFiles(Kernel kernel, Set<String> files) {
    kernel
        .origin()
        .shown()
        .map(Span::file)
        .filter(file -> file.name().startsWith("std/"))
        .ifPresent(file -> files.add(file.shortName()));
    if (kernel instanceof Kernel.Recurrence recurrence) {
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
