package dev.peephole.pass.lower;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Function;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Caption;
import dev.peephole.kernel.Inlining;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Schedule;
import dev.peephole.op.Concat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns equations into kernels. Values that keep no buffer are written out where they are read.
 *
 * <pre>
 * before   t = add(xW, b)      h = tanh(t)
 * after    for each k: h[k] = tanh(xW[k] + b[k])
 * </pre>
 */
public final class Fuse {
  private final Set<Optimization> optimizations;
  private final Inlining inlining = new Inlining();
  private final boolean step;
  private final List<Kernel> kernels = new ArrayList<>();
  private final Set<Var> begun = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private Materialized kept;

  public Fuse(Set<Optimization> optimizations) {
    this(optimizations, false);
  }

  private Fuse(Set<Optimization> optimizations, boolean step) {
    this.optimizations = optimizations;
    this.step = step;
  }

  public Schedule run(Function function) {
    kept = new Materialized(function, optimizations, step);
    function.inputs().forEach(v -> names.add(v.name()));
    function.equations().forEach(e -> e.outs().forEach(v -> names.add(v.name())));
    for (Equation e : function.equations()) {
      if (e.op() instanceof Op.Reduction) {
        reduction(e);
      } else if (e.op() instanceof Scan scan) {
        kernels.add(recurrence(e, scan));
      } else if (e.op() instanceof Op.Routine) {
        kernels.add(new Kernel.Call(e, captions(e), origin(e)));
      } else if (e.op() instanceof Op.View) {
        view(e);
      } else if (kept.isSideBySide(e)) {
        sideBySide(e, (Concat) e.op());
      } else if (kept.keeps(e)) {
        pointwise(e);
      } else {
        inlining.inline(e);
      }
    }
    return new Schedule(function.inputs(), List.copyOf(kernels), function.outputs());
  }

  /** A view that has no name of its own is written out in formulas. */
  private void view(Equation e) {
    boolean sameName = e.out().name().equals(e.input(0).name());
    List<Caption> captions = sameName ? List.of() : captions(e);
    kernels.add(new Kernel.Alias(e.out(), e.input(0), captions, e.origin()));
    if (sameName) {
      inlining.view(e);
    }
  }

  private Kernel recurrence(Equation e, Scan scan) {
    List<Kernel> body = new Fuse(optimizations, true).run(scan.step()).kernels();
    Recurrence parts = Recurrence.of(e);
    List<Kernel.State> states = parts.states().stream().map(state -> state(parts, state)).toList();
    return new Kernel.Recurrence(parts, states, body, origin(e));
  }

  /** {@code cPrev = 0} at first, and {@code cPrev = c[t − 1]} later. */
  private Kernel.State state(Recurrence parts, Recurrence.State state) {
    Var initial = state.initial();
    Origin origin =
        parts.step().stream()
            .filter(inside -> inside.outs().contains(state.after()))
            .map(Equation::origin)
            .findFirst()
            .orElse(parts.origin());
    Expression sequence = Expression.of(state.all());
    Expression follows = new Expression.At(sequence, 0, Expression.stepBefore(parts.reversed()));
    return new Kernel.State(
        state,
        inlining.number(initial, Kernel.positions(initial.shape())),
        caption(state.before(), inlining.formula(initial), origin),
        caption(state.before(), follows, origin));
  }

  private void reduction(Equation e) {
    if (kept.isJoined(e)) {
      inlining.inline(e);
    } else {
      kernels.add(reduce(e, e, Kernel.Reduce.JOINED));
    }
  }

  /** A kernel that reduces as {@code reduction} says and then computes {@code last}. */
  private Kernel.Reduce reduce(Equation reduction, Equation last, Scalar finish) {
    Var input = reduction.input(0);
    return new Kernel.Reduce(
        last.out(),
        (Op.Reduction) reduction.op(),
        input.shape(),
        inlining.number(input, Kernel.positions(input.shape())),
        finish,
        captions(last),
        origin(last));
  }

  private void pointwise(Equation e) {
    List<Index> here = Kernel.positions(e.out().shape());
    Optional<Equation> before = kept.joined(e);
    if (before.isPresent()) {
      Inlining after = inlining.replacing(before.get().out(), Kernel.Reduce.JOINED);
      kernels.add(reduce(before.get(), e, after.number(e, here)));
    } else {
      Optional<Op> function = Optional.of(e.op()).filter(op -> kept.isOverArray(e));
      Scalar number =
          function.isPresent() ? inlining.number(e.input(0), here) : inlining.number(e, here);
      kept.part(e.out()).ifPresent(part -> place(e.out(), part));
      Scalar.Load to = inlining.kept(e.out(), here);
      List<Caption> captions = new ArrayList<>(captions(e));
      kept.part(e.out())
          .filter(part -> begun.add(part.whole().out()))
          .ifPresent(part -> captions.addAll(captions(part.whole())));
      Kernel.Statement only =
          new Kernel.Statement(
              e.out().name(), to.var(), to.at(), number, true, captions, origin(e));
      kernels.add(new Kernel.Loop(e.out().shape(), List.of(only), function, origin(e)));
    }
  }

  private void place(Var var, Materialized.Part part) {
    inlining.place(var, part.whole().out(), part.axis(), part.start());
  }

  /** Puts a value together out of those parts that are not in their places yet. */
  private void sideBySide(Equation e, Concat concat) {
    for (int i = 0; i < e.inputs().size(); i++) {
      Var part = e.input(i);
      if (kept.part(part).filter(p -> p.whole() == e).isPresent()) {
        continue;
      }
      List<Index> here = Kernel.positions(part.shape());
      List<Index> there = new ArrayList<>(here);
      there.set(concat.axis(), here.get(concat.axis()).shifted(concat.start(i, e.inputs())));
      Scalar number = inlining.number(part, here);
      List<Caption> captions = begun.add(e.out()) ? captions(e) : List.of();
      Kernel.Statement only =
          new Kernel.Statement(part.name(), e.out(), there, number, true, captions, origin(e));
      kernels.add(new Kernel.Loop(part.shape(), List.of(only), Optional.empty(), origin(e)));
    }
  }

  /**
   * The equation's, with those that are written out in it; a constant among these may be that of
   * any other equation with the same one.
   */
  private Origin origin(Equation e) {
    List<Origin> parts =
        inlining.within(e).stream()
            .filter(part -> !inlining.isConstant(part))
            .map(Equation::origin)
            .toList();
    return Origin.equal("fuse", List.of(e.origin()), parts);
  }

  private List<Caption> captions(Equation e) {
    return List.of(caption(e.out(), inlining.formula(e), origin(e)));
  }

  private Caption caption(Var left, Expression right, Origin origin) {
    return Caption.of(Caption.Equality.of(left, right, names), origin);
  }
}
