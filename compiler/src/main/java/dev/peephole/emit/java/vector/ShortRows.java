package dev.peephole.emit.java.vector;

import dev.peephole.emit.Extents;
import dev.peephole.emit.Lowering;
import dev.peephole.emit.ReduceLoops;
import dev.peephole.emit.Scope;
import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Operator;
import dev.peephole.loop.Statement;
import dev.peephole.runtime.kernel.VectorApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Loops over many short rows, such as the channels of each pixel, a vector a row or several. What
 * the last vector of a row writes behind its end is of no use, and the next row writes over it; so
 * the last example, behind which there is nothing, is left to the loops themselves. A value that
 * all rows share is copied to where there is something behind it.
 *
 * <pre>
 * arraycopy(model.b, 0, model.rows, 0, 6);
 * for (int n = 0; n &lt; N - 1; n++) {
 *   for (int i = 0; i &lt; 784; i++) {
 *     for (int k = 0; k &lt; 6; k += LANES) {
 *       fromArray(SPECIES, model.z, (n * 784 + i) * 6 + k).add(fromArray(SPECIES, model.rows, k)) …
 * </pre>
 *
 * Vectors of fewer lanes would do without that, but the just-in-time compiler of JDK 17 makes
 * objects of vectors as soon as there are two species in a program.
 */
final class ShortRows {
  /** Where values that all rows share are, with room behind each. */
  static final String SHARED = "rows";

  /** Shorter rows are for numbers. */
  private static final int SHORTEST = 4;

  /** The room for a value that rows share. */
  private static final int ROOM = Rows.SHORTEST + VectorApi.MOST_LANES;

  private final Kernel kernel;
  private final Shape domain;
  private final Scope scope;
  private final int axis;
  private final Lowering numbers;
  private final Map<Var, Integer> shared = new LinkedHashMap<>();

  /**
   * @param numbers writes numbers of the model, and where they are
   */
  ShortRows(Kernel kernel, Shape domain, Lowering numbers, Scope scope) {
    this.kernel = kernel;
    this.domain = domain;
    this.scope = scope;
    this.axis = domain.rank() - 1;
    this.numbers = numbers;
    Loads.of(kernel).stream()
        .filter(load -> isShared(load) && varies(load))
        .forEach(load -> shared.putIfAbsent(load.var(), shared.size() * ROOM));
  }

  /** Whether rows are short, and vectors may read behind their ends. */
  private boolean canBeRead() {
    int length = domain.axis(axis);
    return length >= SHORTEST
        && length < Rows.SHORTEST
        && domain.axis(0) == Shape.BATCH
        && domain.example().fixed()
        && scope.time().isEmpty()
        && Loads.of(kernel).stream().filter(this::varies).allMatch(this::hasRoom);
  }

  /**
   * Whether vectors may go through the loop.
   *
   * @param inOneArray whether two values are in the same array
   */
  boolean suit(Kernel.Loop loop, BiPredicate<Var, Var> inOneArray) {
    boolean filled = domain.axis(axis) % VectorApi.MOST_LANES == 0;
    List<Index> here = Kernel.positions(domain);
    return canBeRead()
        && loop.body().stream()
            .filter(Kernel.Statement::stored)
            .allMatch(
                s ->
                    filled
                        || s.at().equals(here) && hasRoom(s.out()) && isApart(s.out(), inOneArray));
  }

  /** Whether vectors of what is summed may go through the reduction, which gives one row. */
  boolean suitSum(Kernel.Reduce reduce) {
    return canBeRead() && reduce.out().shape().rank() == 1;
  }

  /** Whether vectors of results may go through the reduction. */
  boolean suitResults(Kernel.Reduce reduce, BiPredicate<Var, Var> inOneArray) {
    return canBeRead() && hasRoom(reduce.out()) && isApart(reduce.out(), inOneArray);
  }

  private boolean varies(Scalar.Load load) {
    return Loads.dependsOn(load, axis);
  }

  private boolean isShared(Scalar.Load load) {
    return load.var().shape().rank() == 1 && load.at().equals(List.of(Index.loop(axis)));
  }

  private boolean hasRoom(Scalar.Load load) {
    return isShared(load) || load.at().get(0).equals(Index.loop(0)) && hasRoom(load.var());
  }

  /** Whether a vector behind the end of an example's numbers is within the next one's. */
  private static boolean hasRoom(Var var) {
    Shape shape = var.shape();
    return shape.rank() > 1
        && shape.axis(0) == Shape.BATCH
        && shape.example().fixed()
        && shape.example().size() >= VectorApi.MOST_LANES;
  }

  /** Whether a result is not where anything else is read. */
  private boolean isApart(Var out, BiPredicate<Var, Var> inOneArray) {
    return Loads.of(kernel).stream()
        .map(Scalar.Load::var)
        .noneMatch(read -> read != out && inOneArray.test(out, read));
  }

  /** The room for values that rows share. */
  int room() {
    return shared.size() * ROOM;
  }

  /** The statements of a loop in all places. */
  List<Statement> of(Kernel.Loop loop) {
    return code(over(outer(), vectors(body().of(loop.body()))));
  }

  /** A sum over the outer axes: all of a vector's before the next one's. */
  List<Statement> sum(Kernel.Reduce reduce) {
    List<Statement> all = new ArrayList<>(copies());
    Scalar.Load here = new Scalar.Load(reduce.out(), List.of(Index.loop(axis)));
    shared.put(reduce.out(), room());
    VectorBody.Joins joins = body().joins(reduce, here);
    all.addAll(vectors(around(joins, over(outer(), List.of(joins.join())), reduce)));
    all.add(copy(reduce.out(), true));
    return all;
  }

  /** A reduction over axes between, one result after another. */
  List<Statement> results(Kernel.Reduce reduce) {
    Scalar.Load out = new Scalar.Load(reduce.out(), ReduceLoops.target(reduce));
    VectorBody.Joins joins = body().joins(reduce, out);
    List<Integer> reduced = outer().stream().filter(reduce.op().axes()::contains).toList();
    List<Integer> kept = outer().stream().filter(a -> !reduced.contains(a)).toList();
    return code(over(kept, vectors(around(joins, over(reduced, List.of(joins.join())), reduce))));
  }

  private static List<Statement> around(
      VectorBody.Joins joins, List<Statement> loops, Kernel.Reduce reduce) {
    List<Statement> all = new ArrayList<>();
    all.add(joins.begin());
    all.addAll(loops);
    all.add(joins.end());
    return List.of(new Statement.From(reduce.out(), reduce.origin(), all));
  }

  private List<Statement> code(List<Statement> loops) {
    List<Statement> all = new ArrayList<>(copies());
    all.addAll(loops);
    return all;
  }

  private List<Statement> copies() {
    return shared.keySet().stream().map(var -> copy(var, false)).toList();
  }

  /** Copies a value that rows share to where there is room, or from there. */
  private Statement copy(Var var, boolean back) {
    Expr length = Expr.whole(domain.axis(axis));
    Expr place = Expr.whole(shared.get(var));
    String value = ((Expr.Variable) numbers.array(var)).name();
    return back
        ? new Statement.Copy(VectorLoops.SHARED, place, value, Expr.whole(0), length)
        : new Statement.Copy(value, Expr.whole(0), VectorLoops.SHARED, place, length);
  }

  private VectorBody body() {
    return new VectorBody(domain, numbers, scope, shared);
  }

  /** All axes with a loop but the last one. */
  private List<Integer> outer() {
    List<Integer> axes = Extents.loopedOver(domain);
    return axes.subList(0, axes.size() - 1);
  }

  /** Loops over some axes, over the examples up to the one before the last. */
  private List<Statement> over(List<Integer> axes, List<Statement> innermost) {
    List<Statement> body = innermost;
    for (int i = axes.size() - 1; i >= 0; i--) {
      int each = axes.get(i);
      Expr length = Extents.length(domain.axis(each));
      Expr below = each == 0 ? length.plus(-1) : length;
      body = List.of(Statement.loop(scope.positions().get(each), below, body));
    }
    return body;
  }

  /** The vectors of a row. */
  private List<Statement> vectors(List<Statement> body) {
    String k = scope.positions().get(axis);
    Expr test = Expr.position(k).compared(Operator.LESS, Expr.whole(domain.axis(axis)));
    Expr lanes = new Expr.Variable("LANES", Kind.OTHER);
    return List.of(new Statement.For(k, Expr.whole(0), test, Operator.PLUS, lanes, body));
  }
}
