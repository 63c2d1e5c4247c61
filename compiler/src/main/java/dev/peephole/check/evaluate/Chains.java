package dev.peephole.check.evaluate;

import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Instance;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.source.Span;
import dev.peephole.syntax.Declaration.Kind;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Follows layers that are handed over without their value: what could stand behind {@code |>}, one
 * or several, such as {@code dense(64) |> relu}. Each place that applies them has weights of its
 * own for them, as each place that applies a layer has.
 */
final class Chains {
  /** What stands in a stage for the value that it is applied to; no name of a program is this. */
  private static final String VALUE = "|>";

  private static final int MOST_TURNS = 1000;

  private final Context context;
  private final Expressions expressions;

  Chains(Context context, Expressions expressions) {
    this.context = context;
    this.expressions = expressions;
  }

  /** An argument that is to be applied later; all else is what it is. */
  Value read(Expr expr, Frame frame) {
    if (expr instanceof Expr.If choice) {
      boolean holds = expressions.holds("if", choice.condition(), frame);
      return read(holds ? choice.then() : choice.otherwise(), frame);
    }
    return expr instanceof Expr.Call ? chain(expr, frame) : expressions.evaluate(expr, frame);
  }

  /** A list of such arguments. */
  Value readEach(Expr expr, Frame frame) {
    return expr instanceof Expr.Listing listing
        ? new Value.Layers(listing.elements().stream().map(e -> layer(e, frame)).toList())
        : read(expr, frame);
  }

  private Value layer(Expr expr, Frame frame) {
    Value value = read(expr, frame);
    if (value instanceof Value.Unknown || isLayer(value)) {
      return value;
    }
    throw new CheckException(
        context.traced(
            Diagnostic.error(Code.OPTION, expr.span(), "a layer is wanted here")
                .labelled("this is " + value.describe()),
            frame));
  }

  /** Whether it can be applied to a value. */
  static boolean isLayer(Value value) {
    return value instanceof Value.Chain
        || value instanceof Value.Applied
        || value instanceof Value.Builtin
        || value instanceof Value.Reference r
            && r.callable().kind() != Kind.INITIALIZER
            && r.callable().kind() != Kind.OPTIMIZER;
  }

  /** Whether a value is made of declarations of one kind alone, such as functions. */
  boolean isOnly(Kind kind, Value value) {
    if (value instanceof Value.Chain chain) {
      Frame sight = (Frame) chain.sight();
      return chain.stages().stream().allMatch(s -> isOnly(kind, called(callee(s), sight)));
    } else if (value instanceof Value.Applied applied) {
      return applied.instance().callable().kind() == kind;
    } else if (value instanceof Value.Builtin) {
      return kind == Kind.FUNCTION;
    }
    return value instanceof Value.Reference r && r.callable().kind() == kind;
  }

  private Value called(Ident callee, Frame sight) {
    return expressions.evaluate(new Expr.Name(callee.name(), callee.span()), sight);
  }

  private Value.Chain chain(Expr expr, Frame frame) {
    return new Value.Chain(context.stages(expr, e -> stages(e, frame)), frame);
  }

  /** {@code f(1) |> g} is {@code f(1)} and then {@code g}. */
  private List<Expr> stages(Expr expr, Frame frame) {
    if (expr instanceof Expr.Call call && call.piped()) {
      List<Expr> all = new ArrayList<>(stages(call.arguments().get(0).value(), frame));
      List<Expr.Argument> rest = call.arguments().subList(1, call.arguments().size());
      Span span = new Span(call.span().file(), call.callee().span().start(), call.span().end());
      all.add(new Expr.Call(call.callee(), rest, false, span));
      return all;
    } else if (expr instanceof Expr.Call || expr instanceof Expr.Name) {
      return List.of(expr);
    }
    throw new CheckException(
        context.traced(
            Diagnostic.error(Code.OPTION, expr.span(), "a layer is wanted here")
                .note("what stands here is what could stand behind |>, such as dense(8) |> tanh"),
            frame));
  }

  private static Ident callee(Expr stage) {
    return stage instanceof Expr.Name name ? name.ident() : ((Expr.Call) stage).callee();
  }

  /** What comes out where {@code call} applies a chain that has a name. */
  Value apply(Value.Chain chain, Expr.Call call, Frame frame) {
    List<Expr.Argument> arguments = call.arguments();
    boolean several = chain.stages().size() > 1;
    if (arguments.isEmpty()
        || arguments.get(0).name().isPresent()
        || several && arguments.size() > 1) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(
                      Code.OPTION,
                      call.span(),
                      "this takes " + (several ? "a value alone" : "a value"))
                  .and(callee(chain.stages().get(0)).span(), "it is " + chain.describe())
                  .note("it is applied as " + call.callee() + "(x)"),
              frame));
    }
    requireOwner(chain, call, frame);
    Value value = expressions.evaluate(arguments.get(0).value(), frame);
    Map<String, Frame.Bound> more = new LinkedHashMap<>();
    List<Expr.Argument> further = new ArrayList<>();
    for (Expr.Argument argument : arguments.subList(1, arguments.size())) {
      if (Arguments.isDirection(argument)) {
        further.add(argument);
        continue;
      }
      String hidden = VALUE + further.size();
      Span span = argument.value().span();
      more.put(hidden, new Frame.Bound(expressions.evaluate(argument.value(), frame), span));
      further.add(new Expr.Argument(argument.name(), new Expr.Name(hidden, span)));
    }
    Frame sight = ((Frame) chain.sight()).within(group(call, 0, frame), more);
    return follow(chain.stages(), value, further, call, sight);
  }

  /** A function has no place for the weights of layers. */
  private void requireOwner(Value.Chain chain, Expr.Call call, Frame frame) {
    if (frame.instance() == null && !isOnly(Kind.FUNCTION, chain)) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(Code.NAME, call.span(), "a function has no parameters")
                  .and(callee(chain.stages().get(0)).span(), "and this is a layer, which has them")
                  .hint("make it a layer"),
              frame));
    }
  }

  private static Instance group(Expr place, int turn, Frame frame) {
    return frame.instance() == null ? null : frame.instance().group(place, turn);
  }

  private Value follow(
      List<Expr> stages, Value of, List<Expr.Argument> further, Expr place, Frame sight) {
    Value value = of;
    for (Expr stage : stages) {
      if (value instanceof Value.Unknown) {
        return value;
      }
      sight.bind(VALUE, value, null);
      value =
          expressions.evaluate(context.joined(place, stage, () -> joined(stage, further)), sight);
    }
    return value;
  }

  /** The call of a stage with the value in front, and with what the place adds at the end. */
  private static Expr.Call joined(Expr stage, List<Expr.Argument> further) {
    Ident callee = callee(stage);
    List<Expr.Argument> arguments = new ArrayList<>();
    arguments.add(new Expr.Argument(Optional.empty(), new Expr.Name(VALUE, callee.span())));
    if (stage instanceof Expr.Call call) {
      arguments.addAll(call.arguments());
    }
    arguments.addAll(further);
    return new Expr.Call(callee, arguments, true, stage.span());
  }

  /** {@code repeat(x, 4, block)}: layers applied one turn after another. */
  Value repeat(Expr.Call call, Frame frame) {
    Value value = expressions.evaluate(call.arguments().get(0).value(), frame);
    Expr what = call.arguments().get(2).value();
    List<Map<String, Frame.Bound>> turns = turns(call.arguments().get(1).value(), frame);
    for (int turn = 0; turn < turns.size(); turn++) {
      Frame sight = frame.within(group(call, turn, frame), turns.get(turn));
      value = follow(chosen(what, sight).stages(), value, List.of(), call, sight);
    }
    return value;
  }

  private Value.Chain chosen(Expr what, Frame sight) {
    if (what instanceof Expr.If choice) {
      boolean holds = expressions.holds("if", choice.condition(), sight);
      return chosen(holds ? choice.then() : choice.otherwise(), sight);
    }
    return chain(what, sight);
  }

  /** What names stand for in each turn. */
  private List<Map<String, Frame.Bound>> turns(Expr how, Frame frame) {
    if (!(how instanceof Expr.Each each)) {
      return Collections.nCopies(count(how, 0, frame), Map.of());
    }
    return through(each, frame).stream()
        .map(v -> Map.of(each.name().name(), new Frame.Bound(v, each.name().span())))
        .toList();
  }

  private List<? extends Value> through(Expr.Each each, Frame frame) {
    if (each.to().isPresent()) {
      int from = expressions.wholeNumber(each.from(), frame);
      int count = count(each.to().get(), from, frame);
      return IntStream.range(from, from + count).mapToObj(i -> Value.Number.of(i, true)).toList();
    }
    Value list = expressions.evaluate(each.from(), frame);
    if (list instanceof Value.Layers layers) {
      return layers.each();
    } else if (list instanceof Value.Numbers numbers) {
      return numbers.values().stream().map(n -> Value.Number.of(n, true)).toList();
    } else if (list instanceof Value.Unknown) {
      throw CheckException.reported();
    }
    throw new CheckException(
        context.traced(
            Diagnostic.error(Code.OPTION, each.from().span(), "a list is wanted here")
                .labelled("this is " + list.describe())
                .note("it is written units in [64, 32], or i in 0 .. 4"),
            frame));
  }

  private int count(Expr until, int from, Frame frame) {
    long count = (long) expressions.wholeNumber(until, frame) - from;
    if (count < 0 || count > MOST_TURNS) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(Code.OPTION, until.span(), "this is repeated " + count + " times")
                  .note("a network is unrolled while compiling, at most " + MOST_TURNS + " times"),
              frame));
    }
    return (int) count;
  }
}
