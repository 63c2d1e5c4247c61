package dev.peephole.check.evaluate;

import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Label;
import dev.peephole.ir.Shape;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.source.Span;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The states of one application of a cell: with what they begin, what they are before a time step,
 * and what they are after it.
 */
final class States {
  private final Context context;
  private final Expressions expressions;
  private final Parameters parameters;
  private final Frame inside;
  private final Builder outer;
  private final Builder step;
  private final Set<Var> elements;
  private final Map<String, Arguments.Argument> given;
  private final Shape hidden;
  private final boolean open;
  private final Map<String, Var> before = new LinkedHashMap<>();
  private final Map<String, Var> initial = new LinkedHashMap<>();
  private final Map<String, Var> after = new LinkedHashMap<>();
  private final Map<String, String> absent = new LinkedHashMap<>();

  /**
   * @param outer where initial values are computed
   * @param step what happens at one time step
   * @param elements the elements of the sequences that the cell goes through
   * @param given the arguments of the call, initial states among them
   * @param hidden the axes that the cell is applied along
   * @param open whether the sequences have different lengths
   */
  States(
      Context context,
      Expressions expressions,
      Parameters parameters,
      Frame inside,
      Builder outer,
      Builder step,
      Set<Var> elements,
      Map<String, Arguments.Argument> given,
      Shape hidden,
      boolean open) {
    this.context = context;
    this.expressions = expressions;
    this.parameters = parameters;
    this.inside = inside;
    this.outer = outer;
    this.step = step;
    this.elements = elements;
    this.given = given;
    this.hidden = hidden;
    this.open = open;
  }

  void declare(Statement.State state) {
    if (state.when().isPresent() && !expressions.holds("when", state.when().get(), inside)) {
      String condition = state.when().get().span().text();
      state.names().forEach(name -> leaveOut(name, condition));
      return;
    }
    Shape shape = state.shape().map(s -> parameters.shape(s, inside)).orElse(Shape.SCALAR);
    for (Ident name : state.names()) {
      Var previous = Var.real(name.name() + "Prev", hidden.append(shape));
      before.put(name.name(), previous);
      initial.put(name.name(), begin(state, name, shape));
      inside.bind("prev " + name.name(), new Value.Tensor(previous, shape.rank()), name.span());
    }
  }

  private void leaveOut(Ident name, String condition) {
    Arguments.Argument argument = given.get(name.name());
    if (argument != null && !isParameter(name)) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(
                      Code.OPTION,
                      place(argument),
                      "'" + inside.callable().name() + "' has no state '" + name + "' here")
                  .note("it is there only when " + condition),
              inside.caller()));
    }
    absent.put(name.name(), condition);
    inside.bind("prev " + name.name(), new Value.Absent(condition), name.span());
  }

  private boolean isParameter(Ident name) {
    return inside.callable().parameter(name.name()).isPresent();
  }

  private Span place(Arguments.Argument argument) {
    return argument.span() == null ? inside.call() : argument.span();
  }

  /** The initial state for each place of the hidden axes: given with the call, or declared. */
  private Var begin(Statement.State state, Ident name, Shape shape) {
    Arguments.Argument argument = given.get(name.name());
    if (argument != null && !isParameter(name)) {
      return first(argument.value(), shape, name, place(argument), inside.caller());
    }
    Value declared = state.init().map(this::beforehand).orElse(Value.Number.of(0, true));
    return first(declared, shape, name, name.span(), inside);
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
        throw new CheckException(
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
    return elements.contains(var)
        || before.containsValue(var)
        || step.equations().stream().anyMatch(e -> e.outs().contains(var));
  }

  private Var first(Value value, Shape shape, Ident name, Span place, Frame frame) {
    if (value instanceof Value.Unknown) {
      throw CheckException.reported();
    }
    context.swap(outer);
    try {
      Value.Tensor tensor =
          value instanceof Value.Number n
              ? context.arithmetic().tensor(Value.Number.of(n.value(), false))
              : context.arithmetic().tensor(value);
      tensor.var().type().requireNumbers();
      return inShape(alongHidden(tensor, shape), shape)
          .orElseThrow(() -> new TypeMismatch("a state cannot begin with this", ""));
    } catch (TypeMismatch mismatch) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(Code.SHAPE, place, "'" + name + "' cannot begin with this value")
                  .note("the state is " + shape + ", the value is " + value.describe()),
              frame));
    } finally {
      context.swap(step);
    }
  }

  /** A value for each place of the leading axes that the cell is applied along. */
  private Value.Tensor alongHidden(Value.Tensor tensor, Shape shape) {
    int leading = tensor.rank() - shape.rank();
    if (leading <= 0) {
      return tensor;
    }
    Shape along = tensor.hidden().example().append(tensor.shape().first(leading));
    return along.equals(hidden.example()) ? new Value.Tensor(tensor.var(), shape.rank()) : tensor;
  }

  /** The value for each place of the hidden axes. */
  Value.Tensor spread(Value.Tensor tensor, Shape shape) {
    Var zero = context.builder().apply(new Constant(0, ""));
    Var frame = Broadcast.lead(context.builder(), zero, hidden.append(shape));
    return context
        .arithmetic()
        .align(List.of(tensor, new Value.Tensor(frame, shape.rank())))
        .get(0);
  }

  boolean declares(String name) {
    return before.containsKey(name);
  }

  void assign(Statement.Equation equation, Value value) {
    String name = equation.name().name();
    Var previous = before.get(name);
    Shape own = previous.shape().last(previous.shape().rank() - hidden.rank());
    Var next =
        number(value)
            .flatMap(tensor -> inShape(tensor, own))
            .orElseThrow(
                () ->
                    new CheckException(
                        context.traced(
                            Diagnostic.error(
                                    Code.SHAPE,
                                    equation.span(),
                                    "the state '" + name + "' changes its shape")
                                .note(
                                    "it is " + own + " before and " + value.describe() + " after"),
                            inside)));
    after.put(name, open && next != previous ? held(next, value, equation) : next);
  }

  /**
   * The state, which stays as it is behind an example's own end: its last one is that of the end.
   */
  private Var held(Var next, Value value, Statement.Equation equation) {
    Ident name = equation.name();
    context.at(equation.value().span(), inside);
    Var previous = before.get(name.name());
    Var held = context.arithmetic().held(next, previous);
    int rank = previous.shape().rank() - hidden.rank();
    inside.bind(name.name(), new Value.Tensor(held, rank), name.span());
    if (value instanceof Value.Tensor tensor) {
      context.labels().remove(tensor.var(), Label.name(name.name()));
    }
    context.labels().putIfAbsent(next, Label.hint(name + "New"));
    context.name(held, name);
    return held;
  }

  private Optional<Value.Tensor> number(Value value) {
    try {
      return Optional.of(context.arithmetic().tensor(value)).filter(t -> t.var().real());
    } catch (TypeMismatch mismatch) {
      return Optional.empty();
    }
  }

  /** The value for each place of the hidden axes, if it can have this shape. */
  private Optional<Var> inShape(Value.Tensor tensor, Shape shape) {
    try {
      Var var = spread(tensor, shape).var();
      return Optional.of(var).filter(v -> v.shape().equals(hidden.append(shape)));
    } catch (TypeMismatch mismatch) {
      return Optional.empty();
    }
  }

  void requireAll() {
    for (String state : before.keySet()) {
      if (!after.containsKey(state)) {
        throw new CheckException(
            Diagnostic.error(
                    Code.NAME,
                    inside.names().get("prev " + state).span(),
                    "the state '" + state + "' is never computed")
                .hint("give it an equation: " + state + " = …"));
      }
    }
  }

  /** Whether a state stays what it is at the beginning. */
  boolean stays(String name) {
    return after.get(name) == before.get(name);
  }

  /** The names of all states. */
  Set<String> names() {
    return before.keySet();
  }

  Var before(String name) {
    return before.get(name);
  }

  Var initial(String name) {
    return initial.get(name);
  }

  Var after(String name) {
    return after.get(name);
  }

  /** The conditions of the states that are left out. */
  Map<String, String> absent() {
    return absent;
  }
}
