package dev.peephole.kernel;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is left to print: the same for every target. */
public sealed interface Kernel {

  /** The equations in mathematical notation, one a line. */
  List<Caption> captions();

  /** The same without what is known of each. */
  default List<String> formulas() {
    return captions().stream().map(Caption::text).toList();
  }

  /** The equation of one of its results, if a caption says it. */
  default Optional<Caption> caption(Var result) {
    return captions().stream().filter(c -> c.of().filter(v -> v == result).isPresent()).findFirst();
  }

  /** The kernel with further lines above its equations; what is made of others has none itself. */
  default Kernel below(List<Caption> lines) {
    return this;
  }

  /** Where its equations come from. */
  Origin origin();

  /** The values that are there after it. */
  List<Var> results();

  /**
   * For each place of a domain, the statements in order; after them all, if there is a function, it
   * takes the place of its argument in each number of the last statement's value.
   *
   * @param domain the axes that are looped over, outermost first
   * @param function computed for a whole array at once
   */
  record Loop(
      Shape domain,
      List<Statement> body,
      Optional<Op> function,
      List<Caption> captions,
      Origin origin)
      implements Kernel {
    public Loop {
      body = List.copyOf(body);
      captions = List.copyOf(captions);
    }

    @Override
    public Loop below(List<Caption> lines) {
      return new Loop(domain, body, function, joined(lines, captions), origin);
    }

    /** The statement that comes last. */
    public Statement last() {
      return body.get(body.size() - 1);
    }

    /** The same loop with other statements. */
    public Loop withBody(List<Statement> other) {
      return new Loop(domain, other, function, captions, origin);
    }

    /** The axes of the domain that are time in what is read, if nothing is done but that. */
    public Set<Integer> times() {
      Set<Integer> times = new HashSet<>();
      for (Statement s : body) {
        if (s.value() instanceof Scalar.Load load) {
          Axes.times(load.var().shape()).stream()
              .map(axis -> load.at().get(axis))
              .forEach(
                  at ->
                      IntStream.range(0, domain.rank())
                          .filter(axis -> at.equals(Index.loop(axis)))
                          .forEach(times::add));
        } else {
          return Set.of();
        }
      }
      return times;
    }

    /**
     * Whether each place reads and writes its own place only, so that one loop goes through all.
     */
    public boolean isFlat() {
      List<Index> here = positions(domain);
      return body.stream()
              .noneMatch(s -> Loads.comparesPositions(s.value()) || !s.out().shape().equals(domain))
          && Loads.of(this).stream()
              .filter(l -> !l.at().isEmpty())
              .allMatch(l -> l.at().equals(here) && l.var().shape().equals(domain));
    }

    @Override
    public List<Var> results() {
      return body.stream().filter(Statement::stored).map(Statement::out).distinct().toList();
    }
  }

  /**
   * Computes one number.
   *
   * @param name what its equation calls it
   * @param out the value that it is a number of, perhaps as a part
   * @param at its place there, which is the loop's own unless the value has parts side by side
   * @param stored whether it goes into a buffer, or is used in the same loop only
   * @param origin where its equation comes from
   */
  record Statement(
      String name, Var out, List<Index> at, Scalar value, boolean stored, Origin origin) {
    public Statement {
      at = List.copyOf(at);
    }

    /** The same number, used in its loop only. */
    public Statement inLoopOnly() {
      return new Statement(name, out, at, value, false, origin);
    }

    /** Whether it is a number of a part of a value. */
    public boolean isPart() {
      return !name.equals(out.name());
    }

    /** The number as other statements read it. */
    public Scalar.Load load() {
      return new Scalar.Load(out, at);
    }
  }

  /**
   * Joins the numbers along some axes of a domain.
   *
   * @param out what comes out
   * @param op how numbers are joined
   * @param domain the axes before
   * @param value the number at a place of the domain
   * @param finish what becomes of each joined number, which stands in it as {@link #JOINED}
   */
  record Reduce(
      Var out,
      Op.Reduction op,
      Shape domain,
      Scalar value,
      Scalar finish,
      List<Caption> captions,
      Origin origin)
      implements Kernel {

    /** The joined number in {@code finish}. */
    public static final Scalar JOINED = new Scalar.Local("joined");

    @Override
    public Reduce below(List<Caption> lines) {
      return new Reduce(out, op, domain, value, finish, joined(lines, captions), origin);
    }

    @Override
    public List<Var> results() {
      return List.of(out);
    }
  }

  /** A routine of the runtime, such as a matrix product. */
  record Call(Equation equation, List<Caption> captions, Origin origin) implements Kernel {
    @Override
    public Call below(List<Caption> lines) {
      return new Call(equation, joined(lines, captions), origin);
    }

    @Override
    public List<Var> results() {
      return List.of(equation.out());
    }
  }

  /**
   * A recurrence: its body for one time step after another.
   *
   * @param equation the scan
   * @param first what each of its states begins with: the number at a place of it
   * @param body what happens at one time step
   */
  record Recurrence(Equation equation, List<Scalar> first, List<Kernel> body, Origin origin)
      implements Kernel {
    public Recurrence {
      first = List.copyOf(first);
      body = List.copyOf(body);
    }

    /** Those of one time step, a result's being that of its value at the step. */
    @Override
    public List<Caption> captions() {
      return body.stream().flatMap(k -> k.captions().stream()).map(this::ofResult).toList();
    }

    private Caption ofResult(Caption caption) {
      int result = caption.of().map(scan().step().outputs()::indexOf).orElse(-1);
      return result < 0 ? caption : caption.of(equation.outs().get(result));
    }

    public Scan scan() {
      return (Scan) equation.op();
    }

    /** The same recurrence with another body. */
    public Recurrence withBody(List<Kernel> other) {
      return new Recurrence(equation, first, other, origin);
    }

    /** The sequences, and what is the same at all time steps. */
    public List<Var> given() {
      return dev.peephole.ir.Recurrence.of(equation).given().stream()
          .map(dev.peephole.ir.Recurrence.Input::given)
          .toList();
    }

    @Override
    public List<Var> results() {
      return equation.outs();
    }
  }

  /** The numbers of one value under another name and shape; nothing is computed. */
  record Alias(Var out, Var of, List<Caption> captions, Origin origin) implements Kernel {
    @Override
    public List<Var> results() {
      return List.of(out);
    }
  }

  private static List<Caption> joined(List<Caption> above, List<Caption> below) {
    return Stream.concat(above.stream(), below.stream()).toList();
  }

  /** The positions of a loop over a shape; an axis with one place needs no loop. */
  static List<Index> positions(Shape shape) {
    Index[] positions = new Index[shape.rank()];
    for (int axis = 0; axis < positions.length; axis++) {
      positions[axis] = position(shape, axis);
    }
    return List.of(positions);
  }

  /** The position along one axis of a shape that is looped over. */
  static Index position(Shape shape, int axis) {
    return shape.axis(axis) == 1 ? Index.fixed(0) : Index.loop(axis);
  }
}
