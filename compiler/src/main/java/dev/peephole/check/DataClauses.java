package dev.peephole.check;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.ir.Program;
import dev.peephole.ir.Shape;
import dev.peephole.ir.TrainingPlan;
import dev.peephole.ir.TrainingPlan.Argument;
import dev.peephole.ir.Var;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.Binding;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.Text;
import dev.peephole.source.Span;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Checks where a plan's examples come from, and that they fit the network's inputs and targets. */
final class DataClauses {
  private final Program program;
  private final Context context;
  private final Expressions expressions;
  private final DataAccess data;
  private final Frame frame = Frame.top(null);
  private Optional<Series> windows = Optional.empty();
  private boolean sequential;

  DataClauses(Program program, Context context, Expressions expressions, DataAccess data) {
    this.program = program;
    this.context = context;
    this.expressions = expressions;
    this.data = data;
  }

  void add(Clause.Data clause, List<TrainingPlan.Clause> clauses) {
    Argument.Source source = source(clause.source());
    sequential |= !clause.test() && source.value().sequential();
    List<Field> fields = fields(source.value(), clause.source().span());
    Optional<Series> series = series(clause, source.value());
    Bindings bindings =
        new Bindings(program, context, expressions, source.value(), clause.bindings(), series);
    List<Argument> arguments = new ArrayList<>(List.of(source));
    Map<String, Span> bound = new HashMap<>();
    for (Clause.Binding binding : clause.bindings()) {
      Span before = bound.put(binding.name().name(), binding.span());
      if (before != null) {
        throw new Flaw(
            Diagnostic.error(
                    Code.DUPLICATE,
                    binding.name().span(),
                    "'" + binding.name() + "' is filled twice")
                .and(before, "here first"));
      }
      Argument.Binding made = bindings.bind(binding);
      if (!fields.isEmpty()) {
        look(binding, made, source.value(), fields);
      }
      arguments.add(made);
    }
    requireAll(clause, bound);
    clauses.add(new TrainingPlan.Clause(clause.test() ? "test" : "data", arguments));
  }

  /** Notes the windows that the plan's {@code window} clause wants. */
  void window(Clause.Window clause) {
    int length = Plans.whole(expressions, clause.length(), 1);
    int step = clause.step().map(s -> Plans.whole(expressions, s, 1)).orElse(1);
    OptionalInt predict =
        clause.predict().stream().mapToInt(p -> Plans.whole(expressions, p, 1)).findFirst();
    windows = Optional.of(new Series(length, step, predict, clause.span()));
  }

  /** The windows that examples are, once all of the plan is checked. */
  Optional<Series> windows() {
    return windows;
  }

  /** Whether the data are several series, once all of the plan is checked. */
  boolean sequential() {
    return sequential;
  }

  /** The windows of a clause: those of the plan, or those that a binding over a text wants. */
  private Optional<Series> series(Clause.Data clause, Source source) {
    for (Clause.Binding binding : clause.bindings()) {
      if (binding.value() instanceof Clause.Selection.Window window) {
        Series wanted = series(window, source);
        if (windows.isPresent() && !windows.get().sameAs(wanted)) {
          throw new Flaw(
              Diagnostic.error(Code.PLAN, window.span(), "the plan has other windows already")
                  .and(windows.get().span(), "here"));
        }
        windows = Optional.of(windows.orElse(wanted));
      }
    }
    return windows;
  }

  private Series series(Clause.Selection.Window window, Source source) {
    if (!(source instanceof Text)) {
      throw new Flaw(
          Diagnostic.error(Code.PLAN, window.span(), "only a text is taken in windows here")
              .hint("for the rows of a table, say so in the plan: window 48 step 1 predict 1"));
    }
    int length = Plans.whole(expressions, window.length(), 1);
    int step = Plans.whole(expressions, window.step(), 1);
    return new Series(length, step, OptionalInt.empty(), window.span());
  }

  private Argument.Source source(Expr.Call call) {
    String name = call.callee().name();
    List<String> names = Arrays.stream(Sources.values()).map(Sources::word).toList();
    if (!names.contains(name)) {
      Diagnostic error =
          Diagnostic.error(
                  Code.PLAN, call.callee().span(), "there is no data source '" + name + "'")
              .note("there are " + String.join(", ", names));
      throw new Flaw(
          Nearest.to(name, names).map(n -> error.hint("did you mean " + n + "?")).orElse(error));
    }
    Sources source = Sources.values()[names.indexOf(name)];
    Object[] given = new Object[source.options().size()];
    int position = 0;
    for (Expr.Argument argument : call.arguments()) {
      int place = argument.name().map(n -> place(source, n)).orElse(position++);
      if (place >= given.length) {
        throw new Flaw(
            Diagnostic.error(
                    Code.OPTION,
                    argument.value().span(),
                    "'" + name + "' takes no further argument")
                .note("it is written " + source.signature()));
      }
      given[place] = argument(source, place, argument.value());
    }
    return made(source, given, call);
  }

  private Argument.Source made(Sources source, Object[] given, Expr.Call call) {
    for (int i = 0; i < given.length; i++) {
      Sources.Option option = source.options().get(i);
      if (given[i] == null && option.standard() == null) {
        throw new Flaw(
            Diagnostic.error(
                    Code.OPTION,
                    call.span(),
                    "'" + call.callee() + "' needs '" + option.name() + "'")
                .note("it is written " + source.signature()));
      } else if (given[i] == null && !option.leftOut()) {
        given[i] = option.standard();
      }
    }
    List<Object> all = Stream.of(given).filter(Objects::nonNull).toList();
    try {
      return new Argument.Source(source.make(all), all);
    } catch (IllegalArgumentException refused) {
      throw new Flaw(Diagnostic.error(Code.OPTION, call.span(), refused.getMessage()));
    }
  }

  private static int place(Sources source, Ident name) {
    List<String> names = source.options().stream().map(Sources.Option::name).toList();
    int place = names.indexOf(name.name());
    if (place < 0) {
      Diagnostic error =
          Diagnostic.error(
                  Code.OPTION, name.span(), "'" + source.word() + "' has no option '" + name + "'")
              .note(names.isEmpty() ? "it has none" : "it has " + String.join(", ", names));
      throw new Flaw(
          Nearest.to(name.name(), names)
              .map(n -> error.hint("did you mean " + n + "?"))
              .orElse(error));
    }
    return place;
  }

  private Object argument(Sources source, int place, Expr expr) {
    Value value = expressions.evaluate(expr, frame);
    if (value instanceof Value.Unknown) {
      throw Flaw.reported();
    }
    Sources.Option option = source.options().get(place);
    Object found = null;
    if (value instanceof Value.Text text) {
      found = text.value();
    } else if (value instanceof Value.Truth truth) {
      found = truth.value();
    } else if (value instanceof Value.Number number) {
      boolean whole = option.type() == Integer.class && number.integer();
      found = whole ? (Object) (int) number.value() : (Object) number.value();
    }
    if (!option.type().isInstance(found)) {
      throw new Flaw(
          Diagnostic.error(
                  Code.OPTION,
                  expr.span(),
                  "'" + option.name() + "' of " + source.word() + " is " + option.wanted())
              .labelled("this is " + value.describe()));
    }
    return found;
  }

  /** What the source offers, or nothing if the data is not looked into or cannot be read. */
  private List<Field> fields(Source source, Span place) {
    Optional<DataFolder> folder = data.to(source);
    if (folder.isEmpty()) {
      return List.of();
    }
    try {
      return source.fields(folder.get());
    } catch (DataException problem) {
      context.report(told(problem, place));
      return List.of();
    }
  }

  private static Diagnostic told(DataException problem, Span place) {
    String where =
        problem.file().map(f -> f + problem.line().map(l -> ":" + l).orElse("") + ": ").orElse("");
    Diagnostic error = Diagnostic.error(Code.DATA, place, where + problem.getMessage());
    return problem.hint().map(error::hint).orElse(error);
  }

  private void look(
      Clause.Binding binding, Argument.Binding made, Source source, List<Field> fields) {
    Var var = Plans.tensor(program, binding.name());
    try {
      new Binding(var.name(), Bindings.selector(made)).check(source, fields, lengths(var));
    } catch (DataException problem) {
      throw new Flaw(told(problem, binding.span()));
    }
  }

  /** The axes of one example as the runtime has them. */
  private static List<Integer> lengths(Var var) {
    return var.shape().example().axes().stream()
        .map(length -> length == Shape.OPEN ? Tensor.OPEN : length)
        .toList();
  }

  private void requireAll(Clause.Data clause, Map<String, Span> bound) {
    if (clause.test() && bound.isEmpty()) {
      return;
    }
    List<String> open =
        Stream.concat(program.inputs().stream(), program.targets().stream())
            .map(Var::name)
            .filter(n -> !bound.containsKey(n))
            .toList();
    if (!open.isEmpty()) {
      throw new Flaw(
          Diagnostic.error(
                  Code.PLAN, clause.source().span(), "nothing fills " + String.join(", ", open))
              .hint("add to the braces a line such as: " + open.get(0) + " = column \"name\""));
    }
  }
}
