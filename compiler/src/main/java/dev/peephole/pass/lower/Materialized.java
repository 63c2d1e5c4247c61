package dev.peephole.pass.lower;

import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Label;
import dev.peephole.ir.Op;
import dev.peephole.ir.Op.Cost;
import dev.peephole.ir.Op.Pointwise;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Optimization;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Concat;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which values keep a buffer of their own: every one that has a name or, with {@link
 * Optimization#FUSION}, only those that are read more than once. The others are written out where
 * they are read.
 */
final class Materialized {
  /** So many operations are written out where they are read rather than given a made-up name. */
  private static final int BRIEF = 4;

  private final Set<Optimization> optimizations;
  private final Map<Var, Equation> definitions = new HashMap<>();
  private final Map<Var, List<Equation>> readers = new HashMap<>();
  private final Map<Var, Integer> reads = new HashMap<>();
  private final Set<Var> required = new HashSet<>();
  private final Set<Equation> joined = new HashSet<>();
  private final Map<Var, Part> parts = new HashMap<>();

  /** What has been found out of values already; each depends on those that it is computed from. */
  private final Map<Var, Boolean> kept = new HashMap<>();

  private final Map<Var, Cost> costs = new HashMap<>();

  /**
   * Where a value stands in one that has it as a part.
   *
   * @param whole values side by side
   */
  record Part(Equation whole, int axis, int start) {}

  /**
   * @param step whether it is a step of a recurrence; elsewhere a value and one that it is a part
   *     of may be wanted at different times
   */
  Materialized(Function function, Set<Optimization> optimizations, boolean step) {
    this.optimizations = optimizations;
    required.addAll(function.outputs());
    for (Equation e : function.equations()) {
      e.outs().forEach(out -> definitions.put(out, e));
      e.inputs().forEach(x -> readers.computeIfAbsent(x, v -> new ArrayList<>()).add(e));
      if (e.op() instanceof Scan) {
        readBy(Recurrence.of(e));
      } else if (!(e.op() instanceof Pointwise || e.op() instanceof Op.Reduction)) {
        required.addAll(e.inputs());
      }
    }
    for (Equation e : function.equations()) {
      if (e.op() instanceof Elementwise && keeps(e)) {
        joined(e).ifPresent(joined::add);
      }
    }
    if (step) {
      collectParts(function);
    }
  }

  /** A recurrence reads whole values, but for numbers that states begin with. */
  private void readBy(Recurrence scan) {
    scan.given().forEach(input -> required.add(input.given()));
    scan.states().stream()
        .map(Recurrence.State::initial)
        .filter(initial -> !isNumber(initial))
        .forEach(required::add);
  }

  /** Values that are computed in their places in greater ones, whose parts they are. */
  private void collectParts(Function function) {
    for (Equation e : function.equations()) {
      if (isSideBySide(e)) {
        Concat concat = (Concat) e.op();
        for (int i = 0; i < e.inputs().size(); i++) {
          if (isComputedAnywhere(e.input(i))) {
            Part part = new Part(e, concat.axis(), concat.start(i, e.inputs()));
            if (parts.putIfAbsent(e.input(i), part) == null) {
              kept.clear();
              costs.clear();
            }
          }
        }
      }
    }
  }

  /** Whether a value is put together out of parts, each by a loop of its own. */
  boolean isSideBySide(Equation e) {
    return does(Optimization.SIDE_BY_SIDE)
        && e.op() instanceof Concat
        && required.contains(e.out());
  }

  private boolean does(Optimization optimization) {
    return optimizations.contains(optimization);
  }

  private boolean isComputedAnywhere(Var var) {
    Equation e = definitions.get(var);
    return e != null
        && e.op() instanceof Elementwise op
        && op.cost() != Cost.FREE
        && var.real()
        && !required.contains(var)
        && !isOverArray(e)
        && joined(e).isEmpty();
  }

  /** The place of a value in a greater one. */
  Optional<Part> part(Var var) {
    return Optional.ofNullable(parts.get(var));
  }

  /** Whether a value is one number, or that in all places: states may begin with it as it is. */
  private boolean isNumber(Var var) {
    Equation e = definitions.get(var);
    boolean repeated = e != null && e.op() instanceof Broadcast;
    Equation inner = repeated ? definitions.get(e.input(0)) : e;
    return inner != null && inner.op() instanceof Constant;
  }

  /** Whether other code than the kernels around it needs the value. */
  boolean required(Var var) {
    return required.contains(var);
  }

  boolean keeps(Equation e) {
    Boolean known = kept.get(e.out());
    if (known == null) {
      known = isWorthABuffer(e);
      kept.put(e.out(), known);
    }
    return known;
  }

  private boolean isWorthABuffer(Equation e) {
    if (!(e.op() instanceof Pointwise op)
        || required.contains(e.out())
        || parts.containsKey(e.out())) {
      return true;
    }
    if (e.out().element() != Element.REAL || op.cost() == Cost.FREE) {
      return false;
    }
    boolean again = reads(e.out()) > 1 && !small(e) || repeated(e);
    return again && !brief(e) || isOverArray(e) || !does(Optimization.FUSION) && e.out().named();
  }

  /**
   * Whether a value without a name reads best where it is read, as without {@link
   * Optimization#FUSION} values do: a few operations.
   */
  private boolean brief(Equation e) {
    return !does(Optimization.FUSION)
        && e.out().label().equals(Label.NONE)
        && cost(e) != Cost.FUNCTION
        && operations(e) <= BRIEF;
  }

  /** The operations in what is written for a number, with all that is written out inside it. */
  private int operations(Equation e) {
    int all = ((Pointwise) e.op()).cost() == Cost.FREE ? 0 : 1;
    for (Var input : e.inputs()) {
      Equation inner = definitions.get(input);
      if (inner != null && inner.op() instanceof Pointwise && !keeps(inner)) {
        all += operations(inner);
      }
    }
    return all;
  }

  /** Whether its function runs over the whole array of its values. */
  boolean isOverArray(Equation e) {
    return does(Optimization.ARRAY_FUNCTIONS)
        && e.op() instanceof Elementwise op
        && op.isOverArrays()
        && e.out().shape().rank() > 0;
  }

  /** Whether computing a value again is no more than reading what it is computed from. */
  private boolean small(Equation e) {
    return does(Optimization.RECOMPUTATION)
        && !e.out().named()
        && ((Pointwise) e.op()).cost() == Cost.ARITHMETIC
        && e.inputs().stream().allMatch(this::atHand);
  }

  private boolean atHand(Var var) {
    Equation e = definitions.get(var);
    if (e == null || !(e.op() instanceof Pointwise op)) {
      return true;
    }
    return op.cost() == Cost.FREE ? e.inputs().stream().allMatch(this::atHand) : keeps(e);
  }

  /** The reductions that {@link #joined} gives for some equation. */
  boolean isJoined(Equation reduction) {
    return joined.contains(reduction);
  }

  /** The one reduction that an equation with a buffer carries on from, place by place. */
  Optional<Equation> joined(Equation e) {
    List<Equation> candidates = new ArrayList<>();
    collectReductions(e, e.out().shape(), candidates);
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  private void collectReductions(Equation e, Shape shape, List<Equation> found) {
    for (Var input : e.inputs()) {
      Equation inner = definitions.get(input);
      if (inner == null || !input.shape().equals(shape)) {
        continue;
      }
      if (inner.op() instanceof Op.Reduction && yields(input)) {
        found.add(inner);
      } else if (inner.op() instanceof Elementwise && !keeps(inner) && reads(input) == 1) {
        collectReductions(inner, shape, found);
      }
    }
  }

  private boolean yields(Var var) {
    return !required.contains(var)
        && reads(var) == 1
        && (does(Optimization.FUSION) || !var.named());
  }

  /** How many places read a value, those that read it through ops that cost nothing included. */
  private int reads(Var var) {
    Integer known = reads.get(var);
    if (known != null) {
      return known;
    }
    int count = 0;
    for (Equation reader : readers.getOrDefault(var, List.of())) {
      boolean through = reader.op() instanceof Pointwise p && p.cost() == Cost.FREE;
      count += through && !required.contains(reader.out()) ? reads(reader.out()) : 1;
    }
    reads.put(var, count);
    return count;
  }

  /** Whether writing the value out would compute it again and again. */
  private boolean repeated(Equation e) {
    boolean broadcast =
        readers.getOrDefault(e.out(), List.of()).stream()
            .anyMatch(r -> r.op() instanceof Broadcast);
    boolean number = e.out().shape().rank() == 0;
    boolean before = does(Optimization.NUMBERS_BEFORE_LOOPS) && cost(e) == Cost.FUNCTION;
    return broadcast && (!number || before);
  }

  /** What it costs to write a number out, with all that is written out inside it. */
  private Cost cost(Equation e) {
    Cost known = costs.get(e.out());
    if (known == null) {
      known = worst(e);
      costs.put(e.out(), known);
    }
    return known;
  }

  private Cost worst(Equation e) {
    Cost worst = ((Pointwise) e.op()).cost();
    for (Var input : e.inputs()) {
      Equation inner = definitions.get(input);
      if (inner != null && !keeps(inner)) {
        Cost other = cost(inner);
        worst = other.compareTo(worst) > 0 ? other : worst;
      }
    }
    return worst;
  }
}
