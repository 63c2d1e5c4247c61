package dev.peephole.check;

import dev.peephole.check.evaluate.Arguments;
import dev.peephole.check.evaluate.Bodies;
import dev.peephole.check.evaluate.Context;
import dev.peephole.check.evaluate.Expressions;
import dev.peephole.check.scope.Declarations;
import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Label;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Renaming;
import dev.peephole.ir.Role;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Declaration.Kind;
import dev.peephole.syntax.Declaration.Parameter;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows an optimizer: one step for one number of a parameter, as for one example of a batch. */
public final class Optimizers {
  private static final Shape EACH = Shape.of(Shape.BATCH);

  private final Context context;
  private final Expressions expressions;
  private final Bodies bodies;
  private final Map<String, Var> before = new LinkedHashMap<>();
  private final Map<String, Var> after = new LinkedHashMap<>();
  private final Map<String, Double> initial = new LinkedHashMap<>();
  private final int epochs;

  /** How many equations compute what the options are given. */
  private int arguments;

  /**
   * @param epochs how long the plan trains
   */
  Optimizers(Declarations declarations, Diagnostics diagnostics, int epochs) {
    this.context = new Context(declarations, diagnostics).scheduling();
    this.epochs = epochs;
    this.expressions = new Expressions(context);
    this.bodies = new Bodies(context, expressions);
  }

  /** The optimizer that an expression such as {@code adam(rate: 0.01)} names. */
  Optional<Optimizer> check(Expr expr) {
    try {
      Value value = expressions.evaluate(expr, Frame.top(null));
      if (value instanceof Value.Reference reference
          && reference.callable().kind() == Kind.OPTIMIZER) {
        return Optional.of(follow(reference, expr));
      }
      if (!(value instanceof Value.Unknown)) {
        throw new CheckException(
            Diagnostic.error(Code.PLAN, expr.span(), "an optimizer is wanted here")
                .note("this is " + value.describe())
                .hint(
                    "the optimizers are "
                        + String.join(", ", context.declarations().names(Kind.OPTIMIZER))));
      }
    } catch (CheckException flaw) {
      flaw.diagnostic().ifPresent(context::report);
    }
    return Optional.empty();
  }

  private Optimizer follow(Value.Reference reference, Expr place) {
    Callable callable = reference.callable();
    arguments = context.builder().equations().size();
    Frame frame = Frame.top(null).enter(callable, null, place.span());
    context.at(place.span(), Frame.top(null));
    Var parameter = given(frame, "parameter", EACH);
    Var gradient = given(frame, "gradient", EACH);
    Var step = given(frame, "step", Shape.SCALAR);
    bindOptions(reference, frame);
    boolean moved = false;
    for (Statement statement : callable.body()) {
      if (statement instanceof Statement.State state) {
        declare(state, frame);
      } else if (statement instanceof Statement.Equation equation) {
        equation(equation, frame);
        moved |= equation.name().name().equals("parameter");
      } else {
        bodies.follow(statement, frame);
      }
    }
    if (!moved) {
      throw new CheckException(
          Diagnostic.error(
                  Code.PLAN, callable.name().span(), "this optimizer never moves the parameter")
              .hint("end it with a line such as: parameter = parameter - rate * gradient"));
    }
    Map<Role, List<Var>> given =
        Map.of(
            Role.PARAMETER, List.of(parameter),
            Role.GRADIENT, List.of(gradient),
            Role.STEP, List.of(step));
    return optimizer(callable, frame, given);
  }

  private Var given(Frame frame, String name, Shape shape) {
    Var var = Var.real(name, shape);
    frame.bind(name, new Value.Tensor(var, 0), frame.callable().name().span());
    return var;
  }

  private void bindOptions(Value.Reference reference, Frame frame) {
    Arguments matching = new Arguments(context, expressions);
    List<Parameter> missing = new ArrayList<>();
    for (Parameter parameter : reference.callable().parameters()) {
      Value value = reference.options().get(parameter.name().name());
      if (value == null && parameter.standard().isPresent()) {
        value = expressions.evaluate(parameter.standard().get(), frame);
      }
      if (value == null) {
        missing.add(parameter);
      } else {
        if (value instanceof Value.Tensor scheduled && !isReading(scheduled.var())) {
          context.labels().put(scheduled.var(), Label.name(parameter.name().name()));
        }
        frame.bind(
            parameter.name().name(), matching.spelled(parameter, value), parameter.name().span());
      }
    }
    matching.requireAll(reference.callable(), missing, frame);
  }

  private boolean isReading(Var var) {
    return context.readings().stream().anyMatch(reading -> reading.value() == var);
  }

  private void declare(Statement.State state, Frame frame) {
    double first = state.init().map(e -> expressions.number(e, frame)).orElse(0.0);
    for (Ident name : state.names()) {
      initial.put(name.name(), first);
      Var var = Var.real(name.name(), EACH);
      before.put(name.name(), var);
      frame.bind("prev " + name.name(), new Value.Tensor(var, 0), name.span());
    }
  }

  private void equation(Statement.Equation equation, Frame frame) {
    String name = equation.name().name();
    Value value = expressions.evaluate(equation.value(), frame);
    if (value instanceof Value.Unknown) {
      throw CheckException.reported();
    }
    Value.Tensor tensor = context.arithmetic().tensor(value);
    if (before.containsKey(name) || name.equals("parameter")) {
      tensor = spread(tensor);
      after.put(name, tensor.var());
    }
    context
        .labels()
        .merge(tensor.var(), Label.name(name), (before, now) -> before.isName() ? before : now);
    frame.bind(name, tensor, equation.name().span());
  }

  private Value.Tensor spread(Value.Tensor tensor) {
    if (tensor.var().shape().equals(EACH)) {
      return tensor;
    }
    return new Value.Tensor(Broadcast.lead(context.builder(), tensor.var(), EACH), 0);
  }

  private Optimizer optimizer(Callable callable, Frame frame, Map<Role, List<Var>> given) {
    List<Var> to = new ArrayList<>();
    for (String state : before.keySet()) {
      Var next = after.get(state);
      if (next == null) {
        throw new CheckException(
            Diagnostic.error(
                    Code.PLAN,
                    frame.names().get("prev " + state).span(),
                    "the state '" + state + "' is never computed")
                .hint("give it an equation: " + state + " = …"));
      }
      to.add(next);
    }
    Schedules schedules =
        new Schedules(context.builder().equations(), arguments, context.readings());
    requireAtAllTimes(schedules);
    Map<Var, Label> labels = new LinkedHashMap<>(context.labels());
    given.values().forEach(vars -> vars.forEach(labels::remove));
    before.values().forEach(labels::remove);
    Renaming renaming = Renaming.of(labels);
    List<Var> results = new ArrayList<>(to);
    results.add(after.get("parameter"));
    List<Equation> step = schedules.step(results);
    List<Optimizer.Option> options = schedules.options(step, renaming);
    Map<Role, List<Var>> inputs = new EnumMap<>(given);
    inputs.put(Role.STATE, List.copyOf(before.values()));
    Map<Role, List<Var>> outputs =
        Map.of(Role.PARAMETER, List.of(after.get("parameter")), Role.STATE, to);
    String name = callable.name().name();
    Function plain = renaming.apply(Function.of(name, inputs, step, outputs));
    Map<Role, List<Var>> whole = plain.inputsByRole();
    whole.put(Role.OPTION, options.stream().map(Optimizer.Option::value).toList());
    Function function = Function.of(name, whole, plain.equations(), plain.outputsByRole());
    return new Optimizer(name, callable.doc(), options, states(function), function);
  }

  private List<Optimizer.State> states(Function step) {
    List<Optimizer.State> states = new ArrayList<>();
    Iterator<Var> old = step.inputs(Role.STATE).iterator();
    Iterator<Var> next = step.outputs(Role.STATE).iterator();
    initial.forEach(
        (name, first) -> states.add(new Optimizer.State(name, first, old.next(), next.next())));
    return states;
  }

  private void requireAtAllTimes(Schedules schedules) {
    for (Context.Demand demand : context.demands()) {
      Optional<Diagnostic> broken = schedules.broken(demand, epochs);
      if (broken.isPresent()) {
        throw new CheckException(broken.get());
      }
    }
  }
}
