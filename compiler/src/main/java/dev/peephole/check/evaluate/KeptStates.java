package dev.peephole.check.evaluate;

import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Instance;
import dev.peephole.check.value.Instance.DraftState;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Label;
import dev.peephole.ir.Shape;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.source.Span;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Statement;
import java.util.List;
import java.util.Map;

/**
 * The states of layers: numbers that are kept from one step of training to the next, one set of
 * them for the whole network. In evaluation a state stays what it is.
 *
 * <p>A layer that is applied twice in one step changes its states twice, in the order of the calls.
 */
final class KeptStates {
  private static final String PREVIOUS = "prev ";

  private final Context context;
  private final Expressions expressions;
  private final Parameters parameters;

  KeptStates(Context context, Expressions expressions, Parameters parameters) {
    this.context = context;
    this.expressions = expressions;
    this.parameters = parameters;
  }

  /** Makes states, or finds those that an application before has made. */
  void declare(Statement.State state, Frame frame) {
    if (state.when().isPresent() && !expressions.holds("when", state.when().get(), frame)) {
      Value absent = new Value.Absent(state.when().get().span().text());
      state.names().forEach(n -> frame.bind(PREVIOUS + n.name(), absent, n.span()));
      return;
    }
    requireNoTimeStep(state.span(), frame);
    Shape shape = state.shape().map(s -> parameters.shape(s, frame)).orElse(Shape.SCALAR);
    for (Ident name : state.names()) {
      DraftState made =
          frame.instance().states().computeIfAbsent(name.name(), n -> made(n, shape, state, frame));
      parameters.requireSame(made.before(), shape, name, frame);
      frame.bind(PREVIOUS + name.name(), new Value.Tensor(made.now(), shape.rank()), name.span());
    }
  }

  private DraftState made(String name, Shape shape, Statement.State state, Frame frame) {
    Instance.DraftParameter before =
        parameters.make(name, name + "Prev", shape, state.init(), state.span(), frame);
    return new DraftState(before, before.var());
  }

  private void requireNoTimeStep(Span place, Frame frame) {
    if (context.isInStep()) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(
                      Code.SHAPE,
                      place,
                      "'" + frame.callable().name() + "' is applied at a time step of a cell")
                  .note("its states go from one step of training to the next, not through time")
                  .hint("apply it before the cell, or to what the cell gives"),
              frame));
    }
  }

  /** Whether an equation computes a state of the body that it stands in. */
  boolean computes(Statement.Equation equation, Frame frame) {
    Frame.Bound bound = frame.names().get(PREVIOUS + equation.name().name());
    return bound != null
        && !frame.inCell()
        && frame.instance() != null
        && !(bound.value() instanceof Value.Absent);
  }

  /** What becomes of a state: its equation's value in training, and what it was in evaluation. */
  Value assign(Statement.Equation equation, Value value, Frame frame) {
    Ident name = equation.name();
    Map<String, DraftState> states = frame.instance().states();
    DraftState state = states.get(name.name());
    Shape shape = state.before().var().shape();
    Var next = inShape(value, shape, equation, frame);
    context.at(equation.value().span(), frame);
    Value.Tensor previous = new Value.Tensor(state.now(), shape.rank());
    Value.Tensor after =
        (Value.Tensor)
            context
                .arithmetic()
                .where(
                    context.arithmetic().training(),
                    new Value.Tensor(next, shape.rank()),
                    previous);
    context.labels().putIfAbsent(next, Label.hint(name + "New"));
    context.name(after.var(), name);
    states.put(name.name(), state.becoming(after.var()));
    return after;
  }

  private Var inShape(Value value, Shape shape, Statement.Equation equation, Frame frame) {
    Value.Tensor tensor = numbers(value, equation, frame);
    Shape own = tensor.var().shape();
    if (own.equals(shape)) {
      return tensor.var();
    } else if (own.rank() == 0) {
      return Broadcast.lead(context.builder(), tensor.var(), shape);
    }
    Diagnostic error =
        Diagnostic.error(
            Code.SHAPE,
            equation.span(),
            "the state '" + equation.name() + "' would not be the same for all examples");
    if (own.batched()) {
      throw refused(
          error
              .note("it is kept from step to step, and each example has a value of its own here")
              .hint("join the examples, as mean(x, batch) does"),
          frame);
    }
    throw refused(
        Diagnostic.error(
                Code.SHAPE,
                equation.span(),
                "the state '" + equation.name() + "' changes its shape")
            .note("it is " + shape + " before and " + value.describe() + " after"),
        frame);
  }

  private Value.Tensor numbers(Value value, Statement.Equation equation, Frame frame) {
    try {
      Value.Tensor tensor = context.arithmetic().tensor(value);
      tensor.var().type().requireNumbers();
      return tensor;
    } catch (TypeMismatch mismatch) {
      throw refused(
          Diagnostic.error(Code.SHAPE, equation.value().span(), "a state is made of numbers")
              .note("this is " + value.describe()),
          frame);
    }
  }

  private CheckException refused(Diagnostic error, Frame frame) {
    return new CheckException(context.traced(error, frame));
  }

  /** Makes sure that the states of a body are computed in it. */
  void requireAll(List<Statement> body, Frame frame) {
    for (Statement statement : body) {
      if (statement instanceof Statement.State state) {
        state.names().stream()
            .filter(name -> !frame.names().containsKey(name.name()))
            .filter(name -> !isAbsent(name, frame))
            .findFirst()
            .ifPresent(
                name -> {
                  throw refused(neverComputed(name), frame);
                });
      }
    }
  }

  private static boolean isAbsent(Ident name, Frame frame) {
    Frame.Bound bound = frame.names().get(PREVIOUS + name.name());
    return bound == null || bound.value() instanceof Value.Absent;
  }

  private static Diagnostic neverComputed(Ident name) {
    return Diagnostic.error(Code.NAME, name.span(), "the state '" + name + "' is never computed")
        .hint("give it an equation: " + name + " = …");
  }
}
