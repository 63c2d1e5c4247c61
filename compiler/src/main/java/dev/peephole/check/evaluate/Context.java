package dev.peephole.check.evaluate;

import dev.peephole.check.scope.Declarations;
import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.Arithmetic;
import dev.peephole.check.value.CellResult;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Label;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Reading;
import dev.peephole.ir.Renaming;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import dev.peephole.range.Expectation;
import dev.peephole.source.Span;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What all parts of the check of one network share. */
public final class Context {
  private final Declarations declarations;
  private final Diagnostics diagnostics;
  private final Map<Declaration.Const, Value> constants = new HashMap<>();
  private final Set<Declaration.Const> constantsUnderWay = new HashSet<>();
  private final Map<Var, Label> labels = new HashMap<>();
  private final Map<Var, String> given = new HashMap<>();
  private final Map<Var, Expr.Call> made = new HashMap<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private final Map<Expr, List<Expr>> stages = new IdentityHashMap<>();
  private final Map<Expr, Map<Expr, Expr.Call>> joined = new IdentityHashMap<>();
  private final Map<Var, CellResult> cellResults = new HashMap<>();
  private final Set<Builder> steps = Collections.newSetFromMap(new IdentityHashMap<>());
  private Builder builder = new Builder();
  private final Map<Reading.Quantity, Var> readings = new LinkedHashMap<>();
  private final List<Demand> demands = new ArrayList<>();
  private boolean scheduling;
  private Var lengths;
  private int draws;
  private int noise;

  public Context(Declarations declarations, Diagnostics diagnostics) {
    this.declarations = declarations;
    this.diagnostics = diagnostics;
  }

  public Declarations declarations() {
    return declarations;
  }

  public void report(Diagnostic error) {
    diagnostics.report(error);
  }

  public Builder builder() {
    return builder;
  }

  public Arithmetic arithmetic() {
    return new Arithmetic(this::builder, this::lengths, () -> noise++, this::reading, scheduling);
  }

  /** Where the equations of a cell's time step are to be written. */
  Builder newStep() {
    Builder step = new Builder();
    steps.add(step);
    return step;
  }

  /** Whether equations are those of a cell's time step. */
  boolean isInStep() {
    return steps.contains(builder);
  }

  /** Writes equations elsewhere until the returned builder is put back. */
  Builder swap(Builder other) {
    Builder before = builder;
    if (other.origin() == Origin.NOWHERE) {
      other.at(before.origin());
    }
    builder = other;
    return before;
  }

  /** How many time steps each example has; made when it is first asked for. */
  public Var lengths() {
    if (lengths == null) {
      lengths = Var.of("lengths", Type.lengths());
    }
    return lengths;
  }

  /** Lets what is followed ask where the run is, as the options of an optimizer may. */
  public Context scheduling() {
    scheduling = true;
    return this;
  }

  /** Whether it may. */
  boolean isScheduling() {
    return scheduling;
  }

  private Var reading(Reading.Quantity quantity) {
    if (!scheduling) {
      throw new TypeMismatch(
          "'" + quantity.word() + "' is asked here, and it is known in the run alone",
          "options of optimizers may change while it goes on, such as rate: 0.1 * (1 - progress)");
    }
    return readings.computeIfAbsent(quantity, q -> Var.real(q.word(), Shape.SCALAR));
  }

  /** What was asked of the run. */
  public List<Reading> readings() {
    return readings.entrySet().stream().map(e -> new Reading(e.getValue(), e.getKey())).toList();
  }

  /** What must hold at all times of a run. */
  void demand(Demand demand) {
    demands.add(demand);
  }

  /** What must hold at all times of a run, in the order met. */
  public List<Demand> demands() {
    return demands;
  }

  /**
   * Something that must hold at all times of a run.
   *
   * @param holds whether it does
   * @param broken what to say if it does not
   * @param values what it is about, by their names
   */
  public record Demand(Var holds, Diagnostic broken, Map<String, Var> values) {}

  /** The next stream of random numbers for initial parameters. */
  int nextDraw() {
    return draws++;
  }

  /** What equations call values that were made without a name, or inside a call. */
  public Map<Var, Label> labels() {
    return labels;
  }

  /** The user's calls that values come from; of a call within a call the inner one. */
  Map<Var, Expr.Call> made() {
    return made;
  }

  /** Notes what a value should be. */
  void expect(Expectation expectation) {
    expectations.add(expectation);
  }

  /** What values should be, in the order met. */
  public List<Expectation> expectations() {
    return expectations;
  }

  /** Gives a value the name that an equation or a declaration has for it. */
  public void name(Var var, Ident name) {
    labels.put(var, Label.name(name.name()));
    if (!declarations.isLibrary(name.span().file())) {
      given.put(var, name.name());
    }
  }

  /** The values with their names. */
  public Renaming renaming() {
    Map<Var, Var> named = new HashMap<>();
    labels.forEach((var, label) -> named.put(var, var.labelled(label)));
    given.forEach(
        (var, name) -> {
          if (Label.name(name).equals(labels.get(var))) {
            named.put(var, var.renamed(name).given());
          }
        });
    return Renaming.to(named);
  }

  /** The calls that a chain consists of, the same ones each time. */
  List<Expr> stages(Expr chain, Function<Expr, List<Expr>> made) {
    List<Expr> known = stages.get(chain);
    if (known == null) {
      known = made.apply(chain);
      stages.put(chain, known);
    }
    return known;
  }

  /** The call of a stage at a place that applies it, the same one each time. */
  Expr.Call joined(Expr place, Expr stage, Supplier<Expr.Call> made) {
    return joined
        .computeIfAbsent(place, p -> new IdentityHashMap<>())
        .computeIfAbsent(stage, s -> made.get());
  }

  /** What cells gave, by the sequences of their results. */
  Map<Var, CellResult> cellResults() {
    return cellResults;
  }

  Value constantValue(Declaration.Const constant, Span use, Expressions expressions) {
    Value known = constants.get(constant);
    if (known != null) {
      return known;
    }
    if (!constantsUnderWay.add(constant)) {
      throw new CheckException(
          Diagnostic.error(
                  Code.RECURSION, use, "the constant '" + constant.name() + "' needs itself")
              .and(constant.name().span(), "declared here"));
    }
    Value value = expressions.evaluate(constant.value(), Frame.top(null));
    constantsUnderWay.remove(constant);
    constants.put(constant, value);
    return value;
  }

  /** Equations from here on come from this place, in a body or in what it applies. */
  public void at(Span place, Frame frame) {
    Optional<Span> library = Optional.of(place).filter(p -> declarations.isLibrary(p.file()));
    builder.at(
        new Origin.Written(
            0, called(place, frame), library, shown(place, frame), frame.application()));
  }

  /**
   * Where a reader should look: the place itself, or the user's call of the library around it. What
   * is computed in a cell of the library is shown in the cell: one line for all of its equations
   * would say too little.
   */
  Span shown(Span place, Frame frame) {
    Span shown = place;
    for (Frame f = frame; !f.inCell() && isInside(shown, f); f = f.caller()) {
      shown = f.call();
    }
    return shown;
  }

  /** The user's call of the library around a place in it, or the place itself. */
  Span called(Span place, Frame frame) {
    Span call = place;
    for (Frame f = frame; isInside(call, f); f = f.caller()) {
      call = f.call();
    }
    return call;
  }

  /** Whether a place is in the library, in something that is applied. */
  private boolean isInside(Span place, Frame frame) {
    return frame.caller() != null && declarations.isLibrary(place.file());
  }

  /**
   * An error inside a call told where the user can mend it: in the user's own file, with the way
   * there from the call.
   */
  Diagnostic traced(Diagnostic error, Frame frame) {
    if (frame.caller() == null) {
      return error;
    }
    if (!declarations.isLibrary(error.span().file())) {
      return withWay(error, frame);
    }
    Frame f = frame;
    while (f.caller().caller() != null && declarations.isLibrary(f.call().file())) {
      f = f.caller();
    }
    Diagnostic outside =
        Diagnostic.error(error.code(), f.call(), error.message())
            .labelled("in this use of " + f.callable().name());
    for (Diagnostic.Label label : error.secondary()) {
      outside = outside.and(label.span(), label.text());
    }
    for (String note : error.notes()) {
      outside = outside.note(note);
    }
    return outside;
  }

  /** The error with every application on the way to it. */
  private static Diagnostic withWay(Diagnostic error, Frame frame) {
    Diagnostic told = error;
    for (Frame f = frame; f.caller() != null; f = f.caller()) {
      told = told.and(f.call(), f.callable().name().name() + " is applied here");
    }
    return told;
  }
}
