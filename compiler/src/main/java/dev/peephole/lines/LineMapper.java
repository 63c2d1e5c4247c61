package dev.peephole.lines;

import dev.peephole.driver.JavaSources;
import dev.peephole.driver.Network;
import dev.peephole.emit.java.DeviceClass;
import dev.peephole.emit.java.ModelClass;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Program;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Style;
import dev.peephole.loop.Printed;
import dev.peephole.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes the map of a network's lines, in both styles and for a device. */
public final class LineMapper {
  private final List<LineMap.Source> sources = new ArrayList<>();
  private final Map<Var, Integer> declared = new LinkedHashMap<>();

  private LineMapper() {}

  /** The map of a network. */
  public static LineMap of(Network network) {
    LineMapper mapper = new LineMapper();
    Program checked = network.checked();
    mapper.collect(checked.step(), LineMap.Kind.EQUATION);
    checked.parameters().forEach(p -> mapper.collect(p.initializer(), LineMap.Kind.INITIALIZER));
    checked.states().forEach(s -> mapper.collect(s.initializer(), LineMap.Kind.INITIALIZER));
    checked.groups().stream()
        .flatMap(group -> group.optimizer().functions().stream())
        .forEach(function -> mapper.collect(function, LineMap.Kind.OPTIMIZER));
    checked.inputs().forEach(v -> mapper.declared(v, LineMap.Kind.INPUT));
    checked.targets().forEach(v -> mapper.declared(v, LineMap.Kind.TARGET));
    for (int i = 0; i < checked.parameters().size(); i++) {
      mapper.declared(checked.weights().get(i), checked.parameters().get(i));
    }
    for (int i = 0; i < checked.states().size(); i++) {
      mapper.declared(checked.kept().get(i).before(), checked.states().get(i));
    }
    return new LineMap(checked.name(), mapper.sources, mapper.files(network));
  }

  private void declared(Var var, LineMap.Kind kind) {
    add(var, kind, var.declaration().orElseThrow(), Optional.empty());
  }

  /** A parameter of the library's is where the model applies what declares it. */
  private void declared(Var var, Program.Parameter parameter) {
    Origin.Written first = (Origin.Written) parameter.initializer().equations().get(0).origin();
    boolean own = first.model().file() == parameter.span().file();
    add(
        var,
        LineMap.Kind.PARAMETER,
        own ? parameter.span() : first.model(),
        own ? Optional.empty() : Optional.of(parameter.span()));
  }

  private void add(Var var, LineMap.Kind kind, Span model, Optional<Span> library) {
    int number = sources.size() + 1;
    declared.put(var, number);
    sources.add(new LineMap.Source(number, kind, var.name(), "", model, library));
  }

  /** The number of what is declared, if the value is. */
  private Optional<Integer> number(Var var) {
    return declared.entrySet().stream()
        .filter(each -> each.getKey().is(var))
        .map(Map.Entry::getValue)
        .findFirst();
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

  private List<LineMap.File> files(Network network) {
    String name = JavaSources.className(network.name());
    DeviceClass device = new DeviceClass(network.program(Style.FAST), name, Style.FAST);
    return List.of(
        java(network, name + "Textbook", Style.TEXTBOOK, LineMap.Target.TEXTBOOK),
        java(network, name, Style.FAST, LineMap.Target.FAST),
        file(device.kernelFile(), LineMap.Target.OPENCL, device.printedKernels()),
        file(name + ".java", LineMap.Target.DEVICE, device.printed()));
  }

  private LineMap.File java(Network network, String name, Style style, LineMap.Target target) {
    Program program = network.program(style);
    Printed printed = new ModelClass(program, name, style, Precision.FLOAT).printed();
    return file(name + ".java", target, printed);
  }

  private LineMap.File file(String name, LineMap.Target target, Printed printed) {
    List<LineMap.Piece> pieces =
        printed.pieces().stream()
            .map(this::piece)
            .sorted(
                Comparator.comparing(LineMap.Piece::from)
                    .thenComparing(Comparator.comparing(LineMap.Piece::to).reversed())
                    .thenComparing(LineMap.Piece::kind))
            .toList();
    return new LineMap.File(name, target, printed.text(), pieces);
  }

  private LineMap.Piece piece(Printed.Piece piece) {
    Origin origin = piece.mark().origin();
    Set<Integer> from = new TreeSet<>(numbers(origin));
    if (piece.mark().kind() == Printed.Kind.DECLARATION
        || piece.mark().kind() == Printed.Kind.PADDING) {
      piece.mark().computes().forEach(var -> number(var).ifPresent(from::add));
    }
    return new LineMap.Piece(
        piece.from(),
        piece.to(),
        piece.mark().kind(),
        piece.mark().computes().stream().map(Var::name).toList(),
        List.copyOf(from),
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
