package dev.peephole.emit.java.vector;

import dev.peephole.emit.Identifiers;
import dev.peephole.emit.Lowering;
import dev.peephole.emit.ReduceLoops;
import dev.peephole.emit.Scope;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Statement;
import dev.peephole.op.Elementwise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the statements of one loop along rows for a vector of numbers. */
final class VectorBody {
  private static final Expr SPECIES = new Expr.Variable("SPECIES", Kind.OTHER);

  private final Shape domain;
  private final Map<Var, Integer> shared;
  private final Lowering numbers;
  private final Identifiers identifiers;
  private final Scope scope;
  private final Map<Scalar, String> named = new HashMap<>();
  private final List<Statement> code = new ArrayList<>();

  /**
   * @param numbers writes numbers of the model, and where they are
   * @param shared where copies begin of values that are read from those
   */
  VectorBody(Shape domain, Lowering numbers, Scope scope, Map<Var, Integer> shared) {
    this.domain = domain;
    this.shared = shared;
    this.numbers = numbers;
    this.identifiers = numbers.identifiers();
    this.scope = scope;
  }

  /** The statements of a loop. */
  List<Statement> of(List<Kernel.Statement> body) {
    List<Statement> all = new ArrayList<>();
    List<Scalar.Load> loads = new ArrayList<>();
    body.forEach(s -> loads.addAll(Loads.of(s.value())));
    for (int i = 0; i < body.size(); i++) {
      Kernel.Statement s = body.get(i);
      Loads.of(s.value()).stream()
          .filter(load -> varies(load) && isReadAgain(load, loads))
          .forEach(this::name);
      statement(s, body.subList(i + 1, body.size()));
      all.add(new Statement.From(s.out(), s.origin(), List.copyOf(code)));
      code.clear();
    }
    return all;
  }

  /** A sum over the outer axes, along whose rows it is built up. */
  List<Statement> sum(Kernel.Reduce reduce, List<Index> at) {
    Scalar.Load sofar = new Scalar.Load(reduce.out(), at);
    store(new Expr.Method(read(sofar), "add", List.of(expression(reduce.value()))), sofar);
    return List.of(new Statement.From(reduce.out(), reduce.origin(), code));
  }

  /** What is joined of a vector of results: before the loops over it, in them and after them. */
  record Joins(Statement begin, Statement join, Statement end) {}

  /**
   * A reduction of numbers of as many rows as are joined, to numbers of one row.
   *
   * @param out where that is
   */
  Joins joins(Kernel.Reduce reduce, Scalar.Load out) {
    String name = identifiers.local(reduce.op().joined());
    Expr start = broadcast(new Expr.Real(reduce.op().start()));
    named.put(Kernel.Reduce.JOINED, name);
    Scalar joined = reduce.op().join(Kernel.Reduce.JOINED, reduce.value());
    return new Joins(
        new Statement.Declare(Kind.VECTOR, name, start, true),
        new Statement.Assign(variable(name), expression(joined)),
        stored(vector(ReduceLoops.finish(reduce)), out));
  }

  private static boolean isReadAgain(Scalar.Load load, List<Scalar.Load> all) {
    return all.stream().filter(load::equals).count() > 1;
  }

  /** Reads a vector once, under the name of its array if that is free. */
  private void name(Scalar.Load load) {
    String name = identifiers.of(load.var());
    if (!named.containsKey(load) && !named.containsValue(name)) {
      declare(name, read(load));
      named.put(load, name);
    }
  }

  private void statement(Kernel.Statement s, List<Kernel.Statement> below) {
    Expr value = vector(s.value());
    named.remove(s.load());
    if (below.stream().anyMatch(later -> Loads.of(later.value()).contains(s.load()))) {
      String name = s.isPart() ? identifiers.local(s.name()) : identifiers.of(s.out());
      if (!named.containsValue(name)) {
        declare(name, value);
        named.put(s.load(), name);
        value = variable(name);
      }
    }
    if (s.stored()) {
      store(value, s.load());
    }
  }

  private static Expr variable(String name) {
    return new Expr.Variable(name, Kind.VECTOR);
  }

  private void declare(String name, Expr value) {
    code.add(new Statement.Declare(Kind.VECTOR, name, value, false));
  }

  private Expr read(Scalar.Load load) {
    List<Expr> arguments = List.of(SPECIES, array(load), place(load));
    return new Expr.Call(Precision.VECTORS.simpleName(), "fromArray", arguments);
  }

  private void store(Expr value, Scalar.Load load) {
    code.add(stored(value, load));
  }

  private Statement stored(Expr value, Scalar.Load load) {
    List<Expr> arguments = List.of(array(load), place(load));
    return new Statement.Perform(new Expr.Method(value, "intoArray", arguments));
  }

  private Expr array(Scalar.Load load) {
    return shared.containsKey(load.var())
        ? Expr.array(VectorLoops.SHARED)
        : numbers.array(load.var());
  }

  private Expr place(Scalar.Load load) {
    Expr start = Expr.whole(shared.getOrDefault(load.var(), 0));
    return start.plus(numbers.place(load.var(), load.at(), scope));
  }

  private boolean varies(Scalar scalar) {
    return Rows.vary(domain, scalar);
  }

  /** The expression, as a vector even if it is the same number all along a row. */
  private Expr vector(Scalar scalar) {
    if (varies(scalar)) {
      return expression(scalar);
    }
    return broadcast(numbers.real(scalar, scope));
  }

  private Expr broadcast(Expr number) {
    return new Expr.Call(Precision.VECTORS.simpleName(), "broadcast", List.of(SPECIES, number));
  }

  /** The expression: a vector, or a number that is the same all along a row. */
  private Expr expression(Scalar scalar) {
    if (!varies(scalar)) {
      return numbers.real(scalar, scope);
    }
    if (named.containsKey(scalar)) {
      return variable(named.get(scalar));
    } else if (scalar instanceof Scalar.Load load) {
      return read(load);
    }
    Scalar.Apply apply = (Scalar.Apply) scalar;
    Elementwise op = (Elementwise) apply.op();
    List<Scalar> inputs = apply.inputs();
    boolean numberFirst = !varies(inputs.get(0));
    if (numberFirst && (op == Elementwise.ADD || op == Elementwise.MULTIPLY)) {
      inputs = List.of(inputs.get(1), inputs.get(0));
    }
    List<Expr> written = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      written.add(i == op.vectorAsked() ? vector(inputs.get(i)) : expression(inputs.get(i)));
    }
    return new Expr.Vector(op, written);
  }
}
