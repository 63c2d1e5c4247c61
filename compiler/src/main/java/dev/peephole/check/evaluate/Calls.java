package dev.peephole.check.evaluate;

import dev.peephole.check.scope.Frame;
import dev.peephole.check.scope.Primitives;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Instance;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Label;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Declaration.Kind;
import dev.peephole.syntax.Declaration.Parameter;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows calls: finds what is called, hands it its arguments, and follows its body. */
final class Calls {
  private static final int DEEPEST = 60;

  private final Context context;
  private final Expressions expressions;
  private final Arguments arguments;
  private final Bodies bodies;
  private final Chains chains;

  Calls(Context context, Expressions expressions) {
    this.context = context;
    this.expressions = expressions;
    this.arguments = new Arguments(context, expressions);
    this.bodies = new Bodies(context, expressions);
    this.chains = new Chains(context, expressions);
  }

  Value call(Expr.Call call, Frame frame) {
    Value value = called(call, frame);
    if (value instanceof Value.Tensor t && !context.declarations().isLibrary(call.span().file())) {
      context.made().putIfAbsent(t.var(), call);
    }
    return value;
  }

  private Value called(Expr.Call call, Frame frame) {
    String name = call.callee().name();
    Frame.Bound local = frame.names().get(name);
    if (local != null) {
      return callLocal(call, local.value(), frame);
    }
    Optional<Callable> declared = context.declarations().callable(call.callee());
    if (declared.isPresent()) {
      return apply(declared.get(), Map.of(), null, call, frame);
    }
    return Primitives.find(name)
        .map(p -> callPrimitive(p, call, frame))
        .orElse(new Value.Unknown());
  }

  private Value callLocal(Expr.Call call, Value value, Frame frame) {
    if (value instanceof Value.Reference reference) {
      return apply(reference.callable(), reference.options(), null, call, frame);
    }
    if (value instanceof Value.Applied applied) {
      return apply(
          applied.instance().callable(), applied.options(), applied.instance(), call, frame);
    }
    if (value instanceof Value.Builtin builtin) {
      return callPrimitive(Primitives.find(builtin.name()).orElseThrow(), call, frame);
    }
    if (value instanceof Value.Chain chain) {
      return chains.apply(chain, call, frame);
    }
    if (value instanceof Value.Unknown) {
      return value;
    }
    throw new CheckException(
        Diagnostic.error(
                Code.NAME, call.callee().span(), "'" + call.callee() + "' cannot be applied")
            .note("it is " + value.describe()));
  }

  private Value callPrimitive(Primitives.Primitive primitive, Expr.Call call, Frame frame) {
    List<Expr> operands = call.arguments().stream().map(Expr.Argument::value).toList();
    Optional<Expr.Argument> named =
        call.arguments().stream().filter(a -> a.name().isPresent()).findFirst();
    if (named.isPresent() || !primitive.arities().contains(operands.size())) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(
                      Code.OPTION,
                      call.span(),
                      "'" + call.callee() + "' does not take these arguments")
                  .note("it is written " + primitive.signature()),
              frame));
    }
    if (primitive.repeats()) {
      return chains.repeat(call, frame);
    }
    List<Value> values = expressions.evaluate(operands, frame);
    return expressions.fitting(
        call.callee().span(),
        operands,
        values,
        frame,
        () -> primitive.apply().apply(context.arithmetic(), values, frame));
  }

  private Value apply(
      Callable callable, Map<String, Value> given, Instance shared, Expr.Call call, Frame frame) {
    Map<String, Arguments.Argument> bound = arguments.match(callable, given, call, frame);
    if (bound.values().stream().anyMatch(a -> a.value() instanceof Value.Unknown)) {
      return new Value.Unknown();
    }
    if (callable.kind() == Kind.INITIALIZER || callable.kind() == Kind.OPTIMIZER) {
      return new Value.Reference(callable, values(bound));
    }
    boolean layer = callable.kind() == Kind.LAYER || callable.kind() == Kind.CELL;
    Instance instance = layer && shared == null ? child(callable, call, frame) : shared;
    if (layer && shared == null && noTensor(callable, bound)) {
      return new Value.Applied(instance, values(bound));
    }
    return run(callable, instance, bound, call, frame);
  }

  private static Map<String, Value> values(Map<String, Arguments.Argument> bound) {
    Map<String, Value> values = new LinkedHashMap<>();
    bound.forEach((name, argument) -> values.put(name, argument.value()));
    return values;
  }

  private Instance child(Callable callable, Expr.Call call, Frame frame) {
    if (frame.instance() == null) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(
                      Code.NAME, call.span(), "a " + nameOfBody(frame) + " has no parameters")
                  .note("and " + callable.name() + " is a layer, which has them")
                  .hint("make it a layer"),
              frame));
    }
    return frame.instance().child(call, callable);
  }

  private static String nameOfBody(Frame frame) {
    return frame.callable() == null ? "constant" : frame.callable().kind().toString();
  }

  private static boolean noTensor(Callable callable, Map<String, Arguments.Argument> bound) {
    return callable.parameters().stream()
        .filter(Arguments::wantsTensor)
        .noneMatch(p -> bound.containsKey(p.name().name()));
  }

  private Value run(
      Callable callable,
      Instance instance,
      Map<String, Arguments.Argument> bound,
      Expr.Call call,
      Frame frame) {
    if (frame.depth() > DEEPEST) {
      Frame f = frame;
      while (f.caller().caller() != null
          && context.declarations().isLibrary(f.callable().span().file())) {
        f = f.caller();
      }
      throw new CheckException(
          Diagnostic.error(
                  Code.RECURSION,
                  f.callable().name().span(),
                  "'" + f.callable().name() + "' never ends")
              .and(f.call(), "it is applied here, again and again")
              .note("a network is unrolled while compiling, so it cannot apply itself"));
    }
    Frame inside = frame.enter(callable, instance, call.span());
    if (callable.kind() == Kind.CELL) {
      return new Cells(context, expressions, this, callable, call, inside)
          .run(bound, arguments.reversed(call));
    }
    int hidden = hiddenRank(bound);
    int lead = bind(callable, bound, inside);
    Value result = bodies.follow(callable, inside);
    if (!(result instanceof Value.Tensor t)) {
      return result;
    }
    if (!t.var().named()) {
      context.labels().putIfAbsent(t.var(), Label.hint(callable.name().name()));
    }
    return shown(t, hidden, lead);
  }

  /** Shows the axes again that the application went along. */
  private static Value shown(Value.Tensor t, int hidden, int lead) {
    boolean repeated = t.hidden().example().rank() >= hidden + lead;
    return repeated ? new Value.Tensor(t.var(), t.rank() + lead) : t;
  }

  private static int hiddenRank(Map<String, Arguments.Argument> bound) {
    return bound.values().stream()
        .map(Arguments.Argument::value)
        .filter(Value.Tensor.class::isInstance)
        .mapToInt(v -> ((Value.Tensor) v).hidden().example().rank())
        .max()
        .orElse(0);
  }

  /** Binds every argument; returns how many leading axes the body is applied along. */
  private int bind(Callable callable, Map<String, Arguments.Argument> bound, Frame inside) {
    ArgumentShapes shapes = new ArgumentShapes(context, expressions, inside);
    List<Parameter> missing = new ArrayList<>();
    for (Parameter parameter : callable.parameters()) {
      String name = parameter.name().name();
      Arguments.Argument argument = bound.get(name);
      Value value = argument == null ? null : argument.value();
      if (value == null && parameter.standard().isPresent()) {
        value = arguments.read(parameter, parameter.standard().get(), inside);
      }
      if (value == null) {
        missing.add(parameter);
        continue;
      }
      if (parameter.type().isPresent() && !(parameter.type().get() instanceof Type.Kind)) {
        value = shapes.fit(parameter, value, argument);
      }
      inside.bind(name, arguments.spelled(parameter, value), parameter.name().span());
    }
    arguments.requireAll(callable, missing, inside);
    return shapes.leadRank();
  }

  Bodies bodies() {
    return bodies;
  }

  Arguments arguments() {
    return arguments;
  }
}
