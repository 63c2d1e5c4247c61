package dev.peephole.kernel;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  record Loop(Shape domain, List<Statement> body, Optional<Op> function, Origin origin)
      implements Kernel {
    public Loop {
      body = List.copyOf(body);
    }

    /** Those of all statements. */
    @Override
    public List<Caption> captions() {
      return body.stream().flatMap(s -> s.captions().stream()).toList();
    }

    @Override
    public Loop below(List<Caption> lines) {
      List<Statement> told = new ArrayList<>(body);
      told.set(0, body.get(0).below(lines));
      return withBody(told);
    }

    /** The statement that comes last. */
    public Statement last() {
      return body.get(body.size() - 1);
    }

    /** The same loop with other statements. */
    public Loop withBody(List<Statement> other) {
      return new Loop(domain, other, function, origin);
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
   * @param captions the lines above it
   * @param origin where its equation comes from
   */
  record Statement(
      String name,
      Var out,
      List<Index> at,
      Scalar value,
      boolean stored,
      List<Caption> captions,
      Origin origin) {
    public Statement {
      at = List.copyOf(at);
      captions = List.copyOf(captions);
    }

    /** The same number, used in its loop only. */
    public Statement inLoopOnly() {
      return new Statement(name, out, at, value, false, captions, origin);
    }

    private Statement below(List<Caption> lines) {
      return new Statement(name, out, at, value, stored, joined(lines, captions), origin);
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
   * @param parts what each value that it is given, hands on or gives is for
   * @param states what it hands on from one time step to the next
   * @param body what happens at one time step
   */
  record Recurrence(
      dev.peephole.ir.Recurrence parts, List<State> states, List<Kernel> body, Origin origin)
      implements Kernel {
    public Recurrence {
      states = List.copyOf(states);
      body = List.copyOf(body);
    }

    /** Those of one time step, a result's being that of its value at the step. */
    @Override
    public List<Caption> captions() {
      return Stream.concat(
              states.stream().map(State::follows),
              body.stream().flatMap(k -> k.captions().stream()))
          .map(this::ofResult)
          .toList();
    }

    private Caption ofResult(Caption caption) {
      return parts.all().stream()
          .filter(result -> caption.of().filter(of -> of == result.each()).isPresent())
          .findFirst()
          .map(result -> caption.of(result.all()))
          .orElse(caption);
    }

    /** The same recurrence with another body. */
    public Recurrence withBody(List<Kernel> other) {
      return new Recurrence(parts, states, other, origin);
    }

    /** What its states are before a time step. */
    public List<Var> before() {
      return states.stream().map(State::before).toList();
    }

    /** The sequences, and what is the same at all time steps. */
    public List<Var> given() {
      return parts.given().stream().map(dev.peephole.ir.Recurrence.Input::given).toList();
    }

    @Override
    public List<Var> results() {
      return parts.all().stream().map(dev.peephole.ir.Recurrence.Result::all).toList();
    }
  }

  /**
   * A state of a recurrence, as a time step gets it.
   *
   * @param of the values that it is before a step, after it, and at all steps
   * @param first the number that it begins with at a place of it
   * @param begins its equation where it begins
   * @param follows its equation at all other time steps
   */
  record State(dev.peephole.ir.Recurrence.State of, Scalar first, Caption begins, Caption follows) {

    /** What it is before a time step. */
    public Var before() {
      return of.before();
    }

    /** The sequence of what it is after each time step. */
    public Var all() {
      return of.all();
    }

    /** Where its equation comes from. */
    public Origin origin() {
      return follows.origin();
    }

    /** {@code cPrev = c[t − 1], at first 0}. */
    public String text() {
      return follows.text() + ", at first " + begins.right();
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
