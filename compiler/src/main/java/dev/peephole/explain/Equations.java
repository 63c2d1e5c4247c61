package dev.peephole.explain;

import dev.peephole.driver.Network;
import dev.peephole.explain.Trace.Share;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Program;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Caption;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.pass.differentiate.Differentiate;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import dev.peephole.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The equations of a page: those that the textbook style computes one by one, each with its
 * formula, its places in the model, and what the chain rule has to do with it.
 */
final class Equations {
  private final Places places;
  private final Program program;
  private final Values values;
  private final Computations computations;
  private final List<Object> computed = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Integer, List<Equation>> differentiated = new HashMap<>();
  private final Set<String> ids = new HashSet<>();

  /**
   * An equation, or a recurrence.
   *
   * @param loop the recurrence that it stands in, −1 if none
   * @param value what it computes, −1 of a recurrence
   * @param math its formula; values are numbered while it is in sight what they are
   * @param reads the values that the formula names
   */
  record Entry(
      String id,
      Phase phase,
      int loop,
      Kernel kernel,
      int value,
      Atoms atoms,
      List<Object> math,
      List<Integer> reads) {

    Entry with(Atoms other) {
      return new Entry(id, phase, loop, kernel, value, other, math, reads);
    }

    boolean backward() {
      return phase == Phase.BACKWARD;
    }
  }

  private static Optional<Caption.Equality> formula(Kernel kernel) {
    return kernel instanceof Kernel.Recurrence
        ? Optional.empty()
        : kernel.captions().stream()
            .flatMap(caption -> caption.equality().stream())
            .reduce((first, second) -> second);
  }

  /**
   * @param textbook the network's program in the textbook style
   */
  Equations(Network network, Program textbook, Places places) {
    this.places = places;
    ToKernels.Network kernels = Pipeline.lower(textbook, Optimization.of(Style.TEXTBOOK));
    this.program = kernels.program();
    this.values = new Values(program);
    this.computations = new Computations(values);
    Pipeline.derivation(network.checked()).stream()
        .limit(1 + Pipeline.names().indexOf(Pass.nameOf(Differentiate.class)))
        .forEach(stage -> collect(stage.function()));
    kernels.phases().forEach((phase, all) -> all.forEach(k -> computed.add(add(k, phase, -1, ""))));
    List<Atoms> all = entries.stream().map(Entry::atoms).toList();
    entries.replaceAll(entry -> entry.with(entry.atoms.without(all)));
  }

  /** The equations that gradients are derived from, by their numbers. */
  private void collect(Function function) {
    for (Equation e : function.equations()) {
      if (e.origin() instanceof Origin.Written written) {
        differentiated.computeIfAbsent(written.number(), n -> new ArrayList<>()).add(e);
      }
      if (e.op() instanceof Scan scan) {
        collect(scan.step());
      }
    }
  }

  /** The program whose values these are. */
  Program program() {
    return program;
  }

  Values values() {
    return values;
  }

  List<Entry> entries() {
    return entries;
  }

  /** How everything is computed, in order, and by which ops. */
  Trace.Program computed() {
    List<Trace.Update> updates =
        program.groups().stream().flatMap(group -> update(group).stream()).toList();
    return new Trace.Program(values.number(program.loss()), computed, updates, computations.ops());
  }

  /** Nothing if it is no matter of one number. */
  private Optional<Trace.Update> update(Program.Group group) {
    List<Integer> parameters =
        group.parameters().stream().map(i -> values.number(program.weights().get(i))).toList();
    return new Updates(group.optimizer(), values, computations).update(parameters);
  }

  /** Adds an equation, or a recurrence with all of its, and says how it is computed. */
  private List<Object> add(Kernel kernel, Phase phase, int loop, String prefix) {
    boolean backward = phase == Phase.BACKWARD;
    if (kernel instanceof Kernel.Recurrence recurrence) {
      return add(recurrence, phase, loop, prefix);
    } else if (kernel instanceof Kernel.Alias alias && formula(kernel).isEmpty()) {
      values.same(alias.out(), alias.of(), backward, loop);
      return List.of(-1, computations.of(kernel));
    }
    int self = entries.size();
    Var out = kernel.results().get(0);
    int value = values.computed(out, self, backward, loop);
    Caption.Equality formula = formula(kernel).orElseThrow();
    List<Integer> reads = new ArrayList<>();
    reads(formula.right(), reads);
    List<Object> math = MathMl.of(formula, values::number);
    Atoms atoms = Atoms.of(kernel.origin());
    String id = id(prefix + out.name());
    entries.add(new Entry(id, phase, loop, kernel, value, atoms, math, reads));
    return List.of(self, computations.of(kernel));
  }

  private List<Object> add(Kernel.Recurrence recurrence, Phase phase, int loop, String prefix) {
    boolean backward = phase == Phase.BACKWARD;
    int self = entries.size();
    Atoms atoms = Atoms.of(recurrence.origin());
    String id = id(backward ? "d" + forward(atoms) : prefix + recurrence.parts().name());
    entries.add(new Entry(id, phase, loop, recurrence, -1, atoms, List.of(), List.of()));
    Recurrence parts = recurrence.parts();
    values.enter(parts, backward, self);
    List<Object> body = new ArrayList<>();
    recurrence.body().forEach(inner -> body.add(add(inner, phase, self, id + ".")));
    values.leave(parts, backward, loop);
    return List.of(self, computations.of(recurrence, body));
  }

  /** The id of the recurrence whose gradients another one computes. */
  private String forward(Atoms backward) {
    return entries.stream()
        .filter(entry -> backward.areSharesOf(entry.atoms))
        .filter(entry -> entry.kernel instanceof Kernel.Recurrence)
        .map(Entry::id)
        .findFirst()
        .orElse("loop");
  }

  private String id(String wanted) {
    String id = wanted;
    for (int i = 2; !ids.add(id); i++) {
      id = wanted + "-" + i;
    }
    return id;
  }

  List<Trace.Equation> all() {
    return entries.stream().map(this::equation).toList();
  }

  private Trace.Equation equation(Entry entry) {
    Origin origin = entry.kernel.origin();
    Optional<Caption.Equality> formula = formula(entry.kernel);
    return new Trace.Equation(
        entry.id,
        entry.phase.name().toLowerCase(Locale.ROOT),
        entry.loop,
        entry.math,
        formula.map(Caption.Equality::text).orElse(entry.id),
        entry.value,
        entry.kernel instanceof Kernel.Recurrence
            ? places.beginnings(written(entry))
            : places.of(written(entry)),
        entry.reads.stream().distinct().toList(),
        partners(entry),
        gradientOf(origin),
        entry.backward() ? shares(origin) : List.of(),
        entry.backward() ? reasons(entry) : List.of());
  }

  private void reads(Expression e, List<Integer> found) {
    if (e instanceof Expression.Name name) {
      name.value().ifPresent(var -> found.add(values.number(var)));
    }
    e.parts().forEach(part -> reads(part, found));
  }

  /** The equations of the model that it computes, or whose gradients. */
  private static List<Origin.Written> written(Entry entry) {
    Set<Integer> numbers = entry.atoms.numbers();
    return entry.kernel.origin().written().stream()
        .filter(written -> numbers.contains(written.number()))
        .toList();
  }

  private List<Integer> partners(Entry entry) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Atoms other = entries.get(i).atoms;
      if (entry.atoms.areSharesOf(other) || other.areSharesOf(entry.atoms)) {
        found.add(i);
      }
    }
    return found;
  }

  private List<Integer> gradientOf(Origin origin) {
    Set<Integer> found = new LinkedHashSet<>();
    for (Origin.Of of : origin.gradientOf()) {
      for (int i = 0; i < values.count(); i++) {
        if (values.var(i).is(of.value())) {
          found.add(i);
        }
      }
    }
    return List.copyOf(found);
  }

  private List<String> reasons(Entry entry) {
    String of =
        gradientOf(entry.kernel.origin()).stream()
            .map(value -> values.var(value).name())
            .findFirst()
            .orElse("");
    return formula(entry.kernel)
        .map(f -> Reasons.of(of, f.right(), entry.kernel.origin()))
        .orElse(List.of());
  }

  private List<Share> shares(Origin origin) {
    Map<Object, Share> found = new LinkedHashMap<>();
    for (Origin.Share share : origin.shares()) {
      for (Origin.Written written : share.forward().written()) {
        differentiated.getOrDefault(written.number(), List.of()).stream()
            .filter(e -> e.op().name().equals(share.rule()))
            .filter(e -> share.input() < e.inputs().size())
            .reduce((first, second) -> second)
            .map(e -> share(written.number(), share, e))
            .ifPresent(s -> found.putIfAbsent(s, s));
      }
    }
    return List.copyOf(found.values());
  }

  private Share share(int number, Origin.Share share, Equation e) {
    int equation = -1;
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).atoms.contains(new Atoms.Atom(number, Atoms.FORWARD))) {
        equation = i;
      }
    }
    if (e.op() instanceof Scan scan) {
      return new Share(equation, scan.step().name(), List.of(), List.of());
    }
    OpRule rule = new OpRule(e);
    return new Share(equation, share.rule(), rule.forward(), rule.gradient(share.input()));
  }
}
