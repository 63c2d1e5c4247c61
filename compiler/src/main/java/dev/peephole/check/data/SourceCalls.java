package dev.peephole.check.data;

import dev.peephole.check.evaluate.Expressions;
import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.ir.TrainingPlan.Argument;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Makes data sources of calls such as {@code csv("a.csv", header: false)}. */
public final class SourceCalls {
  private final Expressions expressions;

  public SourceCalls(Expressions expressions) {
    this.expressions = expressions;
  }

  /** The source that a call names, with its options. */
  public Argument.Source source(Expr.Call call) {
    String name = call.callee().name();
    List<String> names = Arrays.stream(DataSources.values()).map(DataSources::word).toList();
    if (!names.contains(name)) {
      Diagnostic error =
          Diagnostic.error(
                  Code.PLAN, call.callee().span(), "there is no data source '" + name + "'")
              .note("there are " + String.join(", ", names));
      throw new CheckException(
          Nearest.to(name, names).map(n -> error.hint("did you mean " + n + "?")).orElse(error));
    }
    DataSources source = DataSources.values()[names.indexOf(name)];
    Object[] given = new Object[source.options().size()];
    int position = 0;
    for (Expr.Argument argument : call.arguments()) {
      int place = argument.name().map(n -> place(source, n)).orElse(position++);
      if (place >= given.length) {
        throw new CheckException(
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

  private Argument.Source made(DataSources source, Object[] given, Expr.Call call) {
    for (int i = 0; i < given.length; i++) {
      DataSources.Option option = source.options().get(i);
      if (given[i] == null && option.standard() == null) {
        throw new CheckException(
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
      throw new CheckException(Diagnostic.error(Code.OPTION, call.span(), refused.getMessage()));
    }
  }

  private static int place(DataSources source, Ident name) {
    List<String> names = source.options().stream().map(DataSources.Option::name).toList();
    int place = names.indexOf(name.name());
    if (place < 0) {
      Diagnostic error =
          Diagnostic.error(
                  Code.OPTION, name.span(), "'" + source.word() + "' has no option '" + name + "'")
              .note(names.isEmpty() ? "it has none" : "it has " + String.join(", ", names));
      throw new CheckException(
          Nearest.to(name.name(), names)
              .map(n -> error.hint("did you mean " + n + "?"))
              .orElse(error));
    }
    return place;
  }

  private Object argument(DataSources source, int place, Expr expr) {
    Value value = expressions.evaluate(expr, Frame.top(null));
    if (value instanceof Value.Unknown) {
      throw CheckException.reported();
    }
    DataSources.Option option = source.options().get(place);
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
      throw new CheckException(
          Diagnostic.error(
                  Code.OPTION,
                  expr.span(),
                  "'" + option.name() + "' of " + source.word() + " is " + option.wanted())
              .labelled("this is " + value.describe()));
    }
    return found;
  }
}
