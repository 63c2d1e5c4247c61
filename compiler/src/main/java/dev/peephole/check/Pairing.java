package dev.peephole.check;

import dev.peephole.check.value.CheckException;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.op.Reshape;
import dev.peephole.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which output answers which target. It follows from the loss: the output is what a target meets
 * there first, such as p in {@code mse(p, y)}, or comes of the same value without a parameter
 * between them, such as softmax(logits) where the loss takes the logits.
 */
final class Pairing {
  private final List<Equation> equations;
  private final List<Var> targets;
  private final List<Output> outputs;
  private final Map<Var, Equation> definitions = new HashMap<>();
  private final Set<Var> given;
  private final Set<Var> trained;
  private final List<Set<Var>> met = new ArrayList<>();

  /**
   * An output as the model says it.
   *
   * @param target the place of the target that it is said to answer, {@link Program#NO_TARGET} if
   *     nothing is said
   */
  record Output(Var var, Span span, int target) {}

  Pairing(
      List<Equation> equations,
      List<Var> inputs,
      List<Var> parameters,
      List<Var> targets,
      List<Output> outputs) {
    this.equations = equations;
    this.targets = targets;
    this.outputs = outputs;
    equations.forEach(e -> e.outs().forEach(out -> definitions.put(out, e)));
    this.given = dependents(inputs);
    this.trained = dependents(parameters);
    targets.forEach(target -> met.add(metBy(target)));
  }

  /**
   * For each output the place of its target, or {@link Program#NO_TARGET}.
   *
   * @throws CheckException if it cannot be told, or an output is computed from a target
   */
  List<Integer> answers() {
    outputs.forEach(this::requireNoTarget);
    List<Integer> answers = new ArrayList<>(outputs.stream().map(Output::target).toList());
    for (int k : open(answers)) {
      int output = k;
      List<Integer> compared = where(targets.size(), t -> meets(output, t));
      if (compared.size() > 1) {
        throw unclear(k, compared);
      }
      compared.forEach(t -> answers.set(output, t));
    }
    for (int t : where(targets.size(), t -> !answers.contains(t))) {
      List<Integer> alike =
          where(outputs.size(), k -> open(answers).contains(k) && isOfTheSame(k, t));
      if (alike.contains(t) || alike.size() == 1) {
        answers.set(alike.size() == 1 ? alike.get(0) : t, t);
      } else if (!alike.isEmpty()) {
        throw unclear(alike.get(0), List.of(t));
      }
    }
    return List.copyOf(answers);
  }

  /**
   * For each target that no output answers, nor comes of what the loss compares with it: the
   * equations of what that is.
   */
  Map<Var, List<Equation>> unanswered(List<Integer> answers) {
    Map<Var, List<Equation>> unanswered = new LinkedHashMap<>();
    for (int t : where(targets.size(), t -> !answers.contains(t))) {
      int target = t;
      if (where(outputs.size(), k -> isOfTheSame(k, target)).isEmpty()) {
        unanswered.put(targets.get(t), met.get(t).stream().map(definitions::get).toList());
      }
    }
    return unanswered;
  }

  /** Of an example to predict, no target is known. */
  private void requireNoTarget(Output output) {
    for (Var target : targets) {
      if (dependents(List.of(target)).contains(output.var())) {
        throw new CheckException(
            Diagnostic.error(
                    Code.NAME,
                    output.span(),
                    "an output cannot be computed from the target '" + target.name() + "'")
                .note("predictions are made where no target is known")
                .hint("compare with a target in the loss; what is known beforehand is an input"));
      }
    }
  }

  private List<Integer> open(List<Integer> answers) {
    return where(outputs.size(), k -> answers.get(k) == Program.NO_TARGET);
  }

  private static List<Integer> where(int count, IntPredicate holds) {
    return IntStream.range(0, count).filter(holds).boxed().toList();
  }

  private CheckException unclear(int output, List<Integer> compared) {
    List<String> names = compared.stream().map(t -> targets.get(t).name()).toList();
    return new CheckException(
        Diagnostic.error(
                Code.LOSS,
                outputs.get(output).span(),
                "it cannot be told which target this output answers")
            .note("in the loss it meets " + String.join(" and ", names))
            .hint("say which: output … for " + names.get(0)));
  }

  private boolean meets(int output, int target) {
    Var var = bare(outputs.get(output).var());
    return met.get(target).stream().anyMatch(other -> bare(other) == var);
  }

  private boolean isOfTheSame(int output, int target) {
    Set<Var> origins = origins(outputs.get(output).var());
    return met.get(target).stream().flatMap(v -> origins(v).stream()).anyMatch(origins::contains);
  }

  /** What parameters and inputs gave, wherever a value meets it that comes of the target alone. */
  private Set<Var> metBy(Var target) {
    Set<Var> alone = new HashSet<>(Set.of(target));
    Set<Var> others = new LinkedHashSet<>();
    for (Equation e : equations) {
      if (e.inputs().stream().anyMatch(alone::contains)) {
        List<Var> predicted =
            e.inputs().stream().filter(v -> !alone.contains(v) && isPredicted(v)).toList();
        others.addAll(predicted);
        if (predicted.isEmpty()) {
          alone.addAll(e.outs());
        }
      }
    }
    return others;
  }

  private boolean isPredicted(Var var) {
    return given.contains(var) && trained.contains(var);
  }

  /** The values that one comes of with no further parameter between, itself among them. */
  private Set<Var> origins(Var var) {
    Set<Var> origins = new HashSet<>();
    List<Var> open = new ArrayList<>(List.of(var));
    while (!open.isEmpty()) {
      Var next = open.remove(open.size() - 1);
      if (isPredicted(next) && origins.add(next)) {
        List<Var> from = definitions.get(next).inputs();
        boolean parameters = from.stream().anyMatch(v -> trained.contains(v) && !isPredicted(v));
        open.addAll(parameters ? List.of() : from);
      }
    }
    return origins;
  }

  private Var bare(Var var) {
    Var bare = var;
    while (definitions.containsKey(bare) && definitions.get(bare).op() instanceof Reshape) {
      bare = definitions.get(bare).input(0);
    }
    return bare;
  }

  private Set<Var> dependents(List<Var> sources) {
    Set<Var> all = new HashSet<>(sources);
    for (Equation e : equations) {
      if (e.inputs().stream().anyMatch(all::contains)) {
        all.addAll(e.outs());
      }
    }
    return all;
  }
}
