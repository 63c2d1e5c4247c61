package dev.peephole.pass;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Function;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Inlining;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Schedule;
import dev.peephole.kernel.Style;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns equations into kernels. Values that keep no buffer are written out where they are read.
 *
 * <pre>
 * before   t = add(xW, b)      h = tanh(t)
 * after    for each k: h[k] = tanh(xW[k] + b[k])
 * </pre>
 */
public final class Fuse {
  private final Style style;
  private final boolean arrays;
  private final Inlining inlining = new Inlining();
  private final Map<Var, Kernel> kernels = new LinkedHashMap<>();
  private Kept kept;

  /** For code whose values may live in variables. */
  public Fuse(Style style) {
    this(style, false);
  }

  /**
   * @param arrays whether functions may run over the arrays that values live in
   */
  public Fuse(Style style, boolean arrays) {
    this.style = style;
    this.arrays = arrays;
  }

  public Schedule run(Function function) {
    kept = new Kept(function, style, arrays);
    for (Equation e : function.equations()) {
      if (e.op() instanceof Op.Reduction) {
        reduction(e);
      } else if (e.op() instanceof Scan scan) {
        kernels.put(e.out(), recurrence(e, scan));
      } else if (e.op() instanceof Op.Routine) {
        kernels.put(e.out(), new Kernel.Call(e, formulas(e), e.origin()));
      } else if (e.op() instanceof Op.View) {
        kernels.put(e.out(), new Kernel.Alias(e.out(), e.input(0), formulas(e), e.origin()));
      } else if (kept.keeps(e)) {
        pointwise(e);
      } else {
        inlining.inline(e);
      }
    }
    return new Schedule(function.inputs(), List.copyOf(kernels.values()), function.outputs());
  }

  private Kernel recurrence(Equation e, Scan scan) {
    List<Kernel> body = new Fuse(style, arrays).run(scan.step()).kernels();
    Schedule schedule = new Schedule(scan.step().inputs(), body, scan.step().outputs());
    Schedule merged =
        style == Style.FAST
            ? new MergeLoops(new HashSet<>(scan.step().outputs())).run(schedule)
            : schedule;
    List<Scalar> first =
        e.inputs().subList(0, scan.carried()).stream()
            .map(state -> inlining.number(state, Kernel.positions(state.shape())))
            .toList();
    return new Kernel.Recurrence(e, first, merged.kernels(), e.origin());
  }

  private void reduction(Equation e) {
    if (kept.isJoined(e)) {
      inlining.inline(e);
    } else {
      kernels.put(e.out(), reduce(e, e, Kernel.Reduce.JOINED, formulas(e)));
    }
  }

  /** A kernel that reduces as {@code reduction} says and then computes {@code last}. */
  private Kernel.Reduce reduce(
      Equation reduction, Equation last, Scalar finish, List<String> formulas) {
    Var input = reduction.input(0);
    return new Kernel.Reduce(
        last.out(),
        (Op.Reduction) reduction.op(),
        input.shape(),
        inlining.number(input, Kernel.positions(input.shape())),
        finish,
        formulas,
        last.origin());
  }

  private void pointwise(Equation e) {
    List<Index> here = Kernel.positions(e.out().shape());
    Optional<Equation> before = kept.joined(e);
    if (before.isPresent()) {
      Inlining after = inlining.replacing(before.get().out(), Kernel.Reduce.JOINED);
      kernels.put(e.out(), reduce(before.get(), e, after.number(e, here), formulas(e)));
    } else {
      Optional<Op> function = Optional.of(e.op()).filter(op -> kept.isOverArray(e));
      Scalar number =
          function.isPresent() ? inlining.number(e.input(0), here) : inlining.number(e, here);
      List<Kernel.Statement> body = List.of(new Kernel.Statement(e.out(), number, true));
      kernels.put(
          e.out(), new Kernel.Loop(e.out().shape(), body, function, formulas(e), e.origin()));
    }
  }

  private List<String> formulas(Equation e) {
    Formula right = inlining.formula(e);
    return List.of(e.out().name() + " = " + right.text());
  }
}
