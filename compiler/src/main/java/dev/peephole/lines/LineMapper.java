package dev.peephole.lines;

import dev.peephole.driver.JavaSources;
import dev.peephole.driver.Network;
import dev.peephole.emit.java.DeviceClass;
import dev.peephole.emit.java.ModelClass;
import dev.peephole.emit.java.Precision;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Program;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Style;
import dev.peephole.loop.Printed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes the map of a network's lines, in both styles and for a device. */
public final class LineMapper {
  private final List<LineMap.Source> sources = new ArrayList<>();

  private LineMapper() {}

  /** The map of a network. */
  public static LineMap of(Network network) {
    LineMapper mapper = new LineMapper();
    Program checked = network.checked();
    mapper.collect(checked.step(), LineMap.Kind.EQUATION);
    checked.parameters().forEach(p -> mapper.collect(p.initializer(), LineMap.Kind.INITIALIZER));
    checked.optimizer().ifPresent(o -> mapper.collect(o.step(), LineMap.Kind.OPTIMIZER));
    return new LineMap(checked.name(), mapper.sources, files(network));
  }

  private void collect(Function function, LineMap.Kind kind) {
    for (Equation e : function.equations()) {
      Origin.Written origin = (Origin.Written) e.origin();
      sources.add(
          new LineMap.Source(
              origin.number(),
              kind,
              e.out().name(),
              e.op().name(),
              origin.model(),
              origin.library()));
      if (e.op() instanceof Scan scan) {
        collect(scan.step(), kind);
      }
    }
  }

  private static List<LineMap.File> files(Network network) {
    String name = JavaSources.className(network.name());
    DeviceClass device = new DeviceClass(network.program(Style.FAST), name, Style.FAST);
    return List.of(
        java(network, name + "Textbook", Style.TEXTBOOK, LineMap.Target.TEXTBOOK),
        java(network, name, Style.FAST, LineMap.Target.FAST),
        file(device.kernelFile(), LineMap.Target.OPENCL, device.printedKernels()));
  }

  private static LineMap.File java(
      Network network, String name, Style style, LineMap.Target target) {
    Program program = network.program(style);
    Printed printed = new ModelClass(program, name, style, Precision.FLOAT).printed();
    return file(name + ".java", target, printed);
  }

  private static LineMap.File file(String name, LineMap.Target target, Printed printed) {
    List<LineMap.Piece> pieces =
        printed.pieces().stream()
            .map(LineMapper::piece)
            .sorted(
                Comparator.comparing(LineMap.Piece::from)
                    .thenComparing(Comparator.comparing(LineMap.Piece::to).reversed())
                    .thenComparing(LineMap.Piece::kind))
            .toList();
    return new LineMap.File(name, target, printed.text(), pieces);
  }

  private static LineMap.Piece piece(Printed.Piece piece) {
    Origin origin = piece.mark().origin();
    return new LineMap.Piece(
        piece.from(),
        piece.to(),
        piece.mark().kind(),
        piece.mark().computes().stream().map(Var::name).toList(),
        numbers(origin),
        origin.gradientOf().stream()
            .map(of -> of.value().name())
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList(),
        origin.shares().stream().map(LineMapper::share).toList(),
        List.copyOf(origin.passes()));
  }

  private static LineMap.Share share(Origin.Share share) {
    return new LineMap.Share(
        numbers(share.forward()),
        share.rule(),
        share.input() == Origin.ALL ? Optional.empty() : Optional.of(share.input()));
  }

  private static List<Integer> numbers(Origin origin) {
    return origin.written().stream().map(Origin.Written::number).sorted().distinct().toList();
  }
}
