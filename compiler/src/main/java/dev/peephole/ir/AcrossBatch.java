package dev.peephole.ir;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether what becomes of an example depends on the others of its batch, as with batch
 * normalisation. Of a sum over the batch that only gives a parameter's gradient or the loss, a
 * share of the batch can compute its part alone.
 */
public final class AcrossBatch {
  private final Set<Var> joined = new HashSet<>();
  private boolean found;

  private AcrossBatch() {}

  /** Whether it is so in a network's function, with its gradients if it has them. */
  public static boolean isIn(Function function) {
    AcrossBatch across = new AcrossBatch();
    function.equations().forEach(across::follow);
    return across.found || function.outputs(Role.STATE).stream().anyMatch(across.joined::contains);
  }

  /** The values without examples of their own that single examples, or states, depend on. */
  public static Set<Var> reaching(Function function) {
    Set<Var> reaching = new HashSet<>(function.outputs(Role.STATE));
    List<Equation> equations = function.equations();
    for (int i = equations.size() - 1; i >= 0; i--) {
      Equation e = equations.get(i);
      if (e.outs().stream().anyMatch(out -> isBatched(out) || reaching.contains(out))) {
        e.inputs().stream().filter(input -> !isBatched(input)).forEach(reaching::add);
      }
    }
    return reaching;
  }

  private void follow(Equation e) {
    boolean ofJoined = e.inputs().stream().anyMatch(joined::contains);
    boolean ofExamples = e.inputs().stream().anyMatch(AcrossBatch::isBatched);
    List<Var> whole = e.outs().stream().filter(out -> !isBatched(out)).toList();
    found |= ofJoined && whole.size() < e.outs().size();
    if (ofJoined || ofExamples) {
      joined.addAll(whole);
    }
  }

  private static boolean isBatched(Var var) {
    return var.shape().batched();
  }
}
