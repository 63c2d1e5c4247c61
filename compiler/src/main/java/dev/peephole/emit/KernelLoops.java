package dev.peephole.emit;

import dev.peephole.ir.Origin;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Statement;
import dev.peephole.op.Elementwise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Writes kernels in the loop language, for targets that run one statement after another. */
public final class KernelLoops {
  private final Lowering numbers;
  private final Identifiers identifiers;
  private final Routines routines;
  private final RowStarts starts;
  private final boolean flattens;
  private final ReduceLoops reductions;

  /**
   * @param starts where rows begin, such as behind what vectors have done of them
   * @param flattens whether one loop goes through all places where that is possible
   */
  public KernelLoops(Lowering numbers, Routines routines, RowStarts starts, boolean flattens) {
    this.flattens = flattens;
    this.numbers = numbers;
    this.identifiers = numbers.identifiers();
    this.routines = routines;
    this.starts = starts;
    this.reductions = new ReduceLoops(numbers, starts);
  }

  /** A kernel under its equations. */
  public Statement.Step step(Kernel kernel, Scope scope) {
    if (kernel instanceof Kernel.Loop loop) {
      return new Statement.Step(kernel, loop(loop, scope));
    } else if (kernel instanceof Kernel.Reduce reduce) {
      return new Statement.Step(kernel, reductions.of(reduce, scope));
    } else if (kernel instanceof Kernel.Call call) {
      return new Statement.Step(kernel, from(kernel, routines.call(call.equation(), scope)));
    } else if (kernel instanceof Kernel.Recurrence recurrence) {
      return new Statement.Step(kernel, recurrence(recurrence));
    }
    return new Statement.Step(kernel, List.of());
  }

  static List<Statement> from(Kernel kernel, List<Statement> body) {
    return List.of(new Statement.From(kernel.results().get(0), kernel.origin(), body));
  }

  private List<Statement> recurrence(Kernel.Recurrence recurrence) {
    String t = identifiers.time();
    List<Statement> all = new ArrayList<>(routines.before(recurrence));
    List<Statement> steps = new ArrayList<>();
    if (!recurrence.states().isEmpty()) {
      steps.addAll(carry(recurrence, t));
    }
    recurrence.body().stream()
        .filter(kernel -> !(kernel instanceof Kernel.Alias))
        .forEach(kernel -> steps.add(step(kernel, Scope.at(t))));
    all.add(TimeSteps.loop(recurrence.parts(), t, steps));
    return all;
  }

  /** The states of the step before, or the initial ones. */
  public List<Statement> carry(Kernel.Recurrence recurrence, String t) {
    Recurrence scan = recurrence.parts();
    Scope scope = Scope.at(t);
    Expr step = Expr.position(t);
    List<Statement> first = new ArrayList<>();
    List<Statement> later = new ArrayList<>();
    for (Kernel.State state : recurrence.states()) {
      Var before = state.before();
      Expr size = Extents.size(before.shape());
      String to = identifiers.of(before);
      String states = identifiers.of(state.all());
      Expr place = numbers.start(before, scope);
      boolean atZero = scan.piece() == 0 && !scan.reversed();
      Expr begun = atZero ? Expr.whole(0) : place;
      Origin origin = state.origin();
      first.add(Captions.of(state.begins()));
      first.add(from(before, origin, begin(state.first(), step, to, begun, size)));
      Expr start = TimeSteps.before(scan, step).times(size);
      later.add(Captions.of(state.follows()));
      later.add(from(before, origin, new Statement.Copy(states, start, to, place, size)));
    }
    return scan.piece() == 1
        ? first
        : List.of(new Statement.If(TimeSteps.begins(scan, step), first, later));
  }

  private static Statement from(Var value, Origin origin, Statement statement) {
    return new Statement.From(value, origin, List.of(statement));
  }

  /** Writes what a state begins with, a buffer or a number in all places, to its own buffer. */
  private Statement begin(Scalar first, Expr t, String to, Expr place, Expr size) {
    if (first instanceof Scalar.Load load) {
      return new Statement.Copy(identifiers.of(load.var()), Expr.whole(0), to, place, size);
    }
    Expr end = place.is(0) ? size : t.plus(1).times(size);
    Statement.Range range = new Statement.Range(place, end);
    return new Statement.Fill(to, Optional.of(range), numbers.real(first, Scope.OUTSIDE));
  }

  private List<Statement> loop(Kernel.Loop loop, Scope outer) {
    if (fills(loop)) {
      Kernel.Statement only = loop.body().get(0);
      Expr value = numbers.real(only.value(), outer);
      return List.of(from(only.out(), only.origin(), fill(numbers, only.out(), value, outer)));
    }
    Shape domain = loop.domain();
    List<Integer> axes = Extents.loopedOver(domain);
    boolean flat = flattens && axes.size() > 1 && loop.isFlat();
    String place = identifiers.flat(domain, outer);
    Scope scope = flat ? outer.flat(place) : identifiers.over(domain, outer);
    List<Statement> body = new ArrayList<>();
    for (Kernel.Statement s : loop.body()) {
      body.addAll(Captions.above(loop, s));
      body.add(statement(s, scope));
    }
    List<Statement> all = new ArrayList<>();
    if (flat) {
      all.add(Statement.loop(place, Extents.size(domain), body));
    } else {
      all.addAll(overAxes(scope, domain, axes, starts.of(loop, scope), body));
    }
    loop.function().ifPresent(op -> all.add(function((Elementwise) op, loop.last(), outer)));
    return all;
  }

  /**
   * Loops over some axes of a domain, the last of them innermost.
   *
   * @param scope knows the positions
   * @param starts where they begin
   */
  public static List<Statement> overAxes(
      Scope scope,
      Shape domain,
      List<Integer> axes,
      RowStarts.Starts starts,
      List<Statement> innermost) {
    return overAxes(scope, domain, axes, starts, (loop, body) -> body, innermost);
  }

  /**
   * The same, where the body of each loop is put inside of something else.
   *
   * @param inside gets the number of the loop, the outermost being 0, with its body, and at last −1
   *     with all loops
   */
  static List<Statement> overAxes(
      Scope scope,
      Shape domain,
      List<Integer> axes,
      RowStarts.Starts starts,
      BiFunction<Integer, List<Statement>, List<Statement>> inside,
      List<Statement> innermost) {
    List<Statement> body = innermost;
    for (int i = axes.size() - 1; i >= 0; i--) {
      String position = scope.positions().get(axes.get(i));
      Expr outer = i == 0 ? starts.outermost() : Expr.whole(0);
      Expr first = i == axes.size() - 1 ? starts.innermost().plus(outer) : outer;
      Expr length = Extents.length(domain.axis(axes.get(i)));
      body = List.of(Statement.loop(position, first, length, inside.apply(i, body)));
    }
    return inside.apply(-1, body);
  }

  private Statement statement(Kernel.Statement s, Scope scope) {
    Expr value = numbers.real(s.value(), scope);
    return from(
        s.out(),
        s.origin(),
        s.stored()
            ? new Statement.Assign(numbers.element(s.out(), s.at(), scope), value)
            : new Statement.Declare(Kind.REAL, identifiers.of(s.out()), value, false));
  }

  /** A function of all numbers of an array, in their places. */
  private Statement function(Elementwise op, Kernel.Statement last, Scope scope) {
    Var var = last.out();
    List<Expr> arguments =
        List.of(numbers.array(var), numbers.start(var, scope), Extents.size(var.shape()));
    Expr call = new Expr.Call("ArrayMath", op.code().function(), arguments);
    return from(var, last.origin(), new Statement.Perform(call));
  }

  /** Writes a number everywhere in a value; in a recurrence, in that of this time step. */
  static Statement fill(Lowering numbers, Var var, Expr value, Scope scope) {
    Expr start = numbers.start(var, scope);
    Statement.Range range = new Statement.Range(start, start.plus(Extents.size(var.shape())));
    return new Statement.Fill(
        numbers.identifiers().of(var), start.is(0) ? Optional.empty() : Optional.of(range), value);
  }

  /** Whether a loop writes one constant everywhere. */
  private static boolean fills(Kernel.Loop loop) {
    Kernel.Statement only = loop.body().get(0);
    return loop.body().size() == 1
        && loop.function().isEmpty()
        && only.stored()
        && only.out().shape().equals(loop.domain())
        && loop.domain().rank() > 0
        && loop.domain().fixed()
        && only.value() instanceof Scalar.Number;
  }
}
