package dev.peephole.emit;

import dev.peephole.ir.Index;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import dev.peephole.kernel.Schedule;
import dev.peephole.kernel.Update;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Printed;
import dev.peephole.loop.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What an optimizer does with one number of a parameter, in place, statement by statement; or what
 * the schedule of an option computes.
 */
public final class OptimizerBody implements Places {
  private final List<Kernel> kernels;
  private final List<Var> inputs;
  private final Map<Var, Var> before;
  private final Identifiers identifiers;
  private final Lowering numbers;
  private final Map<Var, String> waiting = new HashMap<>();

  /**
   * @param update its kernels, or some of them
   * @param identifiers the names of the method or kernel, without any yet
   * @param constants gives the name of a constant that the model names
   */
  public OptimizerBody(
      Update update, Identifiers identifiers, BiFunction<String, Double, String> constants) {
    this(
        update.rule().step().inputs(),
        update.rule().changes(),
        update.kernels(),
        identifiers,
        constants);
  }

  /** The body of a schedule. */
  public OptimizerBody(
      Schedule schedule, Identifiers identifiers, BiFunction<String, Double, String> constants) {
    this(schedule.inputs(), Map.of(), schedule.kernels(), identifiers, constants);
  }

  private OptimizerBody(
      List<Var> inputs,
      Map<Var, Var> changes,
      List<Kernel> kernels,
      Identifiers identifiers,
      BiFunction<String, Double, String> constants) {
    this.inputs = inputs;
    this.before = changes;
    this.kernels = kernels;
    this.identifiers = identifiers;
    kernels.forEach(k -> reserveConstants(k, constants));
    this.numbers = new Lowering(this, identifiers, constants);
    inputs.forEach(identifiers::of);
  }

  /**
   * Some equations together.
   *
   * @param kernels theirs: of numbers that there are once for all, or of a loop over the numbers of
   *     the parameter with what is summed up in it
   * @param above what stands above them
   * @param begins what stands in front of the loop: the sums, which begin there
   * @param numbers the numbers that there are once for all
   */
  public record Part(
      List<Kernel> kernels,
      List<Printed> above,
      List<Statement> begins,
      List<Statement> statements,
      List<String> numbers,
      boolean forEach) {
    public Part {
      kernels = List.copyOf(kernels);
      above = List.copyOf(above);
      begins = List.copyOf(begins);
      statements = List.copyOf(statements);
      numbers = List.copyOf(numbers);
    }

    /** Where it comes from. */
    public Printed.Mark mark() {
      return kernels.size() == 1 ? Printed.Mark.of(kernels.get(0)) : OptimizerBody.mark(kernels);
    }

    /** What is summed up. */
    public List<Kernel.Reduce> sums() {
      return kernels.stream()
          .filter(Kernel.Reduce.class::isInstance)
          .map(Kernel.Reduce.class::cast)
          .toList();
    }
  }

  private static boolean isForEach(Kernel kernel) {
    return !(kernel instanceof Kernel.Loop loop) || loop.domain().rank() > 0;
  }

  /** What came of all of an optimizer's kernels. */
  public static Printed.Mark mark(List<Kernel> kernels) {
    List<Var> results = kernels.stream().flatMap(k -> k.results().stream()).toList();
    List<Origin> origins = kernels.stream().map(Kernel::origin).toList();
    return new Printed.Mark(Printed.Kind.KERNEL, results, Origin.of("", origins));
  }

  private void reserveConstants(Kernel kernel, BiFunction<String, Double, String> constants) {
    if (kernel instanceof Kernel.Loop loop) {
      loop.body().forEach(s -> reserveConstants(s.value(), constants));
    } else if (kernel instanceof Kernel.Reduce reduce) {
      reserveConstants(reduce.value(), constants);
    }
  }

  private void reserveConstants(Scalar scalar, BiFunction<String, Double, String> constants) {
    if (scalar instanceof Scalar.Number number && !number.name().isEmpty()) {
      identifiers.reserve(constants.apply(number.name(), number.value()));
    } else if (scalar instanceof Scalar.Apply apply) {
      apply.inputs().forEach(s -> reserveConstants(s, constants));
    }
  }

  /** What a value is called that it is given, or that there is once for all. */
  public String name(Var var) {
    return identifiers.of(var);
  }

  /** The position of the number in its parameter. */
  public String position() {
    for (Kernel kernel : kernels) {
      (kernel instanceof Kernel.Loop loop
              ? loop.body().stream().map(Kernel.Statement::out)
              : kernel.results().stream())
          .filter(out -> !before.containsKey(out))
          .forEach(identifiers::of);
    }
    return identifiers.flat(Shape.of(Shape.BATCH), Scope.OUTSIDE);
  }

  /** All of it, in order; call it once. */
  public List<Part> parts() {
    position();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < kernels.size(); ) {
      List<Kernel> together = new ArrayList<>(List.of(kernels.get(i++)));
      while (i < kernels.size()
          && isForEach(together.get(0))
          && kernels.get(i) instanceof Kernel.Reduce reduce
          && !waitsFor(reduce, together)) {
        together.add(kernels.get(i++));
      }
      parts.add(part(together));
    }
    return parts;
  }

  /** Whether a sum reads another one of those that are summed up together. */
  private static boolean waitsFor(Kernel.Reduce reduce, List<Kernel> together) {
    return Loads.of(reduce).stream()
        .anyMatch(
            load ->
                together.stream()
                    .anyMatch(k -> k instanceof Kernel.Reduce r && r.out() == load.var()));
  }

  private Part part(List<Kernel> together) {
    boolean forEach = isForEach(together.get(0));
    boolean alone = together.size() == 1 && together.get(0) instanceof Kernel.Loop;
    Scope scope = forEach ? Scope.OUTSIDE.flat(position()) : Scope.OUTSIDE;
    List<Statement> begins = new ArrayList<>();
    List<Statement> lines = new ArrayList<>();
    List<Statement> after = new ArrayList<>();
    List<String> results = new ArrayList<>();
    for (Kernel kernel : together) {
      if (!alone && !Captions.above(kernel).isEmpty()) {
        lines.add(new Statement.Comment(Captions.above(kernel)));
      }
      if (kernel instanceof Kernel.Loop loop) {
        for (int i = 0; i < loop.body().size(); i++) {
          statement(loop, i, scope, lines, after);
        }
        loop.body().forEach(s -> results.add(identifiers.of(s.out())));
      } else {
        Kernel.Reduce reduce = (Kernel.Reduce) kernel;
        String sum = identifiers.of(reduce.out());
        Expr start = new Expr.Real(reduce.op().start());
        begins.add(new Statement.Declare(Kind.REAL, sum, start, true));
        Expr next = numbers.number(reduce.value(), scope);
        Statement join = ReduceLoops.join(numbers, reduce, Expr.real(sum), next);
        lines.add(new Statement.From(reduce.out(), reduce.origin(), List.of(join)));
      }
    }
    lines.addAll(after);
    waiting.keySet().forEach(var -> identifiers.share(var, identifiers.of(before.get(var))));
    waiting.clear();
    return new Part(
        together,
        alone ? Captions.above(together.get(0)) : List.of(),
        begins,
        lines,
        forEach ? List.of() : results,
        forEach);
  }

  /** Joins what two items of a group have of a sum. */
  public Statement joined(Kernel.Reduce reduce, Expr sofar, Expr next) {
    return ReduceLoops.join(numbers, reduce, sofar, next);
  }

  /** A value that comes after one of the same name goes into its place as soon as it may. */
  private void statement(
      Kernel.Loop loop, int index, Scope scope, List<Statement> lines, List<Statement> after) {
    Kernel.Statement s = loop.body().get(index);
    Expr value = numbers.real(s.value(), scope);
    Var old = before.get(s.out());
    lines.addAll(Captions.above(loop, s));
    if (old == null) {
      lines.add(from(s, declared(identifiers.of(s.out()), value)));
      return;
    }
    List<Index> here = Kernel.positions(Shape.of(Shape.BATCH));
    boolean stillRead =
        loop.body().subList(index + 1, loop.body().size()).stream()
            .anyMatch(l -> Loads.of(l.value()).stream().anyMatch(load -> load.var() == old));
    if (stillRead) {
      String next = identifiers.fresh(identifiers.of(old) + "Next");
      identifiers.share(s.out(), next);
      waiting.put(s.out(), next);
      lines.add(from(s, declared(next, value)));
      Expr place = numbers.element(old, here, scope);
      after.add(from(s, new Statement.Assign(place, Expr.real(next))));
    } else {
      identifiers.share(s.out(), identifiers.of(old));
      lines.add(from(s, new Statement.Assign(numbers.element(old, here, scope), value)));
    }
  }

  private static Statement from(Kernel.Statement s, Statement line) {
    return new Statement.From(s.out(), s.origin(), List.of(line));
  }

  private static Statement declared(String name, Expr value) {
    return new Statement.Declare(Kind.REAL, name, value, false);
  }

  @Override
  public String variable(Var var) {
    return identifiers.of(var);
  }

  @Override
  public boolean isArray(Var var) {
    boolean input = inputs.contains(var) && var.shape().batched();
    return input || before.containsKey(var) && !waiting.containsKey(var);
  }
}
