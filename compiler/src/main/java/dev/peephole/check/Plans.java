package dev.peephole.check;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.ir.Program;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.TrainingPlan;
import dev.peephole.ir.TrainingPlan.Argument;
import dev.peephole.ir.Var;
import dev.peephole.op.Constant;
import dev.peephole.runtime.train.metric.Metrics;
import dev.peephole.source.Span;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks a training plan against its network and writes it down as calls of the plan builder. */
final class Plans {
  private final Declaration.Train train;
  private final Program program;
  private final Context context;
  private final Expressions expressions;
  private final DataClauses data;
  private final Reaches reaches;
  private final Map<String, Span> seen = new HashMap<>();
  private final List<TrainingPlan.Clause> clauses = new ArrayList<>();
  private int parts = 1;
  private int truncation;
  private Span stop;
  private Span stateful;
  private Span shuffled;
  private Span atRandom;

  Plans(
      Declaration.Train train,
      Program program,
      Declarations declarations,
      Diagnostics diagnostics,
      DataAccess data) {
    this.train = train;
    this.program = program;
    this.context = new Context(declarations, diagnostics);
    this.expressions = new Expressions(context);
    this.reaches = new Reaches(program, context);
    this.data = new DataClauses(program, context, expressions, data);
  }

  TrainingPlan check() {
    for (Clause clause : windowsFirst()) {
      try {
        once(clause);
        add(clause);
      } catch (Flaw flaw) {
        flaw.diagnostic().ifPresent(context::report);
      }
    }
    if (!seen.containsKey("data")) {
      context.report(
          Diagnostic.error(Code.PLAN, train.network().span(), "this plan has no data")
              .hint("say where the examples come from: data csv(\"file.csv\") { … }"));
    }
    if (stop != null && parts < 2) {
      context.report(
          Diagnostic.error(Code.PLAN, stop, "stopping early needs a validation part")
              .hint("divide the data: split 80 / 20"));
    }
    if (seen.containsKey("test") && parts > 2) {
      context.report(
          Diagnostic.error(Code.PLAN, seen.get("split"), "the test part comes from elsewhere")
              .and(seen.get("test"), "from here")
              .hint("divide the data into two: training and validation"));
    }
    if (data.windows().isPresent()) {
      windows(data.windows().get());
    }
    if (stateful != null) {
      new CarryingOver(program, stateful, context).check(data.windows(), shuffled);
      call("stateful");
    }
    clauses.addAll(reaches.clauses());
    return new TrainingPlan(train.network().name(), clauses);
  }

  /** The clauses, those first that say what an example is. */
  private List<Clause> windowsFirst() {
    return Stream.concat(
            train.clauses().stream().filter(clause -> clause instanceof Clause.Window),
            train.clauses().stream().filter(clause -> !(clause instanceof Clause.Window)))
        .toList();
  }

  private void windows(Series series) {
    call("windows", series.step());
    if (atRandom != null && !data.sequential()) {
      context.report(
          Diagnostic.error(Code.PLAN, atRandom, "windows cannot be split at random")
              .and(series.span(), "the windows")
              .note("they share rows, so that one part would see what another is to predict")
              .hint(
                  "let the parts follow each other: "
                      + atRandom.text().replaceAll("\\s+", " ")
                      + " in order"));
    }
  }

  private void once(Clause clause) {
    boolean repeatable =
        clause instanceof Clause.Standardize
            || clause instanceof Clause.Rescale
            || clause instanceof Clause.Regularize; // its penalties are part of the loss
    String word = clause.span().text().split("\\s+", 2)[0];
    if (clause instanceof Clause.Clip clip) {
      word += clip.norm() ? " norm" : " value";
    }
    Span before = repeatable ? null : seen.put(word, clause.span());
    if (before != null) {
      throw new Flaw(
          Diagnostic.error(Code.DUPLICATE, clause.span(), "the plan says '" + word + "' twice")
              .and(before, "here first"));
    }
  }

  private void add(Clause clause) {
    if (clause instanceof Clause.Data source) {
      data.add(source, clauses);
    } else if (clause instanceof Clause.Window window) {
      data.window(window);
    } else if (clause instanceof Clause.Split split) {
      split(split);
    } else if (clause instanceof Clause.Standardize standardize) {
      call("standardize", tensors(standardize.names()));
      standardize.names().forEach(reaches::standardized);
    } else if (clause instanceof Clause.Rescale rescale) {
      rescale(rescale);
    } else if (clause instanceof Clause.Clip clip) {
      call(clip.norm() ? "clipNorm" : "clipValue", positive(clip.limit()));
    } else if (clause instanceof Clause.Stop early) {
      stop = early.span();
      call("stopAfter", whole(early.epochs(), 1));
    } else if (clause instanceof Clause.Metrics metrics) {
      metrics(metrics);
    } else if (clause instanceof Clause.Shuffle shuffle) {
      shuffled = shuffle.on() ? shuffle.span() : null;
      call("shuffle", shuffle.on());
    } else if (clause instanceof Clause.Stateful carrying) {
      stateful = carrying.span();
    } else if (clause instanceof Clause.Setting setting
        && setting.name().name().equals("truncate")) {
      truncate(setting);
    } else if (clause instanceof Clause.Setting setting) {
      String name = setting.name().name();
      call(name, whole(setting.value(), name.equals("seed") ? 0 : 1));
    }
  }

  private void truncate(Clause.Setting setting) {
    truncation = whole(setting.value(), 1);
    List<Scan> scans = program.step().scans().stream().map(e -> (Scan) e.op()).toList();
    if (scans.isEmpty()) {
      throw new Flaw(
          Diagnostic.error(Code.PLAN, setting.span(), "there is nothing to truncate")
              .note(program.name() + " has no cell that gradients flow through over time"));
    }
    if (scans.stream().anyMatch(scan -> scan.reversed() && scan.length() == Shape.OPEN)) {
      throw new Flaw(
          Diagnostic.error(
                  Code.PLAN, setting.span(), "cells that go backwards cannot be truncated here")
              .note(
                  "each sequence has an end of its own, and pieces would be cut after the batch's")
              .hint("leave 'truncate' out, or give the sequences a length instead of *"));
    }
  }

  /** Over how many time steps gradients are carried; 0 if over all. */
  int truncation() {
    return truncation;
  }

  /** Whether states are carried over from window to window. */
  boolean stateful() {
    return stateful != null;
  }

  private void call(String method, Object... arguments) {
    clauses.add(
        new TrainingPlan.Clause(
            method, Stream.of(arguments).map(a -> (Argument) new Argument.Literal(a)).toList()));
  }

  private void split(Clause.Split split) {
    Object[] shares = split.parts().stream().map(this::positive).toArray();
    parts = shares.length;
    if (parts > 3) {
      throw new Flaw(
          Diagnostic.error(Code.PLAN, split.span(), "there are three parts at most")
              .note("training, validation and test"));
    }
    atRandom = split.inOrder() || parts == 1 ? null : split.span();
    call(split.inOrder() ? "splitInOrder" : "split", shares);
  }

  private void rescale(Clause.Rescale rescale) {
    double low = number(rescale.low());
    double high = number(rescale.high());
    if (!(low < high)) {
      throw new Flaw(
          Diagnostic.error(Code.PLAN, rescale.span(), "the first number must be the smaller"));
    }
    for (Object name : tensors(rescale.names())) {
      call("rescale", name, low, high);
    }
    rescale.names().forEach(name -> reaches.rescaled(name, low, high));
  }

  /** The names of inputs and targets that are made of numbers. */
  private Object[] tensors(List<Ident> names) {
    return names.stream()
        .map(
            name -> {
              Var var = tensor(program, name);
              if (!var.real()) {
                throw new Flaw(
                    Diagnostic.error(Code.PLAN, name.span(), "labels cannot be scaled")
                        .note("'" + name + "' is class(" + var.classes() + ")"));
              }
              requireAnswersInItsShape(var, name);
              return name.name();
            })
        .toArray();
  }

  /** An output is given out on the scale of its target, number by number. */
  private void requireAnswersInItsShape(Var var, Ident name) {
    int target = program.targets().indexOf(var);
    for (int k = 0; target >= 0 && k < program.outputCount(); k++) {
      Var output = program.outputs().get(k);
      if (program.answers().get(k) == target && !sameNumbers(output, var)) {
        throw new Flaw(
            Diagnostic.error(Code.PLAN, name.span(), "this scale cannot be undone in predictions")
                .note(
                    "'"
                        + output.name()
                        + "' answers it and is "
                        + output.shape().example()
                        + ", and '"
                        + name
                        + "' is "
                        + var.shape().example()));
      }
    }
  }

  /** Whether two shapes are the same, axes of length 1 left aside. */
  private static boolean sameNumbers(Var output, Var target) {
    return axes(output).equals(axes(target));
  }

  private static List<Integer> axes(Var var) {
    return var.shape().example().axes().stream().filter(length -> length != 1).toList();
  }

  /** The input or target of a name. */
  static Var tensor(Program program, Ident name) {
    List<Var> all = Stream.concat(program.inputs().stream(), program.targets().stream()).toList();
    Optional<Var> found = all.stream().filter(v -> v.name().equals(name.name())).findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    List<String> names = all.stream().map(Var::name).toList();
    Diagnostic error =
        Diagnostic.error(
                Code.PLAN,
                name.span(),
                "'" + name + "' is neither an input nor a target of " + program.name())
            .note("it has " + String.join(", ", names));
    throw new Flaw(
        Nearest.to(name.name(), names)
            .map(n -> error.hint("did you mean " + n + "?"))
            .orElse(error));
  }

  private void metrics(Clause.Metrics metrics) {
    for (Ident name : metrics.names()) {
      if (!Metrics.names().contains(name.name())) {
        Diagnostic error =
            Diagnostic.error(Code.PLAN, name.span(), "there is no metric '" + name + "'")
                .note("the metrics are " + String.join(", ", Metrics.names()));
        throw new Flaw(
            Nearest.to(name.name(), Metrics.names())
                .map(n -> error.hint("did you mean " + n + "?"))
                .orElse(error));
      }
    }
    call("metrics", metrics.names().stream().map(Ident::name).toArray());
  }

  private int whole(Expr expr, int least) {
    return whole(expressions, expr, least);
  }

  /** A whole number that is not below {@code least}. */
  static int whole(Expressions expressions, Expr expr, int least) {
    int number = expressions.wholeNumber(expr, Frame.top(null));
    if (number < least) {
      throw new Flaw(
          Diagnostic.error(Code.PLAN, expr.span(), "this must be at least " + least)
              .labelled("this is " + number));
    }
    return number;
  }

  private double positive(Expr expr) {
    double number = number(expr);
    if (!(number > 0)) {
      throw new Flaw(
          Diagnostic.error(Code.PLAN, expr.span(), "this must be greater than 0")
              .labelled("this is " + Constant.text(number)));
    }
    return number;
  }

  private double number(Expr expr) {
    return expressions.number(expr, Frame.top(null));
  }
}
