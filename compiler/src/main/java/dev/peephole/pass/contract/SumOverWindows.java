package dev.peephole.pass.contract;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.FromWindows;
import dev.peephole.op.Matmul;
import dev.peephole.op.Reshape;
import dev.peephole.op.Sum;
import dev.peephole.op.Transpose;
import dev.peephole.op.Windows;
import dev.peephole.pass.simplify.EliminateDeadCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes products of windows as the sums by which a convolution is defined, so that no matrix of
 * windows is between the image and what is computed of it. The gradient for the image comes out as
 * a convolution with the kernel flipped.
 *
 * <pre>
 * before   patches = windows of x     z = reshape(patches) · W     dW = reshape(patches)ᵀ · dz
 *          dx = Σ from_windows of reshape(dz · Wᵀ)
 * after    z[n, u, k]  = Σ over i, j of x[n, u + i, j] · W[i, j, k]
 *          dW[i, j, k] = Σ over n, u of x[n, u + i, j] · dz[n, u, k]
 *          dx[n, u, j] = Σ over i, k of dz[n, u − i, k] · W[i, j, k]
 * </pre>
 *
 * Recurrences are left alone.
 */
public final class SumOverWindows implements Pass {
  private static final String NAME = Pass.nameOf(SumOverWindows.class);

  @Override
  public Function run(Function function) {
    return new EliminateDeadCode().run(new Search(function).run());
  }

  /** One function, by what computes and what reads each value. */
  private static final class Search {
    private final Function function;
    private final Map<Var, Equation> definitions = new HashMap<>();
    private final Map<Var, List<Equation>> readers = new HashMap<>();

    Search(Function function) {
      this.function = function;
      for (Equation e : function.equations()) {
        e.outs().forEach(out -> definitions.put(out, e));
        e.inputs().forEach(x -> readers.computeIfAbsent(x, v -> new ArrayList<>()).add(e));
      }
    }

    Function run() {
      Map<Equation, List<Equation>> instead = new HashMap<>();
      Set<Equation> gone = new HashSet<>();
      for (Equation e : function.equations()) {
        if (e.op() instanceof Matmul) {
          List<Equation> way = new ArrayList<>(List.of(e));
          sum(e, way)
              .ifPresent(
                  sum -> {
                    gone.addAll(way);
                    instead.put(way.get(way.size() - 1), sum);
                  });
        }
      }
      List<Equation> equations = new ArrayList<>();
      for (Equation e : function.equations()) {
        equations.addAll(instead.getOrDefault(e, gone.contains(e) ? List.of() : List.of(e)));
      }
      return function.withEquations(equations);
    }

    /**
     * A product as a sum, if windows have to do with it.
     *
     * @param way the product, to which is added what becomes of it
     */
    private Optional<List<Equation>> sum(Equation product, List<Equation> way) {
      List<Equation> left = back(product.input(0));
      List<Equation> right = back(product.input(1));
      Optional<Contraction> found = Contraction.of(product, left, right);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Contraction contraction = found.get();
      Optional<Equation> next = next(product);
      while (next.isPresent() && contraction.then(next.get().op())) {
        way.add(next.get());
        next = next(next.get());
      }
      boolean windows =
          !contraction.spreads().isEmpty()
              || contraction.sides().stream().anyMatch(side -> isOfWindows(side.value()));
      List<Equation> all = new ArrayList<>(left);
      all.addAll(right);
      all.addAll(way);
      Equation last = way.get(way.size() - 1);
      Origin origin =
          Origin.equal(NAME, List.of(last.origin()), all.stream().map(Equation::origin).toList());
      return contraction
          .domain()
          .filter(domain -> windows)
          .map(domain -> new ContractionEquations(contraction, domain, origin).to(last.out()));
    }

    /** The ops that move the numbers of a value until they are those of a side. */
    private List<Equation> back(Var side) {
      LinkedList<Equation> way = new LinkedList<>();
      Equation e = definitions.get(side);
      while (e != null && moves(e)) {
        way.addFirst(e);
        e = definitions.get(e.input(0));
      }
      return way;
    }

    /** Whether an op only moves numbers; axes that a value has taken apart stay so. */
    private static boolean moves(Equation e) {
      boolean apart = e.out().shape().rank() > e.input(0).shape().rank();
      return e.op() instanceof Reshape && !apart
          || e.op() instanceof Transpose
          || e.op() instanceof Broadcast;
    }

    private boolean isOfWindows(Var value) {
      Equation e = definitions.get(value);
      return e != null && e.op() instanceof Windows;
    }

    /** What becomes of a result that nothing else reads. */
    private Optional<Equation> next(Equation e) {
      List<Equation> all = readers.getOrDefault(e.out(), List.of());
      boolean only = all.size() == 1 && !function.outputs().contains(e.out());
      return Optional.of(all)
          .filter(one -> only)
          .map(one -> one.get(0))
          .filter(
              reader ->
                  reader.op() instanceof Reshape
                      || reader.op() instanceof Transpose
                      || reader.op() instanceof FromWindows
                      || reader.op() instanceof Sum && !e.out().isGiven());
    }
  }
}
