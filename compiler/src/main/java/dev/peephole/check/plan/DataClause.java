package dev.peephole.check.plan;

import dev.peephole.check.data.SourceCalls;
import dev.peephole.check.data.WindowSeries;
import dev.peephole.check.value.CheckException;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Shape;
import dev.peephole.ir.TrainingPlan;
import dev.peephole.ir.TrainingPlan.Argument;
import dev.peephole.ir.Var;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.example.Binding;
import dev.peephole.runtime.data.format.Text;
import dev.peephole.source.Span;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * {@code data csv("a.csv") { x = columns "a", "b" }}, or {@code test …}: where examples come from,
 * and what of them fills which of the network's inputs and targets.
 */
final class DataClause implements PlanClause {
  static final DataClause DATA =
      new DataClause(
          "data",
          "data csv(\"a.csv\") { x = columns 0, 1   y = column 2 }",
          "where the examples come from, and what fills each input and target",
          "must be there");

  static final DataClause TEST =
      new DataClause(
          "test",
          "test csv(\"b.csv\")",
          "a test part of its own, so that the split has two parts at most; without braces it is"
              + " filled as the data are. A generator draws other examples for it",
          "the third part of the split");

  private final Part<Expr.Call> source = Part.source();
  private final Part<List<Clause.Binding>> bindings = Part.bindings();
  private final ClauseForm form;
  private final String says;
  private final String otherwise;

  private DataClause(String word, String example, String says, String otherwise) {
    this.form = ClauseForm.of(word, example).then(source).maybe(bindings);
    this.says = says;
    this.otherwise = otherwise;
  }

  @Override
  public ClauseForm form() {
    return form;
  }

  @Override
  public String says() {
    return says;
  }

  @Override
  public String otherwise() {
    return otherwise;
  }

  /** Says of a plan that it has no data, if so. */
  static void requireIn(Declaration.Train train, PlanDraft plan) {
    if (plan.clause(DATA.form).isEmpty()) {
      plan.report(
          Diagnostic.error(Code.PLAN, train.network().span(), "this plan has no data")
              .hint("say where the examples come from: data csv(\"file.csv\") { … }"));
    }
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    Argument.Source source = new SourceCalls(plan.expressions()).source(clause.get(this.source));
    if (this == DATA && source.value().sequential()) {
      plan.takeSeries();
    }
    List<Clause.Binding> written = clause.find(bindings).orElse(List.of());
    List<Field> fields = fields(source.value(), clause, plan);
    windows(written, source.value(), plan);
    Bindings filling = new Bindings(plan, source.value(), written);
    List<Argument> arguments = new ArrayList<>(List.of(source));
    Map<String, Span> bound = new HashMap<>();
    for (Clause.Binding binding : written) {
      Span before = bound.put(binding.name().name(), binding.span());
      if (before != null) {
        throw new CheckException(
            Diagnostic.error(
                    Code.DUPLICATE,
                    binding.name().span(),
                    "'" + binding.name() + "' is filled twice")
                .and(before, "here first"));
      }
      Argument.Binding made = filling.bind(binding);
      if (!fields.isEmpty()) {
        look(binding, made, source.value(), fields, plan);
      }
      arguments.add(made);
    }
    requireAll(clause, bound, plan);
    plan.add(new TrainingPlan.Clause(form.word(), arguments));
    if (this == TEST) {
      plan.atEnd(() -> SplitClause.requireTwo(plan, clause));
    }
  }

  /** Takes in the windows that a binding over a text wants. */
  private static void windows(List<Clause.Binding> bindings, Source source, PlanDraft plan) {
    for (Clause.Binding binding : bindings) {
      if (binding.value() instanceof Clause.Selection.Window window) {
        WindowSeries wanted = series(window, source, plan);
        WindowSeries given = plan.windows().orElse(wanted);
        if (!given.sameAs(wanted)) {
          throw new CheckException(
              Diagnostic.error(Code.PLAN, window.span(), "the plan has other windows already")
                  .and(given.span(), "here"));
        }
        plan.takeIn(given);
      }
    }
  }

  private static WindowSeries series(
      Clause.Selection.Window window, Source source, PlanDraft plan) {
    if (!(source instanceof Text)) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, window.span(), "only a text is taken in windows here")
              .hint("for the rows of a table, say so in the plan: window 48 step 1 predict 1"));
    }
    int length = plan.whole(window.length(), 1);
    int step = plan.whole(window.step(), 1);
    return new WindowSeries(length, step, OptionalInt.empty(), window.span());
  }

  /** What the source offers, or nothing if the data is not looked into or cannot be read. */
  private List<Field> fields(Source source, Clause clause, PlanDraft plan) {
    Optional<DataFolder> folder = plan.access().to(source);
    if (folder.isEmpty()) {
      return List.of();
    }
    try {
      return source.fields(folder.get());
    } catch (DataException problem) {
      plan.report(told(problem, clause.get(this.source).span()));
      return List.of();
    }
  }

  private static Diagnostic told(DataException problem, Span place) {
    String where =
        problem.file().map(f -> f + problem.line().map(l -> ":" + l).orElse("") + ": ").orElse("");
    Diagnostic error = Diagnostic.error(Code.DATA, place, where + problem.getMessage());
    return problem.hint().map(error::hint).orElse(error);
  }

  private static void look(
      Clause.Binding binding,
      Argument.Binding made,
      Source source,
      List<Field> fields,
      PlanDraft plan) {
    Var var = plan.tensor(binding.name());
    try {
      new Binding(var.name(), Bindings.selector(made)).check(source, fields, lengths(var));
    } catch (DataException problem) {
      throw new CheckException(told(problem, binding.span()));
    }
  }

  /** The axes of one example as the runtime has them. */
  private static List<Integer> lengths(Var var) {
    return var.shape().example().axes().stream()
        .map(length -> length == Shape.OPEN ? Tensor.OPEN : length)
        .toList();
  }

  private void requireAll(Clause clause, Map<String, Span> bound, PlanDraft plan) {
    if (this == TEST && bound.isEmpty()) {
      return;
    }
    List<String> open =
        Stream.concat(plan.program().inputs().stream(), plan.program().targets().stream())
            .map(Var::name)
            .filter(n -> !bound.containsKey(n))
            .toList();
    if (!open.isEmpty()) {
      throw new CheckException(
          Diagnostic.error(
                  Code.PLAN, clause.get(source).span(), "nothing fills " + String.join(", ", open))
              .hint("add to the braces a line such as: " + open.get(0) + " = column \"name\""));
    }
  }
}
