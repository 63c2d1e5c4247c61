package dev.peephole.check.plan;

import dev.peephole.check.evaluate.Expressions;
import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.ir.Shape;
import dev.peephole.ir.TrainingPlan.Argument;
import dev.peephole.ir.TrainingPlan.Step;
import dev.peephole.ir.Var;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.example.Rows;
import dev.peephole.runtime.data.example.Selector;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.data.format.Text;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.Clause.Selection;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks what the bindings of one data clause say: which fields of the source, and which rows. */
final class Bindings {
  /** What can be done to a number of the data. */
  private static final Map<Operator, Step.Operation> STEPS =
      Map.of(
          Operator.ADD, Step.Operation.ADD,
          Operator.SUBTRACT, Step.Operation.SUBTRACT,
          Operator.MULTIPLY, Step.Operation.MULTIPLY,
          Operator.DIVIDE, Step.Operation.DIVIDE);

  private final PlanDraft plan;
  private final Expressions expressions;
  private final Source source;
  private final List<Clause.Binding> bindings;
  private final Frame frame = Frame.top(null);

  Bindings(PlanDraft plan, Source source, List<Clause.Binding> bindings) {
    this.plan = plan;
    this.expressions = plan.expressions();
    this.source = source;
    this.bindings = bindings;
  }

  /** What a binding is in generated code. */
  Argument.Binding bind(Clause.Binding binding) {
    Var var = plan.tensor(binding.name());
    Argument.Binding made = made(binding, var);
    if (var.shape().open()) {
      requireSteps(binding, var, made);
    }
    boolean narrow = source instanceof Csv || source instanceof Text;
    if (narrow && made.rows().isPresent()) {
      plan.windows().orElseThrow().fit(var, made.rows().get(), made.fields().size(), binding);
    }
    if (source instanceof Text && var.real()) {
      throw new CheckException(
          Diagnostic.error(
                  Code.PLAN, binding.span(), "the characters of a text are labels, not numbers")
              .hint("declare " + var.name() + " as labels, such as [64] class(96)"));
    }
    return made;
  }

  /**
   * Checks that a tensor with an open axis has steps, and something that says which rows they are.
   */
  private void requireSteps(Clause.Binding binding, Var var, Argument.Binding made) {
    if (var.shape().example().axes().lastIndexOf(Shape.OPEN) > 0) {
      throw new CheckException(
          Diagnostic.error(
                  Code.PLAN, binding.span(), "data come step by step, and so time goes first")
              .labelled(var.name() + " is " + var.shape().example())
              .hint("declare it with a single open axis, the first"));
    }
    boolean rowsAreSteps = source instanceof Csv || source instanceof Text;
    if (rowsAreSteps && !source.sequential() && made.rows().isEmpty()) {
      throw new CheckException(
          Diagnostic.error(
                  Code.PLAN,
                  binding.span(),
                  "'" + var.name() + "' takes a sequence, and an example is a single row")
              .hint(
                  source instanceof Csv
                      ? "say which rows belong together: csv(…, series: \"column\")"
                      : "take windows: " + var.name() + " = window 64 step 64"));
    }
  }

  /** The fields of a binding as the runtime selects them. */
  static Selector selector(Argument.Binding binding) {
    Selector fields =
        binding.fields().get(0) instanceof String
            ? Selector.columns(binding.fields().toArray(String[]::new))
            : Selector.columns(binding.fields().stream().mapToInt(f -> (Integer) f).toArray());
    return binding.rows().map(rows -> fields.rows(rows.from(), rows.to())).orElse(fields);
  }

  private Argument.Binding made(Clause.Binding binding, Var var) {
    if (binding.value() instanceof Selection.Shifted shifted) {
      return shifted(binding, shifted);
    }
    Optional<Rows> rows = plan.windows().map(s -> s.rows(var, plan.program(), binding));
    String name = binding.name().name();
    if (binding.value() instanceof Selection.Columns columns) {
      return new Argument.Binding(name, columns(columns), true, steps(columns), rows);
    }
    if (binding.value() instanceof Selection.Window) {
      return new Argument.Binding(name, List.of(Text.CHARACTERS), false, List.of(), rows);
    }
    List<Step> steps = new ArrayList<>();
    String field = field(((Selection.Field) binding.value()).value(), steps);
    return new Argument.Binding(name, List.of(field), false, steps, rows);
  }

  private Argument.Binding shifted(Clause.Binding binding, Selection.Shifted shifted) {
    Argument.Binding other = bind(other(shifted.of()));
    int rows = expressions.wholeNumber(shifted.rows(), frame);
    if (other.rows().isEmpty()) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, shifted.span(), "only rows of a window can be shifted")
              .hint("make windows over the rows of the data: window 48 step 1"));
    }
    if (rows < 1) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, shifted.rows().span(), "this must be at least 1")
              .labelled("this is " + rows));
    }
    Rows before = other.rows().get();
    Rows after = new Rows(before.from() + rows, Math.addExact(before.to(), rows));
    return new Argument.Binding(
        binding.name().name(), other.fields(), other.column(), other.map(), Optional.of(after));
  }

  /** The binding that another one shifts; it is not shifted itself. */
  private Clause.Binding other(Expr of) {
    List<Clause.Binding> plain =
        bindings.stream().filter(b -> !(b.value() instanceof Selection.Shifted)).toList();
    return plain.stream()
        .filter(b -> of instanceof Expr.Name name && b.name().name().equals(name.name()))
        .findFirst()
        .orElseThrow(() -> new CheckException(nothingToShift(of, plain)));
  }

  private static Diagnostic nothingToShift(Expr of, List<Clause.Binding> plain) {
    List<String> names = plain.stream().map(b -> b.name().name()).toList();
    String text = of.span().text();
    Diagnostic error =
        Diagnostic.error(Code.PLAN, of.span(), "nothing here fills '" + text + "'")
            .note("what is shifted is another line of these braces");
    return Nearest.to(text, names).map(n -> error.hint("did you mean " + n + "?")).orElse(error);
  }

  private List<Object> columns(Selection.Columns columns) {
    List<Object> chosen = new ArrayList<>();
    if (columns.end().isPresent()) {
      int from = expressions.wholeNumber(columns.columns().get(0), frame);
      int to = expressions.wholeNumber(columns.end().get(), frame);
      if (from < 0 || from >= to) {
        throw new CheckException(
            Diagnostic.error(Code.PLAN, columns.span(), "there are no columns in this range")
                .note("columns are counted from 0 and the end is not included"));
      }
      Stream.iterate(from, i -> i < to, i -> i + 1).forEach(chosen::add);
    } else {
      columns.columns().forEach(c -> chosen.add(column(c)));
    }
    boolean mixed = chosen.stream().map(Object::getClass).distinct().count() > 1;
    if (mixed) {
      throw new CheckException(
          Diagnostic.error(
              Code.PLAN, columns.span(), "columns go by name or by number, not by both"));
    }
    return chosen;
  }

  private List<Step> steps(Selection.Columns columns) {
    return columns.changes().stream()
        .map(c -> new Step(STEPS.get(c.operator()), expressions.number(c.number(), frame), false))
        .toList();
  }

  private Object column(Expr expr) {
    Value value = expressions.evaluate(expr, frame);
    return value instanceof Value.Text text
        ? text.value()
        : (Object) expressions.wholeNumber(expr, frame);
  }

  /** What is taken whole is a field, even if a constant has the same name. */
  private String field(Expr expr, List<Step> steps) {
    return expr instanceof Expr.Name name ? name.name() : steps(expr, steps);
  }

  /** Takes {@code values / 255 - 0.5} apart: the field, and what is done to it, in order. */
  private String steps(Expr expr, List<Step> steps) {
    if (expr instanceof Expr.Name name
        && plan.context().declarations().constant(name.ident()).isEmpty()) {
      return name.name();
    }
    if (expr instanceof Expr.Binary binary && STEPS.containsKey(binary.operator().operator())) {
      boolean reversed = isNumber(binary.left());
      Expr number = reversed ? binary.left() : binary.right();
      String field = steps(reversed ? binary.right() : binary.left(), steps);
      Step.Operation operation = STEPS.get(binary.operator().operator());
      steps.add(new Step(operation, expressions.number(number, frame), reversed));
      return field;
    }
    throw new CheckException(
        Diagnostic.error(
                Code.PLAN, expr.span(), "a field of the data is wanted here, such as values / 255")
            .note("each step adds, subtracts, multiplies or divides by a number"));
  }

  private boolean isNumber(Expr expr) {
    return expr instanceof Expr.Num
        || expr instanceof Expr.Negate
        || expr instanceof Expr.Name name
            && plan.context().declarations().constant(name.ident()).isPresent();
  }
}
