package dev.peephole.pass.lower;

import dev.peephole.ir.Origin;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import dev.peephole.kernel.Schedule;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels.Network;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Loop fusion: puts loops over the same places that follow each other into one, and keeps values
 * that only that loop reads out of memory.
 *
 * <pre>
 * before   for each k: m[k] = …        for each k: p[k] = … m[k] …
 * after    for each k: { m[k] = …      p[k] = … m[k] … }
 * </pre>
 */
public final class FuseLoops {
  /** What it is called in the origins of what it makes, and in lists of passes. */
  public static final String NAME = "fuse-loops";

  private final Set<Var> needed;

  /**
   * @param needed the values that must stay in a buffer
   */
  public FuseLoops(Set<Var> needed) {
    this.needed = new HashSet<>(needed);
  }

  /** Fuses the loops of each phase by itself, so that all that others read is kept. */
  public static Network run(Network network) {
    Map<Phase, List<Kernel>> merged = new EnumMap<>(network.phases());
    merged.replaceAll(
        (phase, kernels) -> {
          Set<Var> needed = new HashSet<>(network.program().step().outputs());
          merged.forEach(
              (other, all) -> {
                if (other != phase) {
                  all.forEach(k -> Loads.of(k).forEach(load -> needed.add(load.var())));
                }
              });
          return new FuseLoops(needed).run(kernels);
        });
    return network.withPhases(merged);
  }

  public Schedule run(Schedule schedule) {
    return schedule.withKernels(run(schedule.kernels()));
  }

  private List<Kernel> run(List<Kernel> kernels) {
    List<Kernel> merged = new ArrayList<>();
    for (Kernel each : kernels) {
      Kernel kernel = each instanceof Kernel.Recurrence r ? inside(r) : each;
      int last = merged.size() - 1;
      if (last >= 0
          && kernel instanceof Kernel.Loop loop
          && merged.get(last) instanceof Kernel.Loop before
          && fit(before, loop)) {
        merged.set(last, join(before, loop));
      } else {
        merged.add(kernel);
      }
    }
    List<Kernel> local = new ArrayList<>();
    for (int i = 0; i < merged.size(); i++) {
      local.add(
          merged.get(i) instanceof Kernel.Loop loop ? keepLocal(loop, merged, i) : merged.get(i));
    }
    return local;
  }

  /** The same for the kernels of one time step. */
  private static Kernel inside(Kernel.Recurrence recurrence) {
    Set<Var> outputs = new HashSet<>();
    recurrence.parts().all().forEach(result -> outputs.add(result.each()));
    return recurrence.withBody(new FuseLoops(outputs).run(recurrence.body()));
  }

  /** Whether each place of the second loop reads only its own place of what the first computes. */
  private static boolean fit(Kernel.Loop first, Kernel.Loop second) {
    List<Var> made = first.results();
    List<Scalar.Load> here = first.body().stream().map(Kernel.Statement::load).toList();
    return first.function().isEmpty()
        && first.domain().equals(second.domain())
        && Loads.of(second).stream().filter(l -> made.contains(l.var())).allMatch(here::contains);
  }

  private static Kernel.Loop join(Kernel.Loop first, Kernel.Loop second) {
    List<Kernel.Statement> body = new ArrayList<>(first.body());
    body.addAll(second.body());
    Origin both = Origin.of(NAME, List.of(second.origin(), first.origin()));
    return new Kernel.Loop(first.domain(), body, second.function(), both);
  }

  private Kernel.Loop keepLocal(Kernel.Loop loop, List<Kernel> all, int self) {
    Set<Var> elsewhere = new HashSet<>(needed);
    loop.function().ifPresent(f -> elsewhere.add(loop.last().out()));
    for (int i = 0; i < all.size(); i++) {
      if (i != self) {
        Loads.of(all.get(i)).stream().map(Scalar.Load::var).forEach(elsewhere::add);
      }
    }
    List<Kernel.Statement> body =
        loop.body().stream().map(s -> elsewhere.contains(s.out()) ? s : s.inLoopOnly()).toList();
    return loop.withBody(body);
  }
}
