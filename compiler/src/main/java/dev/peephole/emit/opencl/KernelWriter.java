package dev.peephole.emit.opencl;

import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.Layout;
import dev.peephole.emit.Lowering;
import dev.peephole.emit.Scope;
import dev.peephole.emit.TimeSteps;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Operator;
import dev.peephole.loop.Printed;
import dev.peephole.loop.Statement;
import dev.peephole.op.Draw;
import dev.peephole.op.ScatterAdd;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes the kernels of a network as functions of OpenCL C. */
final class KernelWriter {
  /** How many labels a group looks at together. */
  private static final int LABELS = 32;

  private final Lowering numbers;
  private final Identifiers identifiers;
  private final Layout layout;
  private final List<String> sizes;
  private final Identifiers names = new Identifiers();

  /**
   * @param sizes what kernels call the numbers of examples and of time steps
   */
  KernelWriter(Lowering numbers, Layout layout, List<String> sizes) {
    this.sizes = sizes;
    this.numbers = numbers;
    this.identifiers = numbers.identifiers();
    this.layout = layout;
  }

  /**
   * Writes a kernel.
   *
   * @param phase what begins its name
   * @param time the name of the time step, empty outside of recurrences
   * @param captions what stands above it
   */
  DeviceKernel write(Kernel kernel, String phase, String time, Printed captions) {
    Scope scope = Scope.at(time);
    Signature signature = signature(names.fresh(phase + "_" + resultName(kernel)), time);
    signature.captions(captions);
    if (kernel instanceof Kernel.Loop loop) {
      return loop(loop, scope, signature);
    } else if (kernel instanceof Kernel.Reduce reduce) {
      return new ReduceWriter(numbers, scope).write(reduce, signature);
    } else if (kernel instanceof Kernel.Call call && call.equation().op() instanceof Draw draw) {
      return noise(call, draw, scope, signature);
    } else if (kernel instanceof Kernel.Call call && call.equation().op() instanceof ScatterAdd) {
      return sums(call, scope, signature);
    } else if (kernel instanceof Kernel.Call call) {
      return new ProductWriter(numbers, scope).write(call, signature);
    }
    throw new IllegalArgumentException("no kernel: " + kernel);
  }

  private Signature signature(String name, String time) {
    return new Signature(name, sizes, time, layout);
  }

  private String resultName(Kernel kernel) {
    return identifiers.of(kernel.results().get(0));
  }

  private static Statement from(Kernel kernel, List<Statement> body) {
    return new Statement.From(kernel.results().get(0), kernel.origin(), body);
  }

  /** Random numbers, the same bits as on the CPU but for the rounding of what is normal. */
  private DeviceKernel noise(Kernel.Call call, Draw draw, Scope scope, Signature signature) {
    Var out = call.equation().out();
    signature.writes(out);
    signature.draws(draw.stream());
    String k = identifiers.flat(out.shape(), scope);
    Expr count = Extents.size(out.shape());
    boolean uniform = draw.distribution() == Draw.Distribution.UNIFORM;
    Expr number =
        Items.call(
            uniform ? "uniform_number" : "normal_number",
            Expr.real("seed"),
            Expr.real("stream"),
            Expr.position(k));
    Expr mean = uniform ? new Expr.Real(0.5) : Expr.whole(0);
    Expr value = new Expr.Choice(new Expr.Training(), number, mean);
    List<Statement> body = new ArrayList<>(Items.forEach(k, count));
    Expr to = element(out, Expr.position(k), scope);
    body.add(from(call, List.of(new Statement.Assign(to, value))));
    return signature.items(count, body);
  }

  /** For each number of each class, the sum over the rows that are labelled with it. */
  private DeviceKernel sums(Kernel.Call call, Scope scope, Signature signature) {
    Equation equation = call.equation();
    Var rows = equation.input(0);
    Var labels = equation.input(1);
    Var out = equation.out();
    signature.reads(rows);
    signature.reads(labels);
    signature.writes(out);
    int width = ScatterAdd.row(rows.shape(), labels.shape()).size();
    Expr row = Expr.position("row");
    Expr column = Expr.position("column");
    String sum = identifiers.local("sum");
    Expr found =
        Items.call(
            "sum_labelled",
            begin(rows, scope),
            Expr.whole(width),
            column,
            begin(labels, scope),
            Extents.size(labels.shape()),
            row,
            Expr.array("found"));
    Expr place = width == 1 ? row : row.times(Expr.whole(width)).plus(column);
    List<Statement> body =
        List.of(
            Items.shared("uint", "found", 1),
            Items.position("row", Items.group(1)),
            Items.position("column", Items.global(0)),
            new Statement.Declare(Kind.REAL, sum, found, false),
            Items.where(
                column.compared(Operator.LESS, Expr.whole(width)),
                List.of(new Statement.Assign(element(out, place, scope), Expr.real(sum)))));
    String grid =
        "1, %s, 1, %s, %s".formatted(((ScatterAdd) equation.op()).classes(), width, LABELS);
    return signature.kernel(
        Signature.group(LABELS, 1),
        List.of(from(call, body)),
        new DeviceKernel.Grid("tiles", grid));
  }

  /** Where a value begins, or that of one time step. */
  private Expr begin(Var var, Scope scope) {
    return numbers.array(var).plus(numbers.start(var, scope));
  }

  /** A number of a value, by its place in memory; of one time step's value, if it is timed. */
  private Expr element(Var var, Expr place, Scope scope) {
    return numbers.element(var, numbers.start(var, scope).plus(place));
  }

  private DeviceKernel loop(Kernel.Loop loop, Scope outer, Signature signature) {
    for (Kernel.Statement s : loop.body()) {
      signature.reads(Loads.of(s.value()));
      if (s.stored()) {
        signature.writes(s.out());
      }
    }
    Expr count = Extents.size(loop.domain());
    List<Statement> body = new ArrayList<>();
    Scope scope = outer;
    if (!count.is(1)) {
      boolean flat = loop.isFlat();
      List<Integer> axes = Extents.loopedOver(loop.domain());
      scope = identifiers.over(loop.domain(), outer);
      Positions positions = new Positions(loop.domain(), scope);
      boolean single = axes.size() == 1;
      String item =
          flat && !single ? identifiers.flat(loop.domain(), outer) : positions.number(axes, "item");
      body.addAll(Items.forEach(item, count));
      if (flat) {
        scope = outer.flat(item);
      } else {
        body.addAll(positions.declare(axes, item));
      }
    }
    for (Kernel.Statement s : loop.body()) {
      boolean again = s.stored() && s.isPart() && Loads.of(loop).contains(s.load());
      String variable =
          again ? identifiers.local(s.name()) : s.stored() ? "" : identifiers.of(s.out());
      body.add(new Statement.From(s.out(), s.origin(), statement(s, variable, scope)));
      scope = again ? scope.knowing(s.load(), Expr.real(variable)) : scope;
    }
    return signature.items(count, body);
  }

  /**
   * @param variable what the number is called if it is needed again, else nothing
   */
  private List<Statement> statement(Kernel.Statement s, String variable, Scope scope) {
    Expr value = numbers.real(s.value(), scope);
    List<Statement> lines = new ArrayList<>();
    if (!variable.isEmpty()) {
      lines.add(new Statement.Declare(Kind.REAL, variable, value, false));
    }
    if (s.stored()) {
      Expr to = numbers.element(s.out(), s.at(), scope);
      lines.add(new Statement.Assign(to, variable.isEmpty() ? value : Expr.real(variable)));
    }
    return lines;
  }

  /** Writes the kernel that gives a time step the states of the one before, or the initial ones. */
  DeviceKernel carry(Kernel.Recurrence recurrence, String phase, String time, Printed captions) {
    List<Var> carried = recurrence.before();
    Signature signature =
        signature(names.fresh(phase + "_" + identifiers.of(carried.get(0))), time);
    Expr longest = longest(carried);
    String k = identifiers.flat(carried.get(0).shape(), Scope.at(time));
    List<Statement> body = new ArrayList<>(Items.forEach(k, longest));
    for (Kernel.State state : recurrence.states()) {
      Expr size = Extents.size(state.before().shape());
      Statement.From one = from(recurrence.parts(), state, time, Expr.position(k), signature);
      Expr inside = Expr.position(k).compared(Operator.LESS, size);
      body.add(size.equals(longest) ? one : Items.where(inside, List.of(one)));
    }
    String above = recurrence.parts().name() + ": the states of the time step before\n";
    signature.captions(Printed.joined(List.of(Printed.of(above), captions)));
    return signature.kernel(
        Signature.ITEMS, body, DeviceKernel.Grid.items(Signature.text(longest)));
  }

  /** One number of a state before a time step. */
  private Statement.From from(
      Recurrence scan, Kernel.State state, String time, Expr k, Signature signature) {
    Scope scope = Scope.at(time);
    Expr t = Expr.position(time);
    Var to = state.before();
    Scalar initial = state.first();
    signature.reads(Loads.of(initial));
    signature.writes(to);
    Expr value =
        initial instanceof Scalar.Load load
            ? numbers.element(load.var(), k)
            : numbers.real(initial, Scope.OUTSIDE);
    if (scan.piece() != 1) {
      Var states = state.all();
      signature.reads(states);
      Expr place = TimeSteps.before(scan, t).times(Extents.size(to.shape())).plus(k);
      Expr before = numbers.element(states, place);
      value = new Expr.Choice(TimeSteps.begins(scan, t), value, before);
    }
    Statement assign = new Statement.Assign(element(to, k, scope), value);
    return new Statement.From(to, state.origin(), List.of(assign));
  }

  private static Expr longest(List<Var> states) {
    return states.stream()
        .map(Var::shape)
        .max(Comparator.comparingInt(shape -> shape.forBatch(1, 1).size()))
        .map(Extents::size)
        .orElseThrow();
  }
}
