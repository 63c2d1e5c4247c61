package dev.peephole.check;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Misfit;
import dev.peephole.ir.Op;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Draw;
import dev.peephole.op.Transpose;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Declaration.Parameter;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Statement;
import dev.peephole.syntax.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

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
  private final Builder step = new Builder();
  private final Map<Var, Var> elements = new LinkedHashMap<>();
  private final Map<String, Var> before = new LinkedHashMap<>();
  private final Map<String, Var> initial = new LinkedHashMap<>();
  private final Map<String, Var> after = new LinkedHashMap<>();
  private Shape hidden = Shape.SCALAR;
  private int length;

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
  }

  /** The sequence of results, or an unknown value if the body has an error. */
  Value run(Map<String, Arguments.Argument> bound, boolean reversed) {
    int lead = bindTensors(bound);
    context.swap(step);
    try {
      bindOptions(bound);
      Value result = followBody();
      if (result instanceof Value.Unknown) {
        return result;
      }
      Value.Tensor tensor = numbers(result);
      Value.Tensor each = spread(tensor, tensor.shape());
      context.swap(outer);
      Var sequence = scan(each.var(), reversed);
      Var back = timeInside(sequence);
      return new Value.Tensor(back, each.rank() + lead);
    } finally {
      context.swap(outer);
    }
  }

  private Value.Tensor numbers(Value result) {
    try {
      Value.Tensor tensor = context.arithmetic().tensor(result);
      tensor.var().type().requireNumbers();
      return tensor;
    } catch (Misfit misfit) {
      throw new Flaw(
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
      throw new Flaw(
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
    Var timeFirst = moved(sequence.var(), time, 0);
    Shape shape = sequence.var().shape().without(List.of(time));
    Var element =
        Var.of(
            parameter.name().name() + "_t",
            new dev.peephole.ir.Type(shape, timeFirst.element(), timeFirst.classes()));
    elements.put(element, timeFirst);
    return new Value.Tensor(element, sequence.rank());
  }

  /** The axis at one place moved to another. */
  private Var moved(Var var, int from, int to) {
    if (from == to) {
      return var;
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, var.shape().rank()).boxed().toList());
    order.add(to, order.remove(from));
    return outer.apply(new Transpose(order), var);
  }

  private Var timeInside(Var sequence) {
    return moved(sequence, 0, hidden.rank());
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
      if (statement instanceof Statement.Param param) {
        bodies.parameters().declare(param, inside);
      } else if (statement instanceof Statement.State state) {
        declare(state);
      } else if (statement instanceof Statement.Equation equation) {
        Value value = bodies.equation(equation, inside);
        if (value instanceof Value.Unknown) {
          return value;
        }
        if (before.containsKey(equation.name().name())) {
          assign(equation, value);
        }
      } else if (statement instanceof Statement.Return result) {
        requireAllStates();
        return expressions.evaluate(result.value(), inside);
      }
    }
    throw new Flaw(
        Diagnostic.error(Code.SYNTAX, cell.name().span(), "'" + cell.name() + "' returns nothing")
            .hint("end its body with a line such as: return s"));
  }

  private void declare(Statement.State state) {
    Shape shape = state.shape().map(s -> bodies.parameters().shape(s, inside)).orElse(Shape.SCALAR);
    Value first = state.init().map(this::beforehand).orElse(Value.Number.of(0, true));
    for (Ident name : state.names()) {
      Var previous = Var.real(name.name() + "Prev", hidden.append(shape));
      before.put(name.name(), previous);
      initial.put(name.name(), first(first, shape, name));
      inside.bind("prev " + name.name(), new Value.Tensor(previous, shape.rank()), name.span());
    }
  }

  /** What a state begins with, computed once before the first time step. */
  private Value beforehand(Expr init) {
    context.swap(outer);
    try {
      int start = outer.equations().size();
      Value value = expressions.evaluate(init, inside);
      List<Equation> own = outer.equations().subList(start, outer.equations().size());
      boolean early =
          own.stream().flatMap(e -> e.inputs().stream()).anyMatch(this::ofOneStep)
              || value instanceof Value.Tensor tensor && ofOneStep(tensor.var());
      if (early) {
        throw new Flaw(
            Diagnostic.error(Code.NAME, init.span(), "a state begins before the first time step")
                .note("here it would begin with something that each time step has of its own")
                .hint("compute it from parameters and from arguments without a time axis"));
      }
      return value;
    } finally {
      context.swap(step);
    }
  }

  private boolean ofOneStep(Var var) {
    return elements.containsKey(var)
        || before.containsValue(var)
        || step.equations().stream().anyMatch(e -> e.outs().contains(var));
  }

  /** The initial state, for each place of the hidden axes. */
  private Var first(Value value, Shape shape, Ident name) {
    context.swap(outer);
    try {
      Value.Tensor tensor =
          value instanceof Value.Number n
              ? context.arithmetic().tensor(Value.Number.of(n.value(), false))
              : context.arithmetic().tensor(value);
      return spread(tensor, shape).var();
    } catch (Misfit | IllegalArgumentException misfit) {
      throw new Flaw(
          context.traced(
              Diagnostic.error(
                      Code.SHAPE, name.span(), "'" + name + "' cannot begin with this value")
                  .note("the state is " + shape + ", the value is " + value.describe()),
              inside));
    } finally {
      context.swap(step);
    }
  }

  /** The value for each place of the hidden axes. */
  private Value.Tensor spread(Value.Tensor tensor, Shape shape) {
    Var zero = context.builder().apply(new Constant(0, ""));
    Var frame = Broadcast.lead(context.builder(), zero, hidden.append(shape));
    return context
        .arithmetic()
        .align(List.of(tensor, new Value.Tensor(frame, shape.rank())))
        .get(0);
  }

  private void assign(Statement.Equation equation, Value value) {
    String name = equation.name().name();
    Var previous = before.get(name);
    Shape own = previous.shape().last(previous.shape().rank() - hidden.rank());
    Var next =
        inShape(value, own)
            .filter(v -> v.type().equals(previous.type()))
            .orElseThrow(
                () ->
                    new Flaw(
                        context.traced(
                            Diagnostic.error(
                                    Code.SHAPE,
                                    equation.span(),
                                    "the state '" + name + "' changes its shape")
                                .note(
                                    "it is " + own + " before and " + value.describe() + " after"),
                            inside)));
    after.put(name, next);
  }

  /** The value for each place of the hidden axes, if it can have this shape. */
  private Optional<Var> inShape(Value value, Shape shape) {
    try {
      return Optional.of(spread(context.arithmetic().tensor(value), shape).var());
    } catch (Misfit misfit) {
      return Optional.empty();
    }
  }

  private void requireAllStates() {
    for (String state : before.keySet()) {
      if (!after.containsKey(state)) {
        throw new Flaw(
            Diagnostic.error(
                    Code.NAME,
                    inside.names().get("prev " + state).span(),
                    "the state '" + state + "' is never computed")
                .hint("give it an equation: " + state + " = …"));
      }
    }
  }

  /** The equations of a step; the noise of all time steps is drawn at once, before the first. */
  private List<Equation> withNoiseOutside() {
    List<Equation> inside = new ArrayList<>();
    for (Equation e : step.equations()) {
      if (e.op() instanceof Draw draw) {
        Op all = draw.lifted(length, List.of()).orElseThrow();
        Var sequence = outer.named(e.out().label(), all, List.of());
        context.names().computeIfPresent(e.out(), (drawn, name) -> named(sequence, name));
        elements.put(e.out(), sequence);
      } else {
        inside.add(e);
      }
    }
    return inside;
  }

  private String named(Var var, String name) {
    context.names().put(var, name);
    return name;
  }

  /** Writes the scan; returns the sequence of one of the step's values. */
  private Var scan(Var result, boolean reversed) {
    List<Var> outputs = new ArrayList<>();
    before.keySet().forEach(state -> outputs.add(after.get(state)));
    if (!outputs.contains(result)) {
      outputs.add(result);
    }
    List<Equation> equations = withNoiseOutside();
    Set<Var> known = new LinkedHashSet<>(before.values());
    known.addAll(elements.keySet());
    Set<Var> captured = new LinkedHashSet<>();
    for (Equation e : equations) {
      e.inputs().stream().filter(v -> !known.contains(v)).forEach(captured::add);
      known.addAll(e.outs());
    }
    outputs.stream().filter(v -> !known.contains(v)).forEach(captured::add);
    List<Var> formal = new ArrayList<>(before.values());
    formal.addAll(elements.keySet());
    formal.addAll(captured);
    List<Var> inputs = new ArrayList<>(initial.values());
    inputs.addAll(elements.values());
    inputs.addAll(captured);
    Function body = new Function(cell.name().name(), formal, equations, outputs);
    Scan scan = new Scan(body, before.size(), elements.size(), length, reversed);
    List<Var> outs = outputs.stream().map(v -> Var.of(v.label(), scan.sequence(v.type()))).toList();
    outer.add(new Equation(outs, scan, inputs, context.shown(call.span(), inside.caller())));
    return outs.get(outputs.indexOf(result));
  }
}
