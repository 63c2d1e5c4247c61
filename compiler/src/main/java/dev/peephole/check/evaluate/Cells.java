package dev.peephole.check.evaluate;

import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.CellResult;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Label;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Recurrence.Input;
import dev.peephole.ir.Recurrence.Result;
import dev.peephole.ir.Recurrence.State;
import dev.peephole.ir.Shape;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Draw;
import dev.peephole.source.Span;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Declaration.Parameter;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Statement;
import dev.peephole.syntax.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Follows one application of a cell: writes its equations down once, as the step of a scan over the
 * time axis of its argument.
 */
final class Cells {
  private final Context context;
  private final Expressions expressions;
  private final Arguments arguments;
  private final Bodies bodies;
  private final Callable cell;
  private final Expr.Call call;
  private final Frame inside;
  private final Builder outer;
  private final Builder step;
  private final Map<Var, Var> elements = new LinkedHashMap<>();
  private Shape hidden = Shape.SCALAR;
  private int length;
  private States states;

  Cells(
      Context context,
      Expressions expressions,
      Calls calls,
      Callable cell,
      Expr.Call call,
      Frame inside) {
    this.context = context;
    this.expressions = expressions;
    this.arguments = calls.arguments();
    this.bodies = calls.bodies();
    this.cell = cell;
    this.call = call;
    this.inside = inside;
    this.outer = context.builder();
    this.step = context.newStep();
  }

  /** The sequence of results, or an unknown value if the body has an error. */
  Value run(Map<String, Arguments.Argument> bound, boolean reversed) {
    requireNoStepAround();
    int lead = bindTensors(bound);
    states =
        new States(
            context,
            expressions,
            bodies.parameters(),
            inside,
            outer,
            step,
            elements.keySet(),
            bound,
            hidden,
            length == Shape.OPEN);
    context.swap(step);
    try {
      bindOptions(bound);
      Value result = followBody();
      if (result instanceof Value.Unknown) {
        return result;
      }
      Value.Tensor tensor = numbers(result);
      Value.Tensor each = states.spread(tensor, tensor.shape());
      context.swap(outer);
      Map<String, Var> sequences = new LinkedHashMap<>();
      Var sequence = scan(each.var(), reversed, sequences);
      Var back = context.arithmetic().moved(sequence, 0, hidden.rank());
      CellResult all = new CellResult(cell, sequences, states.absent(), hidden.rank());
      context.cellResults().put(back, all);
      if (!back.named()) {
        context.labels().putIfAbsent(back, Label.hint(cell.name().name()));
      }
      return new Value.Tensor(back, each.rank() + lead);
    } finally {
      context.swap(outer);
    }
  }

  private void requireNoStepAround() {
    if (context.isInStep()) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(
                      Code.SHAPE, call.span(), "'" + cell.name() + "' runs over time in a cell")
                  .note("a time step of one cell cannot be all time steps of another")
                  .hint("run " + cell.name() + " before, and give the other cell what it gives"),
              inside.caller()));
    }
  }

  private Value.Tensor numbers(Value result) {
    try {
      Value.Tensor tensor = context.arithmetic().tensor(result);
      tensor.var().type().requireNumbers();
      return tensor;
    } catch (TypeMismatch mismatch) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(Code.SHAPE, cell.name().span(), "a cell returns numbers")
                  .note("this one returns " + result.describe()),
              inside));
    }
  }

  /** Binds the arguments that are sequences to their elements; returns the axes they are along. */
  private int bindTensors(Map<String, Arguments.Argument> bound) {
    ArgumentShapes shapes = new ArgumentShapes(context, expressions, inside);
    for (Parameter parameter : cell.parameters()) {
      Arguments.Argument argument = bound.get(parameter.name().name());
      boolean shaped =
          parameter.type().isPresent() && !(parameter.type().get() instanceof Type.Kind);
      if (argument == null || !shaped) {
        continue;
      }
      Value.Tensor own = (Value.Tensor) shapes.fit(parameter, argument.value(), argument);
      boolean varies = own.hidden().example().rank() > 0;
      Value value = varies ? element(own, parameter) : own;
      inside.bind(parameter.name().name(), value, parameter.name().span());
    }
    if (shapes.leadRank() == 0) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(Code.SHAPE, call.span(), "'" + cell.name() + "' runs over time")
                  .note("it is written for one time step, and takes a sequence of them: [T, …]"),
              inside.caller()));
    }
    return shapes.leadRank();
  }

  /** An element of a sequence, whose time axis is the innermost of those that are not seen. */
  private Value.Tensor element(Value.Tensor sequence, Parameter parameter) {
    int time = sequence.hidden().rank() - 1;
    length = sequence.var().shape().axis(time);
    hidden = sequence.hidden().without(List.of(time));
    Var timeFirst = context.arithmetic().moved(sequence.var(), time, 0);
    Shape shape = sequence.var().shape().without(List.of(time));
    Var element =
        Var.of(
            parameter.name().name() + "_t",
            new dev.peephole.ir.Type(shape, timeFirst.element(), timeFirst.classes()));
    elements.put(element, timeFirst);
    return new Value.Tensor(element, sequence.rank());
  }

  private void bindOptions(Map<String, Arguments.Argument> bound) {
    List<Parameter> missing = new ArrayList<>();
    for (Parameter parameter : cell.parameters()) {
      String name = parameter.name().name();
      if (inside.names().containsKey(name)) {
        continue;
      }
      Value value =
          bound.containsKey(name)
              ? bound.get(name).value()
              : parameter.standard().map(e -> expressions.evaluate(e, inside)).orElse(null);
      if (value == null) {
        missing.add(parameter);
      } else {
        inside.bind(name, arguments.spelled(parameter, value), parameter.name().span());
      }
    }
    arguments.requireAll(cell, missing, inside);
  }

  private Value followBody() {
    for (Statement statement : cell.body()) {
      context.at(statement.span(), inside);
      if (statement instanceof Statement.State state) {
        states.declare(state);
      } else if (statement instanceof Statement.Equation equation) {
        Value value = bodies.equation(equation, inside);
        if (value instanceof Value.Unknown) {
          return value;
        }
        if (states.declares(equation.name().name())) {
          states.assign(equation, value);
        }
      } else if (statement instanceof Statement.Return result) {
        states.requireAll();
        return expressions.evaluate(result.value(), inside);
      } else {
        bodies.follow(statement, inside);
      }
    }
    throw new CheckException(
        Diagnostic.error(Code.SYNTAX, cell.name().span(), "'" + cell.name() + "' returns nothing")
            .hint("end its body with a line such as: return s"));
  }

  /**
   * Writes the scan; returns the sequence of one of the step's values, and those of the states.
   *
   * @param sequences takes the sequences of the states by their names
   */
  private Var scan(Var result, boolean reversed, Map<String, Var> sequences) {
    List<Equation> equations = withNoiseOutside();
    Map<String, State> carried = new LinkedHashMap<>();
    List<Input> constants = new ArrayList<>();
    for (String state : states.names()) {
      Var before = states.before(state);
      if (states.stays(state)) {
        context.labels().put(before, Label.name(state));
        constants.add(new Input(before, states.initial(state)));
      } else {
        Var after = states.after(state);
        carried.put(state, new State(before, states.initial(state), after, sequence(after)));
      }
    }
    List<Result> results = new ArrayList<>();
    if (carried.values().stream().noneMatch(state -> state.after().equals(result))) {
      results.add(new Result(result, sequence(result)));
    }
    List<Input> elementwise = new ArrayList<>();
    elements.forEach((element, whole) -> elementwise.add(new Input(element, whole)));
    Recurrence alone =
        new Recurrence(
            cell.name().name(),
            List.copyOf(carried.values()),
            elementwise,
            constants,
            equations,
            results,
            length,
            reversed,
            0,
            origin());
    captured(alone).forEach(var -> constants.add(new Input(var, var)));
    outer.add(alone.with(elementwise, constants, equations).equation());
    for (String state : states.names()) {
      sequences.put(
          state, states.stays(state) ? repeated(states.initial(state)) : carried.get(state).all());
    }
    return Stream.concat(carried.values().stream().map(State::result), results.stream())
        .filter(each -> each.each().equals(result))
        .map(Result::all)
        .findFirst()
        .orElseThrow();
  }

  /** A sequence of such values, called the same. */
  private Var sequence(Var each) {
    return each.another(Recurrence.sequence(each.type(), length));
  }

  private Origin origin() {
    Span place = context.called(call.span(), inside.caller());
    Optional<Span> library =
        Optional.of(cell.span()).filter(span -> context.declarations().isLibrary(span.file()));
    return new Origin.Written(0, place, library, place, inside.application());
  }

  /** The equations of a step; the noise of all time steps is drawn at once, before the first. */
  private List<Equation> withNoiseOutside() {
    List<Equation> inside = new ArrayList<>();
    for (Equation e : step.equations()) {
      if (e.op() instanceof Draw draw) {
        Op all = draw.lifted(length, List.of()).orElseThrow();
        Var sequence = outer.labelled(e.out().label(), all, List.of());
        Optional.ofNullable(context.labels().get(e.out()))
            .ifPresent(label -> context.labels().put(sequence, label));
        elements.put(e.out(), sequence);
      } else {
        inside.add(e);
      }
    }
    return inside;
  }

  /** What is read from around the cell. */
  private static Set<Var> captured(Recurrence scan) {
    Set<Var> known = new HashSet<>();
    scan.states().forEach(state -> known.add(state.before()));
    scan.given().forEach(input -> known.add(input.formal()));
    Set<Var> captured = new LinkedHashSet<>();
    for (Equation e : scan.step()) {
      e.inputs().stream().filter(v -> !known.contains(v)).forEach(captured::add);
      known.addAll(e.outs());
    }
    Stream.concat(
            scan.states().stream().map(State::after), scan.results().stream().map(Result::each))
        .filter(v -> !known.contains(v))
        .forEach(captured::add);
    return captured;
  }

  /** The sequence of a state that stays what it is. */
  private Var repeated(Var state) {
    return Broadcast.lead(outer, state, Recurrence.sequence(state.type(), length).shape());
  }
}
