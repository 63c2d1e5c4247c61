package dev.peephole.pass.buffer;

import dev.peephole.ir.Scalar;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Buffers;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From which kernel to which a buffer is needed.
 *
 * <p>Kernels are counted one after another, those inside of a recurrence too. Within a recurrence a
 * buffer is needed from its first kernel to its last, except beside others that are gone through in
 * the same way: of two that hold one time step, or of two that hold all steps and are read and
 * written only where the step stands, each is needed from one kernel of the step to another.
 */
final class Lifetimes {
  private final Map<Var, Life> lives = new LinkedHashMap<>();
  private final List<Kernel> kernels = new ArrayList<>();
  private final List<Region> regions = new ArrayList<>();
  private final Buffers buffers = new Buffers(this::life, (var, in) -> {});

  /** Where the kernels of a recurrence begin and end: before and behind those of its body. */
  private record Region(int start, int end) {
    boolean has(int place) {
      return place >= start && place <= end;
    }
  }

  /** How a recurrence goes through a buffer. */
  private enum Way {
    /** The buffer holds what belongs to the step. */
    ONE_STEP,
    /** It holds all steps, and the step reads and writes its own. */
    ALL_STEPS,
    OTHER
  }

  /** What becomes of a buffer. */
  private static final class Life {
    private boolean written;
    private final BitSet used = new BitSet();
    private final BitSet timed = new BitSet();
    private final BitSet needed = new BitSet();
    private final Map<Region, Way> ways = new HashMap<>();
    private final List<Region> handedOn = new ArrayList<>();

    private int first() {
      return used.nextSetBit(0);
    }

    private int last() {
      return used.length() - 1;
    }
  }

  private Life life(Var buffer) {
    return lives.computeIfAbsent(buffer, b -> new Life());
  }

  /** Counts further kernels, which are computed behind those before. */
  void add(List<Kernel> more) {
    for (Kernel kernel : more) {
      buffers.add(kernel);
      if (kernel instanceof Kernel.Recurrence recurrence) {
        recurrence(recurrence);
      } else {
        accesses(kernel);
      }
    }
  }

  private void accesses(Kernel kernel) {
    int here = kernels.size();
    kernels.add(kernel);
    if (kernel instanceof Kernel.Alias) {
      return;
    }
    Loads.of(kernel).forEach(load -> access(load.var(), here));
    kernel.results().forEach(out -> access(out, here).written = true);
  }

  private Life access(Var var, int place) {
    Life life = life(buffers.of(var));
    life.used.set(place);
    if (buffers.isTimed(var)) {
      life.timed.set(place);
    }
    return life;
  }

  private void recurrence(Kernel.Recurrence recurrence) {
    int start = kernels.size();
    kernels.add(recurrence);
    recurrence.states().stream()
        .flatMap(state -> Loads.of(state.first()).stream())
        .map(Scalar.Load::var)
        .forEach(state -> access(state, start));
    recurrence.before().forEach(state -> access(state, start).written = true);
    recurrence.body().forEach(this::accesses);
    Region region = new Region(start, kernels.size());
    kernels.add(recurrence);
    regions.add(region);
    recurrence.states().stream()
        .map(state -> buffers.of(state.all()))
        .forEach(states -> life(states).handedOn.add(region));
  }

  /** Makes a buffer needed at a further kernel; that behind the last one is none. */
  void need(Var buffer, int kernel) {
    lives.get(buffer).used.set(kernel);
  }

  /** Finds out from where to where buffers are needed, when all kernels have been added. */
  void settle() {
    lives.values().removeIf(life -> !life.written);
    lives.values().forEach(this::settle);
  }

  private void settle(Life life) {
    life.needed.set(life.first(), life.last() + 1);
    for (Region region : regions) {
      BitSet inside = life.used.get(region.start, region.end + 1);
      if (life.last() < region.start || life.first() > region.end) {
        continue;
      }
      boolean before = life.first() < region.start;
      boolean behind = life.last() > region.end || life.handedOn.contains(region);
      Way way = way(life, region, inside);
      life.ways.put(region, way);
      int from = before || way == Way.OTHER ? 0 : inside.nextSetBit(0);
      int to = behind || way == Way.OTHER ? region.end - region.start + 1 : inside.length();
      life.needed.clear(region.start, region.end + 1);
      life.needed.set(region.start + from, region.start + to);
    }
  }

  private static Way way(Life life, Region region, BitSet inside) {
    BitSet timed = life.timed.get(region.start, region.end + 1);
    boolean within = region.has(life.first()) && region.has(life.last());
    if (inside.isEmpty()) {
      return Way.OTHER;
    } else if (timed.equals(inside)) {
      return Way.ALL_STEPS;
    }
    return timed.isEmpty() && within ? Way.ONE_STEP : Way.OTHER;
  }

  /** How many kernels have been added. */
  int count() {
    return kernels.size();
  }

  /** The buffers that kernels compute, in their order. */
  List<Var> all() {
    return List.copyOf(lives.keySet());
  }

  /** The buffer that a value is in. */
  Var buffer(Var var) {
    return buffers.of(var);
  }

  /** The first kernel that uses a buffer. */
  int first(Var buffer) {
    return lives.get(buffer).first();
  }

  /** The last kernel that uses a buffer. */
  int last(Var buffer) {
    return lives.get(buffer).last();
  }

  /** Whether one buffer may be where the other one is. */
  boolean fit(Var a, Var b) {
    Life one = lives.get(a);
    Life other = lives.get(b);
    BitSet both = (BitSet) one.needed.clone();
    both.and(other.needed);
    for (Region region : regions) {
      if (one.ways.containsKey(region) && other.ways.containsKey(region)) {
        Way way = one.ways.get(region);
        boolean alike = way != Way.OTHER && way == other.ways.get(region);
        boolean sameSteps = way != Way.ALL_STEPS || BufferSize.of(a).equals(BufferSize.of(b));
        if (!alike || !sameSteps) {
          return false;
        }
      }
    }
    int place = both.nextSetBit(0);
    return both.isEmpty()
        || both.cardinality() == 1 && (overwrites(place, a, b) || overwrites(place, b, a));
  }

  /** Whether a loop reads what was before only where it writes what comes after, and not later. */
  private boolean overwrites(int kernel, Var before, Var after) {
    boolean last = !lives.get(before).needed.get(kernel + 1);
    return last
        && kernels.get(kernel) instanceof Kernel.Loop loop
        && overwrites(loop, before, after);
  }

  private boolean overwrites(Kernel.Loop loop, Var before, Var after) {
    List<Kernel.Statement> body = loop.body();
    List<Kernel.Statement> writing =
        body.stream().filter(s -> s.stored() && buffers.of(s.out()) == after).toList();
    if (writing.size() != 1 || loop.results().stream().anyMatch(v -> buffers.of(v) == before)) {
      return false;
    }
    Kernel.Statement writes = writing.get(0);
    int place = body.indexOf(writes);
    for (int i = 0; i < body.size(); i++) {
      for (Scalar.Load load : Loads.of(body.get(i).value())) {
        boolean same =
            load.at().equals(writes.at()) && load.var().shape().equals(writes.out().shape());
        if (buffers.of(load.var()) == before && (i > place || !same)) {
          return false;
        }
      }
    }
    return true;
  }
}
