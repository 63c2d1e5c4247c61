package dev.peephole.pass.join;

import dev.peephole.ir.AcrossBatch;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Label;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Role;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.BatchSize;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Concat;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import dev.peephole.op.JoinShares.Joined;
import dev.peephole.op.Matmul;
import dev.peephole.op.Pad;
import dev.peephole.op.ReduceMax;
import dev.peephole.op.Reshape;
import dev.peephole.op.Slice;
import dev.peephole.op.Sum;
import dev.peephole.op.Transpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets threads that each compute a share of the batch join what is computed across it, forward and
 * backward. The loss and the gradients remain parts, which add up to those of the whole batch.
 *
 * <pre>
 * before   m = sum(x) / N                       y = x - m
 * after    m = sum(x) / N, N of all shares      m' = join_shares(m)      y = x - m'
 * </pre>
 *
 * <p>What has no examples of its own is either the same in all threads, as parameters are, or a
 * <em>part</em> of what it is for the whole batch, as a sum over a share is. What is linear in
 * parts is a part again; all else needs the whole, and so do values of single examples. A sum of a
 * part and of what is the same in all threads takes of the latter as much as the share is of the
 * batch.
 */
public final class JoinShares implements Pass {

  @Override
  public Function run(Function function) {
    if (!AcrossBatch.isIn(function)) {
      return function;
    }
    Set<Var> early = new HashSet<>();
    while (true) {
      Joining joining = new Joining(early, AcrossBatch.reaching(function));
      Function joined = joining.run(function);
      if (!early.addAll(joining.late)) {
        return joined;
      }
    }
  }

  /**
   * One attempt. What turns out to be wanted whole is joined as soon as it is there in the next
   * one, so that what depends on it is whole, too.
   */
  private static final class Joining {
    private final Builder builder = new Builder();
    private final Map<Var, Equation> definitions = new HashMap<>();
    private final Set<Var> early;
    private final Set<Var> reaching;
    private final Set<Var> late = new HashSet<>();
    private final Set<Var> parts = new HashSet<>();
    private final Map<Var, Var> whole = new HashMap<>();
    private final Map<Var, Var> scaled = new HashMap<>();
    private Var examples;
    private Var share;

    /**
     * @param early what is joined as soon as it is there
     * @param reaching what single examples or states depend on
     */
    Joining(Set<Var> early, Set<Var> reaching) {
      this.early = early;
      this.reaching = reaching;
    }

    Function run(Function function) {
      for (Equation e : function.equations()) {
        e.outs().forEach(out -> definitions.put(out, e));
        builder.at(Origin.of(Pass.nameOf(JoinShares.class), e.origin()));
        follow(e);
        e.outs().stream().filter(early::contains).forEach(this::whole);
      }
      Map<Role, List<Var>> to = function.outputsByRole();
      for (Role role : List.of(Role.LOSS, Role.GRADIENT)) {
        to.computeIfPresent(role, (r, outputs) -> outputs.stream().map(this::part).toList());
      }
      to.computeIfPresent(Role.STATE, (r, outputs) -> outputs.stream().map(this::wanted).toList());
      return Function.of(function.name(), function.inputsByRole(), builder.equations(), to);
    }

    private void follow(Equation e) {
      boolean ofExamples = e.inputs().stream().anyMatch(Joining::isBatched);
      if (e.op() instanceof BatchSize) {
        whole.put(e.out(), examples());
      } else if (e.op() instanceof ReduceMax && ofExamples && !isBatched(e.out())) {
        add(e, wholes(e.inputs()));
        whole.put(e.out(), join(e.out(), Joined.MAX));
      } else if (ofExamples || e.outs().stream().anyMatch(Joining::isBatched)) {
        add(e, wholes(e.inputs()));
        e.outs().stream().filter(out -> ofExamples && !isBatched(out)).forEach(this::addPart);
      } else {
        followAlone(e);
      }
    }

    private void addPart(Var var) {
      if (!whole.containsKey(var)) {
        parts.add(var);
      }
    }

    private static boolean isBatched(Var var) {
      return var.shape().batched();
    }

    /** An equation that examples have no part in. */
    private void followAlone(Equation e) {
      List<Var> inputs =
          e.inputs().stream().anyMatch(this::isPart) ? linear(e) : wholes(e.inputs());
      add(e, inputs);
      if (inputs.stream().anyMatch(parts::contains)) {
        e.outs().forEach(this::addPart);
      }
    }

    /** Inputs of which the result is linear in those that are parts; else all of them are whole. */
    private List<Var> linear(Equation e) {
      List<Var> inputs = e.inputs();
      boolean ofPart = isPart(inputs.get(0));
      if (e.op() == Elementwise.ADD || e.op() == Elementwise.SUBTRACT || e.op() instanceof Concat) {
        return alike(inputs, e.out());
      } else if (e.op() == Elementwise.WHERE && !ofPart) {
        List<Var> chosen = new ArrayList<>(alike(inputs.subList(1, 3), e.out()));
        chosen.add(0, whole(inputs.get(0)));
        return chosen;
      } else if ((e.op() == Elementwise.MULTIPLY || e.op() instanceof Matmul) && !ofPart) {
        return List.of(whole(inputs.get(0)), inputs.get(1));
      } else if (isProduct(e) && ofPart) {
        return List.of(inputs.get(0), whole(inputs.get(1)));
      }
      return isLinear(e) ? inputs : wholes(inputs);
    }

    /** Terms that are all parts; or all whole, if they are not and the sum must be anyway. */
    private List<Var> alike(List<Var> terms, Var sum) {
      boolean mixed = !terms.stream().allMatch(term -> isPart(term) || isZero(term));
      return mixed && reaching.contains(sum)
          ? wholes(terms)
          : terms.stream().map(this::part).toList();
    }

    private boolean isPart(Var var) {
      return parts.contains(var) && !whole.containsKey(var);
    }

    private List<Var> wholes(List<Var> inputs) {
      return inputs.stream().map(this::wanted).toList();
    }

    /**
     * The value for the whole batch, which would have better been joined as soon as it was there.
     */
    private Var wanted(Var var) {
      if (isPart(var)) {
        late.add(var);
      }
      return whole(var);
    }

    private static boolean isProduct(Equation e) {
      return e.op() == Elementwise.MULTIPLY
          || e.op() == Elementwise.DIVIDE
          || e.op() instanceof Matmul;
    }

    private static boolean isLinear(Equation e) {
      Op op = e.op();
      return op == Elementwise.NEGATE
          || op instanceof Op.View
          || op instanceof Broadcast
          || op instanceof Sum
          || op instanceof Transpose
          || op instanceof Slice
          || op instanceof Pad;
    }

    private void add(Equation e, List<Var> inputs) {
      builder.add(new Equation(e.outs(), e.op(), inputs, e.origin()));
    }

    /** The value for the whole batch. */
    private Var whole(Var var) {
      Var joined = whole.get(var);
      if (joined == null && parts.contains(var)) {
        joined = join(var, Joined.SUM);
        whole.put(var, joined);
      }
      return joined == null ? var : joined;
    }

    /**
     * The part of a value that belongs to the share: of what is the same in all threads, as much.
     */
    private Var part(Var var) {
      if (isPart(var) || isZero(var)) {
        return var;
      }
      return scaled.computeIfAbsent(
          whole(var),
          same ->
              builder.apply(
                  Elementwise.MULTIPLY, Broadcast.lead(builder, share(), same.shape()), same));
    }

    private boolean isZero(Var var) {
      Equation e = definitions.get(var);
      return e != null
          && (e.op() instanceof Constant c && c.value() == 0
              || e.op() instanceof Broadcast && isZero(e.input(0)));
    }

    private Var join(Var part, Joined how) {
      dev.peephole.op.JoinShares join = new dev.peephole.op.JoinShares(how);
      return part.shape().rank() > 0
          ? builder.apply(join, part)
          : joinNumber(join, part, join.hint(List.of(part)));
    }

    /** The routine joins arrays, be it of one number. */
    private Var joinNumber(dev.peephole.op.JoinShares join, Var part, String name) {
      Var array = builder.apply(new Broadcast(Shape.of(1), List.of()), part);
      Var joined = builder.labelled(Label.hint(name), join, List.of(array));
      return builder.apply(new Reshape(Shape.SCALAR), joined);
    }

    /** The number of examples of the whole batch. */
    private Var examples() {
      if (examples == null) {
        Var own = builder.apply(new BatchSize());
        examples = joinNumber(new dev.peephole.op.JoinShares(Joined.SUM), own, "examples");
      }
      return examples;
    }

    /** What part of the batch's examples the share has. */
    private Var share() {
      if (share == null) {
        share = builder.apply(Elementwise.DIVIDE, builder.apply(new BatchSize()), examples());
      }
      return share;
    }
  }
}
