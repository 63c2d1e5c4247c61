package dev.peephole.explain;

import dev.peephole.driver.JavaSources;
import dev.peephole.driver.Network;
import dev.peephole.emit.java.DeviceClass;
import dev.peephole.emit.java.ModelClass;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.explain.Trace.Code;
import dev.peephole.explain.Trace.Piece;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Style;
import dev.peephole.loop.Printed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The code that a network becomes, and which of its lines compute which equations of the page. */
final class CodeFiles {
  private final List<Equations.Entry> equations;

  private CodeFiles(List<Equations.Entry> equations) {
    this.equations = equations;
  }

  /**
   * The Java in both styles, and the kernels for a device.
   *
   * @param textbook the program that the equations are of
   */
  static List<Code> of(Network network, Program textbook, List<Equations.Entry> equations) {
    CodeFiles files = new CodeFiles(equations);
    String name = JavaSources.className(network.name());
    DeviceClass device = new DeviceClass(network.program(), name, Style.FAST);
    return List.of(
        files.code(name + ".java", "textbook", java(textbook, name, Style.TEXTBOOK)),
        files.code(name + ".java", "fast", java(network.program(), name, Style.FAST)),
        files.code(device.kernelFile(), "opencl", device.printedKernels()));
  }

  private static Printed java(Program program, String name, Style style) {
    return new ModelClass(program, name, style, Precision.FLOAT).printed();
  }

  private Code code(String file, String target, Printed printed) {
    List<Piece> pieces = new ArrayList<>();
    for (Printed.Piece piece : printed.pieces()) {
      // A buffer's declaration says its equation itself; marked, it would be the first one shown.
      boolean declares = piece.mark().kind() == Printed.Kind.DECLARATION;
      List<Integer> found = declares ? List.of() : computed(piece, target.equals("textbook"));
      if (!found.isEmpty()) {
        pieces.add(new Piece(piece.from(), piece.to(), found));
      }
    }
    return new Code(file, target, printed.text(), pieces);
  }

  /**
   * The equations that some lines compute.
   *
   * @param exactly whether the code computes each equation by itself, so that its result is enough
   */
  private List<Integer> computed(Printed.Piece piece, boolean exactly) {
    Atoms atoms = Atoms.of(piece.mark().origin());
    List<Integer> results =
        exactly
            ? where(e -> isResult(e, piece.mark().computes()) && e.atoms().meets(atoms))
            : List.of();
    return results.isEmpty() ? where(e -> e.atoms().meets(atoms)) : results;
  }

  private static boolean isResult(Equations.Entry entry, List<Var> results) {
    return entry.kernel().results().stream().anyMatch(out -> results.stream().anyMatch(out::is));
  }

  private List<Integer> where(Predicate<Equations.Entry> test) {
    return IntStream.range(0, equations.size())
        .filter(i -> test.test(equations.get(i)))
        .boxed()
        .toList();
  }
}
