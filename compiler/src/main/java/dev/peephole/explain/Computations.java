package dev.peephole.explain;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.op.Draw;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Matmul;
import dev.peephole.op.Notation;
import dev.peephole.op.ScatterAdd;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes kernels as data that a page can compute with, and put numbers in: lists that begin with a
 * word, in which values are their numbers among the page's.
 *
 * <pre>
 * ["each", out, domain, number]                             a number for each place of a domain
 * ["join", out, domain, axes, op, number, finish]           numbers along axes joined by an op
 * ["product", out, form, left, right, count, rows, inner, columns]     a product of matrices
 * ["scatter", out, rows, label]                             rows summed by their labels
 * ["given", out]                                            noise: its numbers are the example's
 * ["same", out, of]                                         the same numbers
 * ["loop", length, reversed, piece, states, sequences, results, body]      a recurrence
 * </pre>
 *
 * <p>A body is a list of pairs of the number of an equation, −1 if the page has none, and how it is
 * computed.
 *
 * <p>A number of a loop is a constant or one of
 *
 * <pre>
 * ["load", value, place…]      ["op", op, number…]      ["N"]   ["training"]   ["joined"]
 * ["infinite", sign]           ["same", place, place, then, else]
 * ["before", place, limit]     ["within", place, from, to, then, else]
 * </pre>
 *
 * <p>A place along an axis is the number of the loop's axis, or a list of a constant and pairs of a
 * variable and its factor: an axis, {@code "t"}, {@code "T"}, or a label's number. Lengths are
 * those of a {@link Shape}.
 */
final class Computations {
  private final Values values;
  private final Map<String, Integer> ops = new LinkedHashMap<>();

  Computations(Values values) {
    this.values = values;
  }

  /** The ops that were met, by which numbers are written. */
  List<Trace.Notation> ops() {
    return Elementwise.all().stream()
        .filter(op -> ops.containsKey(op.name()))
        .sorted(Comparator.comparing(op -> ops.get(op.name())))
        .map(
            op -> {
              Notation notation = op.ofNumbers();
              return new Trace.Notation(
                  op.name(), notation.template(), notation.binding(), notation.operands());
            })
        .toList();
  }

  /** A kernel that is no recurrence. */
  List<Object> of(Kernel kernel) {
    if (kernel instanceof Kernel.Loop loop) {
      Kernel.Statement only = loop.last();
      return List.of("each", number(only.out()), loop.domain().axes(), number(only.value()));
    } else if (kernel instanceof Kernel.Reduce reduce) {
      Scalar join = reduce.op().join(new Scalar.Local("sofar"), new Scalar.Local("next"));
      return List.of(
          "join",
          number(reduce.out()),
          reduce.domain().axes(),
          reduce.op().axes(),
          op(((Scalar.Apply) join).op()),
          number(reduce.value()),
          number(reduce.finish()));
    } else if (kernel instanceof Kernel.Alias alias) {
      return List.of("same", number(alias.out()), number(alias.of()));
    }
    return call(((Kernel.Call) kernel).equation());
  }

  private List<Object> call(Equation e) {
    if (e.op() instanceof Matmul product) {
      Matmul.Extent extent = product.extent(e.input(0).shape(), e.input(1).shape());
      return List.of(
          "product",
          number(e.out()),
          product.form().name(),
          number(e.input(0)),
          number(e.input(1)),
          extent.count().axes(),
          extent.rows().axes(),
          extent.inner().axes(),
          extent.columns().axes());
    } else if (e.op() instanceof ScatterAdd) {
      return List.of("scatter", number(e.out()), number(e.input(0)), number(e.input(1)));
    } else if (e.op() instanceof Draw) {
      return List.of("given", number(e.out()));
    }
    throw new IllegalStateException("no step of a network computes " + e.op().name());
  }

  /**
   * A recurrence: its states are before a step, after it, of all steps, with their shape and the
   * number that they begin with; sequences and results are one step's, and all steps'.
   */
  List<Object> of(Kernel.Recurrence recurrence, List<Object> body) {
    Recurrence parts = recurrence.parts();
    List<Object> states = new ArrayList<>();
    for (Kernel.State state : recurrence.states()) {
      states.add(
          List.of(
              number(state.before()),
              number(state.of().after()),
              number(state.all()),
              state.before().shape().axes(),
              number(state.first())));
    }
    return List.of(
        "loop",
        parts.length(),
        parts.reversed(),
        parts.piece(),
        states,
        parts.sequences().stream()
            .map(s -> List.of(number(s.formal()), number(s.given())))
            .toList(),
        parts.results().stream().map(r -> List.of(number(r.each()), number(r.all()))).toList(),
        body);
  }

  private int number(Var var) {
    return values.number(var);
  }

  private int op(Op op) {
    return ops.computeIfAbsent(op.name(), name -> ops.size());
  }

  /** A number of a loop. */
  Object number(Scalar scalar) {
    if (scalar instanceof Scalar.Number constant) {
      return Double.isInfinite(constant.value())
          ? List.of("infinite", Math.signum(constant.value()))
          : constant.value();
    } else if (scalar instanceof Scalar.Load load) {
      List<Object> list = new ArrayList<>(List.of("load", number(load.var())));
      load.at().forEach(place -> list.add(place(place)));
      return list;
    } else if (scalar instanceof Scalar.Apply apply) {
      List<Object> list = new ArrayList<>(List.of("op", op(apply.op())));
      apply.inputs().forEach(input -> list.add(number(input)));
      return list;
    } else if (scalar instanceof Scalar.WhereSame where) {
      return List.of(
          "same",
          place(where.left()),
          place(where.right()),
          number(where.then()),
          number(where.otherwise()));
    } else if (scalar instanceof Scalar.WhereWithin where) {
      return List.of(
          "within",
          place(where.position()),
          where.from(),
          where.to(),
          where.step(),
          number(where.then()),
          number(where.otherwise()));
    } else if (scalar instanceof Scalar.Before before) {
      return List.of("before", place(before.position()), number(before.limit()));
    }
    return List.of(
        scalar instanceof Scalar.BatchSize
            ? "N"
            : scalar instanceof Scalar.Training ? "training" : "joined");
  }

  private Object place(Index index) {
    if (index.constant() == 0
        && index.factors().size() == 1
        && index.equals(Index.of(index.factors().keySet().iterator().next()))
        && index.factors().keySet().iterator().next() instanceof Index.Loop loop) {
      return loop.axis();
    }
    List<Object> list = new ArrayList<>(List.of(index.constant()));
    index
        .factors()
        .forEach(
            (variable, factor) -> {
              list.add(variable(variable));
              list.add(factor);
            });
    return list;
  }

  private Object variable(Index.Variable variable) {
    if (variable instanceof Index.Loop loop) {
      return loop.axis();
    } else if (variable instanceof Index.Label label) {
      return number(label.label());
    } else if (variable instanceof Index.Quotient quotient) {
      return List.of("quotient", place(quotient.of()), quotient.by());
    }
    return variable instanceof Index.Time ? "t" : "T";
  }
}
