package dev.peephole.emit.opencl;

import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.Layout;
import dev.peephole.emit.ScalarCode;
import dev.peephole.emit.TimeSteps;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import dev.peephole.op.AddRows;
import dev.peephole.op.Draw;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the kernels of a network as functions of OpenCL C. */
final class KernelWriter {
  /** How many labels a group looks at together. */
  private static final int LABELS = 32;

  private final ScalarCode scalars;
  private final Identifiers identifiers;
  private final Layout layout;
  private final Positions positions;
  private final List<String> sizes;
  private final Identifiers names = new Identifiers();

  /**
   * @param sizes what kernels call the numbers of examples and of time steps
   */
  KernelWriter(ScalarCode scalars, Identifiers identifiers, Layout layout, List<String> sizes) {
    this.sizes = sizes;
    this.scalars = scalars;
    this.identifiers = identifiers;
    this.layout = layout;
    this.positions = new Positions(identifiers);
  }

  /**
   * Writes a kernel.
   *
   * @param phase what begins its name
   * @param time the name of the time step, empty outside of recurrences
   * @param captions what stands above it
   */
  DeviceKernel write(Kernel kernel, String phase, String time, List<String> captions) {
    scalars.time(time);
    Signature signature = signature(names.fresh(phase + "_" + resultName(kernel)), time);
    signature.captions(captions);
    DeviceKernel made;
    if (kernel instanceof Kernel.Loop loop) {
      made = loop(loop, signature);
    } else if (kernel instanceof Kernel.Reduce reduce) {
      made = new ReduceWriter(scalars, identifiers, positions).write(reduce, signature);
    } else if (kernel instanceof Kernel.Call call && call.equation().op() instanceof Draw draw) {
      made = noise(call.equation().out(), draw, signature);
    } else if (kernel instanceof Kernel.Call call && call.equation().op() instanceof AddRows) {
      made = sums(call.equation(), signature);
    } else if (kernel instanceof Kernel.Call call) {
      made = new ProductWriter(scalars, identifiers).write(call.equation(), signature);
    } else {
      throw new IllegalArgumentException("no kernel: " + kernel);
    }
    scalars.time("");
    return made;
  }

  private Signature signature(String name, String time) {
    return new Signature(name, sizes, time, layout);
  }

  private String resultName(Kernel kernel) {
    return identifiers.of(kernel.results().get(0));
  }

  /** Random numbers, the same bits as on the CPU but for the rounding of what is normal. */
  private DeviceKernel noise(Var out, Draw draw, Signature signature) {
    signature.writes(out);
    signature.draws(draw.stream());
    String k = identifiers.flatPosition();
    String count = Extents.numbers(out.shape());
    boolean uniform = draw.distribution() == Draw.Distribution.UNIFORM;
    Lines lines = Lines.inKernel();
    lines.item(k, count);
    lines.line(
        "%s = training ? %s(seed, stream, %s) : %s;",
        element(out, k), uniform ? "uniform_number" : "normal_number", k, uniform ? "0.5f" : "0");
    return signature.kernel(Signature.ITEMS, lines, DeviceKernel.Grid.items(count));
  }

  /** For each number of each class, the sum over the rows that are labelled with it. */
  private DeviceKernel sums(Equation equation, Signature signature) {
    Var rows = equation.input(0);
    Var labels = equation.input(1);
    Var out = equation.out();
    signature.reads(rows);
    signature.reads(labels);
    signature.writes(out);
    int width = AddRows.row(rows.shape(), labels.shape()).size();
    Lines lines = Lines.inKernel();
    lines.line("local uint found[1];");
    lines.line("const int row = get_group_id(1);");
    lines.line("const int column = get_global_id(0);");
    lines.list(
        "const float %s = sum_labelled".formatted(identifiers.local("sum")),
        List.of(
            place(rows) + ", " + width + ", column",
            place(labels) + ", " + Extents.numbers(labels.shape()) + ", row",
            "found"),
        ";");
    lines.open("if (column < %s)", width);
    lines.line(
        "%s = %s;",
        element(out, width == 1 ? "row" : "row * " + width + " + column"),
        identifiers.local("sum"));
    lines.close();
    String grid = "1, %s, 1, %s, %s".formatted(((AddRows) equation.op()).classes(), width, LABELS);
    return signature.kernel(
        Signature.group(LABELS, 1), lines, new DeviceKernel.Grid("tiles", grid));
  }

  /** Where a value begins, or that of one time step. */
  private String place(Var var) {
    String start = scalars.start(var);
    return identifiers.of(var) + (start.equals("0") ? "" : " + " + start);
  }

  /** A number of a value, by its place in memory; of one time step's value, if it is timed. */
  private String element(Var var, String place) {
    String start = scalars.start(var);
    return identifiers.of(var) + "[" + (start.equals("0") ? "" : start + " + ") + place + "]";
  }

  private DeviceKernel loop(Kernel.Loop loop, Signature signature) {
    for (Kernel.Statement s : loop.body()) {
      signature.reads(Loads.of(s.value()));
      if (s.stored()) {
        signature.writes(s.out());
      }
    }
    String count = Extents.numbers(loop.domain());
    Lines lines = Lines.inKernel();
    if (!count.equals("1")) {
      boolean flat = loop.isFlat();
      List<Integer> axes = Extents.loopedOver(loop.domain());
      String item = flat ? identifiers.flatPosition() : positions.number(axes, "item");
      lines.item(item, count);
      if (!flat) {
        positions.declare(loop.domain(), axes, item, lines);
      }
      scalars.flat(flat);
    }
    Map<Scalar.Load, String> variables = new HashMap<>();
    for (Kernel.Statement s : loop.body()) {
      if (s.stored() && s.isPart() && Loads.of(loop).contains(s.load())) {
        statement(s, identifiers.local(s.name()), lines);
        variables.put(s.load(), identifiers.local(s.name()));
        scalars.known(variables);
      } else {
        statement(s, s.stored() ? "" : identifiers.of(s.out()), lines);
      }
    }
    scalars.known(Map.of());
    scalars.flat(false);
    return signature.items(count, lines);
  }

  /**
   * @param variable what the number is called if it is needed again, else nothing
   */
  private void statement(Kernel.Statement s, String variable, Lines lines) {
    String value = scalars.real(s.value());
    if (!variable.isEmpty()) {
      lines.line("const float %s = %s;", variable, value);
    }
    if (s.stored()) {
      String to = scalars.element(s.out(), s.at());
      lines.line("%s = %s;", to, variable.isEmpty() ? value : variable);
    }
  }

  /** Writes the kernel that gives a time step the states of the one before, or the initial ones. */
  DeviceKernel carry(
      Kernel.Recurrence recurrence, String phase, String time, List<String> captions) {
    Scan scan = recurrence.scan();
    List<Var> carried = scan.before();
    String name = identifiers.of(carried.get(0));
    Signature signature = signature(names.fresh(phase + "_" + name), time);
    scalars.time(time);
    String first = TimeSteps.begins(scan, time);
    String last = "(" + TimeSteps.before(scan, time) + ") * ";
    Lines lines = Lines.inKernel();
    String longest = longest(carried);
    String k = identifiers.flatPosition();
    lines.item(k, longest);
    for (int i = 0; i < carried.size(); i++) {
      Var to = carried.get(i);
      Scalar initial = recurrence.first().get(i);
      Var states = recurrence.equation().outs().get(i);
      signature.reads(Loads.of(initial));
      signature.writes(to);
      String size = Extents.numbers(to.shape());
      boolean shorter = !size.equals(longest);
      if (shorter) {
        lines.open("if (%s < %s)", k, size);
      }
      String begun =
          initial instanceof Scalar.Load load
              ? identifiers.of(load.var()) + "[" + k + "]"
              : scalars.real(initial);
      if (scan.piece() == 1) {
        lines.line("%s = %s;", element(to, k), begun);
      } else {
        signature.reads(states);
        String before = "%s[%s%s + %s]".formatted(identifiers.of(states), last, size, k);
        lines.line("%s = %s ? %s : %s;", element(to, k), first, begun, before);
      }
      if (shorter) {
        lines.close();
      }
    }
    scalars.time("");
    List<String> above = new ArrayList<>();
    above.add(scan.step().name() + ": the states of the time step before");
    above.addAll(captions);
    signature.captions(above);
    return signature.kernel(Signature.ITEMS, lines, DeviceKernel.Grid.items(longest));
  }

  private static String longest(List<Var> states) {
    return states.stream()
        .map(Var::shape)
        .max(Comparator.comparingInt(shape -> shape.forBatch(1, 1).size()))
        .map(Extents::numbers)
        .orElseThrow();
  }
}
