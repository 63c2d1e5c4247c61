package dev.peephole.emit;

import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.kernel.Kernel;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Statement;
import dev.peephole.op.Sum;
import java.util.ArrayList;
import java.util.List;

/** Writes reductions in the loop language. */
public final class ReduceLoops {
  private final Lowering numbers;
  private final Identifiers identifiers;
  private final RowStarts starts;

  ReduceLoops(Lowering numbers, RowStarts starts) {
    this.numbers = numbers;
    this.identifiers = numbers.identifiers();
    this.starts = starts;
  }

  List<Statement> of(Kernel.Reduce reduce, Scope outer) {
    Scope scope = identifiers.over(reduce.domain(), outer);
    List<Integer> kept = reduce.domain().others(reduce.op().axes());
    boolean outerFirst =
        !kept.isEmpty()
            && reduce.op().axes().stream().allMatch(a -> a < kept.get(0))
            && reduce.finish() == Kernel.Reduce.JOINED;
    return KernelLoops.from(reduce, outerFirst ? inPlace(reduce, scope) : each(reduce, scope));
  }

  /** The place of the result that a place of the domain goes to. */
  public static List<Index> target(Kernel.Reduce reduce) {
    return reduce.domain().others(reduce.op().axes()).stream()
        .map(axis -> Kernel.position(reduce.domain(), axis))
        .toList();
  }

  /** Goes through the domain once, and joins each number with what is there already. */
  private List<Statement> inPlace(Kernel.Reduce reduce, Scope scope) {
    Expr start = new Expr.Real(reduce.op().start());
    Expr out = numbers.element(reduce.out(), target(reduce), scope);
    List<Integer> axes = Extents.loopedOver(reduce.domain());
    List<Statement> all = new ArrayList<>();
    all.add(KernelLoops.fill(numbers, reduce.out(), start, scope));
    RowStarts.Starts begin = starts.inPlace(reduce, scope);
    all.addAll(joined(reduce, out, scope, axes, begin));
    return all;
  }

  /** For each place that is kept, joins the numbers in a variable; a single one in its own. */
  private List<Statement> each(Kernel.Reduce reduce, Scope scope) {
    Shape domain = reduce.domain();
    List<Integer> looped = Extents.loopedOver(domain);
    List<Integer> inner = reduce.op().axes().stream().filter(looped::contains).toList();
    List<Integer> outer = looped.stream().filter(a -> !reduce.op().axes().contains(a)).toList();
    Expr out = numbers.element(reduce.out(), target(reduce), scope);
    Expr start = new Expr.Real(reduce.op().start());
    String name = identifiers.local(reduce.op().joined());
    Expr joined = outer.isEmpty() ? out : Expr.real(name);
    List<Statement> body = new ArrayList<>();
    body.add(
        outer.isEmpty()
            ? new Statement.Assign(out, start)
            : new Statement.Declare(Kind.REAL, name, start, true));
    body.addAll(joined(reduce, joined, scope, inner, RowStarts.Starts.ZERO));
    Expr finished = finished(numbers, reduce, joined, scope);
    if (!finished.equals(out)) {
      body.add(new Statement.Assign(out, finished));
    }
    return KernelLoops.overAxes(scope, domain, outer, starts.each(reduce, scope), body);
  }

  /**
   * Joins the numbers along some axes with what there is so far; what adds nothing is left out.
   *
   * @param begin where the positions begin
   */
  private List<Statement> joined(
      Kernel.Reduce reduce, Expr sofar, Scope scope, List<Integer> axes, RowStarts.Starts begin) {
    Guarded guarded =
        reduce.op() instanceof Sum
            ? Guarded.of(reduce.value())
            : new Guarded(List.of(), reduce.value());
    Statement join = join(numbers, reduce, sofar, numbers.number(guarded.term(), scope));
    return KernelLoops.overAxes(
        scope,
        reduce.domain(),
        axes,
        begin,
        (loop, body) -> guarded.asked(axes, loop, numbers, scope, body),
        List.of(join));
  }

  /** The statement that joins a number with what there is so far. */
  public static Statement join(Lowering numbers, Kernel.Reduce reduce, Expr sofar, Expr next) {
    if (reduce.op() instanceof Sum) {
      return new Statement.Accumulate(sofar, next);
    }
    Scalar other = new Scalar.Local("next");
    Scope both = Scope.OUTSIDE.knowing(Kernel.Reduce.JOINED, sofar).knowing(other, next);
    Scalar joined = reduce.op().join(Kernel.Reduce.JOINED, other);
    return new Statement.Assign(sofar, numbers.number(joined, both));
  }

  /** What becomes of a joined number, whose place is one of the domain's axes that are kept. */
  public static Expr finished(Lowering numbers, Kernel.Reduce reduce, Expr joined, Scope scope) {
    return numbers.number(finish(reduce), scope.knowing(Kernel.Reduce.JOINED, joined));
  }

  /** What becomes of a joined number, its place said by positions in the domain. */
  public static Scalar finish(Kernel.Reduce reduce) {
    List<Integer> kept = reduce.domain().others(reduce.op().axes());
    return reduce
        .finish()
        .substitute(
            variable ->
                variable instanceof Index.Loop loop
                    ? Index.loop(kept.get(loop.axis()))
                    : Index.of(variable));
  }
}
