package dev.peephole.check.evaluate;

import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Instance;
import dev.peephole.check.value.Sizes;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Function;
import dev.peephole.ir.Shape;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Draw;
import dev.peephole.op.Draw.Moment;
import dev.peephole.source.Span;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Declaration.Kind;
import dev.peephole.syntax.Declaration.Parameter;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Statement;
import dev.peephole.syntax.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the parameters of layers, and the functions that draw their first values. */
final class Parameters {
  private final Context context;
  private final Expressions expressions;
  private final Bodies bodies;

  Parameters(Context context, Expressions expressions, Bodies bodies) {
    this.context = context;
    this.expressions = expressions;
    this.bodies = bodies;
  }

  void declare(Statement.Param param, Frame frame) {
    if (param.when().isPresent() && !expressions.holds("when", param.when().get(), frame)) {
      String condition = param.when().get().span().text();
      param.names().forEach(n -> frame.bind(n.name(), new Value.Absent(condition), n.span()));
      return;
    }
    Shape shape = shape(param.shape(), frame);
    for (Ident name : param.names()) {
      Instance.DraftParameter made =
          frame
              .instance()
              .parameters()
              .computeIfAbsent(
                  name.name(), n -> make(n, n, shape, param.init(), param.span(), frame));
      requireSame(made, shape, name, frame);
      frame.bind(name.name(), new Value.Tensor(made.var(), shape.rank()), name.span());
    }
  }

  /** The shape that a declaration writes, its axes evaluated. */
  Shape shape(Type.Shape type, Frame frame) {
    List<Integer> axes = new ArrayList<>();
    for (Type.Axis axis : type.axes()) {
      if (axis.open()) {
        throw new CheckException(
            Diagnostic.error(Code.SHAPE, axis.span(), "a parameter cannot have an open axis")
                .note("it has the same shape for all data"));
      }
      axes.add(positive(axis, frame));
    }
    try {
      return Sizes.checked(new Shape(axes), type.span());
    } catch (CheckException flaw) {
      throw flaw.diagnostic()
          .map(error -> new CheckException(context.traced(error, frame)))
          .orElse(flaw);
    }
  }

  private int positive(Type.Axis axis, Frame frame) {
    int length = expressions.wholeNumber(axis.length().orElseThrow(), frame);
    if (length < 1) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(Code.SHAPE, axis.span(), "an axis has at least one place")
                  .note("this is " + length),
              frame));
    }
    return length;
  }

  /** Makes sure that an application needs no other shape than the one before. */
  void requireSame(Instance.DraftParameter made, Shape shape, Ident name, Frame frame) {
    if (!made.var().shape().equals(shape)) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(
                      Code.SHAPE,
                      name.span(),
                      "the shared weights '" + name + "' would need two shapes")
                  .and(made.use(), "they are made here")
                  .note(
                      "they are made as "
                          + made.var().shape()
                          + ", and would be "
                          + shape
                          + " in this use"),
              frame));
    }
  }

  /**
   * A parameter, or something that is kept as one is.
   *
   * @param called what equations call it
   */
  Instance.DraftParameter make(
      String name, String called, Shape shape, Optional<Expr> first, Span declared, Frame frame) {
    String given = frame.instance().givenName();
    Var named = Var.real(given.isEmpty() ? called : called + "_" + given, shape);
    boolean own = name.equals(called) && !context.declarations().isLibrary(declared.file());
    Var var = own ? named.given() : named;
    Builder outer = context.swap(new Builder());
    try {
      Value init =
          first.isPresent() ? expressions.evaluate(first.get(), frame) : Value.Number.of(0, true);
      Var value = first(init, shape, first.map(Expr::span).orElse(declared), frame);
      Function initializer =
          new Function(
              "initialize " + name, List.of(), context.builder().equations(), List.of(value));
      return new Instance.DraftParameter(
          name, var, initializer, formula(init), frame.instance(), declared, use(declared, frame));
    } finally {
      context.swap(outer);
    }
  }

  /** Where a reader sees that a layer is applied. */
  private Span use(Span declared, Frame frame) {
    return frame.caller() == null ? declared : context.called(frame.call(), frame.caller());
  }

  /** The parameter's first value. */
  private Var first(Value init, Shape shape, Span place, Frame frame) {
    if (init instanceof Value.Number number) {
      return Broadcast.lead(context.builder(), context.builder().apply(number.constant()), shape);
    }
    if (init instanceof Value.Unknown) {
      throw CheckException.reported();
    }
    if (init instanceof Value.Reference reference
        && reference.callable().kind() == Kind.INITIALIZER) {
      return spread(run(reference, shape, place, frame), shape, place, frame);
    }
    throw new CheckException(
        context.traced(
            Diagnostic.error(Code.OPTION, place, "a first value is a number or an initializer")
                .note("this is " + init.describe()),
            frame));
  }

  private Var constant(double value, Shape shape) {
    return Broadcast.lead(
        context.builder(), context.builder().apply(new Constant(value, "")), shape);
  }

  private Value run(Value.Reference reference, Shape shape, Span place, Frame frame) {
    Callable callable = reference.callable();
    Frame inside =
        frame.initialize(
            callable,
            place,
            distribution ->
                new Value.Tensor(
                    context
                        .builder()
                        .apply(new Draw(distribution, shape, context.nextDraw(), Moment.FIRST)),
                    shape.rank()));
    inside.bind("fan_in", Value.Number.of(fanIn(shape), true), place);
    inside.bind("fan_out", Value.Number.of(fanOut(shape), true), place);
    Arguments arguments = new Arguments(context, expressions);
    List<Parameter> missing = new ArrayList<>();
    for (Parameter parameter : callable.parameters()) {
      Value value = reference.options().get(parameter.name().name());
      if (value == null && parameter.standard().isPresent()) {
        value = expressions.evaluate(parameter.standard().get(), inside);
      }
      if (value == null) {
        missing.add(parameter);
      } else {
        inside.bind(
            parameter.name().name(), arguments.spelled(parameter, value), parameter.name().span());
      }
    }
    arguments.requireAll(callable, missing, inside);
    return bodies.follow(callable, inside);
  }

  private Var spread(Value value, Shape shape, Span place, Frame frame) {
    if (value instanceof Value.Unknown) {
      return constant(0, shape);
    }
    try {
      Value.Tensor tensor = context.arithmetic().tensor(value);
      return Broadcast.lead(context.builder(), tensor.var(), shape);
    } catch (TypeMismatch | IllegalArgumentException mismatch) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(Code.SHAPE, place, "this initializer does not give " + shape)
                  .note("it gives " + value.describe()),
              frame));
    }
  }

  /** The numbers that one number of the next layer is a sum of. */
  private static int fanIn(Shape shape) {
    return shape.rank() < 2 ? shape.size() : shape.first(shape.rank() - 1).size();
  }

  /** The numbers of the next layer that one number goes into. */
  private static int fanOut(Shape shape) {
    return shape.rank() < 2
        ? shape.size()
        : shape.first(shape.rank() - 2).size() * shape.axis(shape.rank() - 1);
  }

  private static String formula(Value init) {
    if (init instanceof Value.Reference reference) {
      String options =
          reference.options().entrySet().stream()
              .map(o -> o.getKey() + ": " + text(o.getValue()))
              .collect(Collectors.joining(", ", "(", ")"));
      return reference.callable().name() + (options.equals("()") ? "" : options);
    }
    return text(init);
  }

  private static String text(Value value) {
    return value instanceof Value.Number number ? Constant.text(number.value()) : value.describe();
  }
}
