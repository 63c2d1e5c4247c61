package dev.peephole.emit;

import dev.peephole.ir.Origin;
import dev.peephole.ir.Recurrence;
import dev.peephole.kernel.Caption;
import dev.peephole.kernel.Kernel;
import dev.peephole.loop.Printed;
import dev.peephole.loop.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What stands above a piece of code: its equations, and beside them the lines of the model. */
public final class Captions {
  private static final int ORIGIN_COLUMN = 62;
  private static final int GAP = 4;

  /** What fits into a line below some loops, with the place in the model. */
  private static final int WIDTH = 87;

  private static final String CONTINUED = "    ";
  private static final List<String> SIGNS = List.of(" + ", " − ", " if ", " else ");
  private static final List<String> PRODUCTS = List.of(" · ", " ⊙ ");

  private Captions() {}

  /**
   * A kernel's equations, a line each; those of a recurrence stand above what is in it. Beside
   * those that come from one place it stands once, beside the last.
   */
  public static List<Printed> of(Kernel kernel) {
    List<Caption> captions =
        kernel instanceof Kernel.Recurrence recurrence
            ? List.of(Caption.words(recurrence(recurrence.parts()), kernel.origin()))
            : kernel.captions();
    return lines(captions, kernel.origin());
  }

  /** Those of them that do not stand above a statement of their own. */
  public static List<Printed> above(Kernel kernel) {
    return kernel instanceof Kernel.Loop loop && loop.body().size() > 1 ? List.of() : of(kernel);
  }

  /** What stands above a statement of a loop, if it is not all above the loop. */
  public static List<Statement> above(Kernel.Loop loop, Kernel.Statement statement) {
    return loop.body().size() == 1 || statement.captions().isEmpty()
        ? List.of()
        : List.of(new Statement.Comment(lines(statement.captions(), statement.origin())));
  }

  /** An equation as a statement that says it. */
  static Statement of(Caption caption) {
    return new Statement.Comment(lines(List.of(caption), caption.origin()));
  }

  private static List<Printed> lines(List<Caption> captions, Origin origin) {
    List<Printed> lines = new ArrayList<>();
    for (int i = 0; i < captions.size(); i++) {
      String place = place(captions.get(i), origin);
      boolean last = i == captions.size() - 1 || !place.equals(place(captions.get(i + 1), origin));
      lines.add(line(captions.get(i), last ? place : ""));
    }
    return lines;
  }

  /** What says something else than an equation has the place of the equation below it. */
  private static String place(Caption caption, Origin below) {
    return caption.of().isPresent() ? caption.origin().place() : below.place();
  }

  private static Printed line(Caption caption, String place) {
    String formula = broken(caption.text(), place.isEmpty() ? WIDTH : WIDTH - GAP - place.length());
    int last = formula.lastIndexOf('\n') + 1;
    String beside = place.isEmpty() ? "" : pad(formula.substring(last)) + place;
    String text = place.isEmpty() ? formula : formula.substring(0, last) + beside;
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
  private static String recurrence(Recurrence scan) {
    String all = scan.name() + ", one time step after another";
    return scan.piece() == 0 ? all : all + ", truncated to " + scan.piece() + " steps";
  }

  private static String pad(String formula) {
    int gap = ORIGIN_COLUMN - formula.codePointCount(0, formula.length());
    return formula + " ".repeat(Math.max(GAP, gap));
  }

  /**
   * A formula that goes on in further lines if it is long, each with a sign in front. Only where
   * lines end is found in the text; nothing is learned from it.
   */
  public static String broken(String formula, int width) {
    StringBuilder lines = new StringBuilder();
    String rest = formula;
    String indent = "";
    while (indent.length() + rest.length() > width) {
      int place = breakBefore(rest, width - indent.length());
      if (place < 0) {
        break;
      }
      lines.append(indent).append(rest, 0, place).append('\n');
      rest = rest.substring(place + 1);
      indent = CONTINUED;
    }
    return lines + indent + rest;
  }

  /** The last blank before a sign, or else before that of a product; negative if there is none. */
  private static int breakBefore(String formula, int width) {
    int place = breakBefore(formula, width, SIGNS);
    return place < 0 ? breakBefore(formula, width, PRODUCTS) : place;
  }

  /** The last blank before a sign that is in as few brackets as can be, and not in an index. */
  private static int breakBefore(String formula, int width, List<String> signs) {
    int best = -1;
    int least = Integer.MAX_VALUE;
    int depth = 0;
    int index = 0;
    for (int i = 0; i < formula.length() && i <= width; i++) {
      char c = formula.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      index += c == '[' ? 1 : c == ']' ? -1 : 0;
      int at = i;
      boolean before = signs.stream().anyMatch(s -> formula.startsWith(s, at));
      if (index == 0 && depth <= least && i > 0 && before) {
        best = i;
        least = depth;
      }
    }
    return best;
  }
}
