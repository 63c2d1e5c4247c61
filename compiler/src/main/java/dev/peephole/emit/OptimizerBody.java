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
    kernels.forEach(k -> reserveConstants((Kernel.Loop) k, constants));
    this.numbers = new Lowering(this, identifiers, constants);
    inputs.forEach(identifiers::of);
  }

  /**
   * Some equations together.
   *
   * @param numbers the numbers that there are once for all
   */
  public record Part(Kernel.Loop kernel, List<Statement> statements, List<String> numbers) {
    public Part {
      statements = List.copyOf(statements);
      numbers = List.copyOf(numbers);
    }

    /** Whether they are there for each number of the parameter, or once for all. */
    public boolean forEach() {
      return isForEach(kernel);
    }
  }

  private static boolean isForEach(Kernel.Loop loop) {
    return loop.domain().rank() > 0;
  }

  /** What came of all of an optimizer's kernels. */
  public static Printed.Mark mark(List<Kernel> kernels) {
    List<Var> results = kernels.stream().flatMap(k -> k.results().stream()).toList();
    List<Origin> origins = kernels.stream().map(Kernel::origin).toList();
    return new Printed.Mark(Printed.Kind.KERNEL, results, Origin.of("", origins));
  }

  private void reserveConstants(Kernel.Loop loop, BiFunction<String, Double, String> constants) {
    loop.body().forEach(s -> reserveConstants(s.value(), constants));
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
      ((Kernel.Loop) kernel)
          .body().stream()
              .map(Kernel.Statement::out)
              .filter(out -> !before.containsKey(out))
              .forEach(identifiers::of);
    }
    return identifiers.flat(Shape.of(Shape.BATCH), Scope.OUTSIDE);
  }

  /** All of it, in order; call it once. */
  public List<Part> parts() {
    position();
    return kernels.stream().map(k -> part((Kernel.Loop) k)).toList();
  }

  private Part part(Kernel.Loop loop) {
    Scope scope = isForEach(loop) ? Scope.OUTSIDE.flat(position()) : Scope.OUTSIDE;
    List<Statement> lines = new ArrayList<>();
    List<Statement> after = new ArrayList<>();
    for (int i = 0; i < loop.body().size(); i++) {
      statement(loop, i, scope, lines, after);
    }
    lines.addAll(after);
    List<String> numbers =
        isForEach(loop)
            ? List.of()
            : loop.body().stream().map(s -> identifiers.of(s.out())).toList();
    return new Part(loop, lines, numbers);
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
