package dev.peephole.pass.verify;

import dev.peephole.ir.Program;
import dev.peephole.ir.Role;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Schedule;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels.Network;
import dev.peephole.pass.verify.Accesses.Refused;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes sure that kernels compute what they seem to, by a {@link DryRun}. The pipeline does so
 * after each step that makes kernels.
 *
 * <ul>
 *   <li>What is read has been written before, all of it, and nothing else over it since.
 *   <li>A place is written once, and lies in its value.
 *   <li>What writes over what it reads is a loop, and does so where it stands, or a routine that
 *       may.
 *   <li>A recurrence goes on from the states of the step before, and each step writes its results.
 *   <li>What a phase reads is computed in it or in those that run before it, be there predictions
 *       between the loss and the gradients or not.
 * </ul>
 *
 * Kernels that a step leaves as they are, are looked through once.
 */
public final class VerifyKernels {
  private static final List<List<Phase>> RUNS =
      List.of(
          List.of(Phase.FORWARD, Phase.OUTPUTS),
          List.of(Phase.FORWARD, Phase.LOSS, Phase.BACKWARD),
          List.of(Phase.FORWARD, Phase.LOSS, Phase.FORWARD, Phase.OUTPUTS, Phase.BACKWARD));

  private final Map<Kernel, Accesses> accesses = new IdentityHashMap<>();

  /**
   * @param stage what ran before
   * @throws IllegalStateException if a kernel breaks a rule; it names both, and the buffer
   */
  public void verify(Network network, String stage) {
    DryRun run = new DryRun(network.shared(), accesses);
    network.phases().values().forEach(run::add);
    RUNS.forEach(order -> verify(network, order, run, stage));
  }

  private static void verify(Network network, List<Phase> order, DryRun run, String stage) {
    Program program = network.program();
    run.begin(program.step().inputs());
    for (int i = 0; i < order.size(); i++) {
      Phase phase = order.get(i);
      List<Kernel> kernels = network.phases().get(phase);
      boolean again = order.subList(0, i).contains(phase);
      refusing(
          stage,
          phase.name().toLowerCase(Locale.ROOT),
          () -> {
            if (again) {
              run.forget(kernels);
            }
            run.run(kernels);
            if (phase == Phase.LOSS) {
              run.readResults(network.phases().get(Phase.FORWARD), network.overwritten());
              run.readResults(kernels, network.overwritten());
              requireThere(run, List.of(program.loss()));
            }
          });
    }
    String last = order.get(order.size() - 1).name().toLowerCase(Locale.ROOT);
    refusing(
        stage,
        last,
        () -> {
          requireThere(run, program.carried().stream().map(Program.Carried::sequence).toList());
          requireThere(run, order.contains(Phase.OUTPUTS) ? program.outputs() : List.of());
          requireThere(run, order.contains(Phase.BACKWARD) ? program.gradients() : List.of());
          requireThere(
              run, order.contains(Phase.BACKWARD) ? program.step().outputs(Role.STATE) : List.of());
        });
  }

  /**
   * The same for the kernels of an initializer or an optimizer.
   *
   * @param what whose they are
   */
  public static void verify(Schedule schedule, String what, String stage) {
    DryRun run = new DryRun(schedule.shared(), new IdentityHashMap<>());
    run.add(schedule.kernels());
    run.begin(schedule.inputs());
    refusing(
        stage,
        what,
        () -> {
          run.run(schedule.kernels());
          requireThere(run, schedule.outputs());
        });
  }

  /** What the training loop reads. */
  private static void requireThere(DryRun run, List<Var> results) {
    for (Var result : results) {
      try {
        run.read(result);
      } catch (Refused rule) {
        throw new DryRun.Broken("the training loop", rule);
      }
    }
  }

  private static void refusing(String stage, String when, Runnable run) {
    try {
      run.run();
    } catch (DryRun.Broken e) {
      throw new IllegalStateException(
          "after %s: in %s, %s".formatted(stage, when, e.getMessage()), e);
    }
  }
}
