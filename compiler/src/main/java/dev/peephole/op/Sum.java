package dev.peephole.op;

import static java.lang.Double.POSITIVE_INFINITY;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Rewrite;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The sum along some axes, which go away. */
public record Sum(List<Integer> axes) implements Op.Reduction {
  public Sum {
    axes = List.copyOf(axes);
  }

  @Override
  public String name() {
    return "sum";
  }

  @Override
  public String describe() {
    return "sum over " + axes;
  }

  @Override
  public String hint(List<Var> inputs) {
    return inputs.get(0).named() ? "sum_" + inputs.get(0).name() : "total";
  }

  @Override
  public String joined() {
    return "sum";
  }

  @Override
  public Type type(List<Type> inputs) {
    inputs.get(0).requireNumbers();
    return Type.real(inputs.get(0).shape().without(axes));
  }

  @Override
  public Range range(Ranging ranging) {
    Shape summed = ranging.var(0).shape().pick(axes);
    Range total =
        ranging.x(0).total(summed.size(), summed.fixed() ? summed.size() : POSITIVE_INFINITY);
    return Bounds.isTotal(ranging, axes) ? total.max(Range.of(1)) : total;
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Expression brief = formula(inputs.get(0), equation, true);
    return brief instanceof Expression.Along ? formula(inputs.get(0), equation, false) : brief;
  }

  /**
   * @param brief whether axes with one place go without saying
   */
  private Expression formula(Expression body, Equation equation, boolean brief) {
    Shape shape = equation.input(0).shape();
    List<String> over = new ArrayList<>();
    List<String> single = new ArrayList<>();
    long repeated = 1;
    for (int axis : axes) {
      String letter = Axes.of(shape).get(axis);
      if (brief && shape.axis(axis) == 1) {
        single.add(letter);
      } else if (body.axes().contains(letter) || shape.axis(axis) < 0) {
        over.add(letter);
      } else {
        repeated *= shape.axis(axis);
      }
    }
    boolean none = over.isEmpty() && single.isEmpty();
    Expression sum = none ? body : new Expression.Sum(over, single, body);
    Expression all =
        repeated == 1
            ? sum
            : Notation.scaled()
                .formula(List.of(Expression.number(String.valueOf(repeated), false), sum));
    return Letters.from(all, shape, axes, equation.out().shape());
  }

  @Override
  public double start() {
    return 0;
  }

  @Override
  public Scalar join(Scalar sofar, Scalar next) {
    return new Scalar.Apply(Elementwise.ADD, List.of(sofar, next));
  }

  @Override
  public Var gradient(int input, Backward back) {
    Shape shape = back.x().shape();
    return Broadcast.to(back.builder(), back.d(), shape, shape.others(axes));
  }

  @Override
  public Optional<Var> simplify(Rewrite rewrite) {
    if (axes.isEmpty()) {
      return Optional.of(rewrite.x(0));
    }
    if (rewrite.named().test(rewrite.x(0))) {
      return Optional.empty();
    }
    return ofOneHot(rewrite)
        .or(() -> ofBroadcast(rewrite))
        .or(() -> ofProduct(rewrite))
        .or(() -> ofQuotient(rewrite))
        .or(() -> ofSum(rewrite))
        .or(() -> ofNegation(rewrite))
        .or(() -> Transpose.reduced(rewrite, axes, Sum::new));
  }

  /** A one-hot row adds up to 1. */
  private Optional<Var> ofOneHot(Rewrite rewrite) {
    int last = rewrite.x(0).shape().rank() - 1;
    return rewrite
        .definition(rewrite.x(0), OneHot.class)
        .filter(e -> axes.equals(List.of(last)))
        .map(e -> Term.constant(rewrite.builder(), 1, rewrite.type().shape()));
  }

  /** The sum of what is the same everywhere is a product. */
  private Optional<Var> ofBroadcast(Rewrite rewrite) {
    return rewrite
        .definition(rewrite.x(0), Broadcast.class)
        .filter(e -> ((Broadcast) e.op()).fresh().containsAll(axes))
        .filter(e -> !e.out().shape().pick(axes).open())
        .map(
            e -> {
              Var once = drop(rewrite, e);
              return rewrite.apply(Elementwise.MULTIPLY, once, count(rewrite));
            });
  }

  /** Σ c·x = c·Σ x if c is the same along the axes. */
  private Optional<Var> ofProduct(Rewrite rewrite) {
    Optional<Equation> product =
        rewrite
            .definition(rewrite.x(0), Elementwise.class)
            .filter(e -> e.op() == Elementwise.MULTIPLY);
    for (int side = 0; side < 2 && product.isPresent(); side++) {
      Var other = product.get().input(1 - side);
      Optional<Equation> factor =
          rewrite
              .definition(product.get().input(side), Broadcast.class)
              .filter(e -> ((Broadcast) e.op()).fresh().containsAll(axes));
      if (factor.isPresent()) {
        Var once = drop(rewrite, factor.get());
        return Optional.of(rewrite.apply(Elementwise.MULTIPLY, once, rewrite.apply(this, other)));
      }
    }
    return Optional.empty();
  }

  /** Σ x/c = (Σ x)/c if c is the same along the axes. */
  private Optional<Var> ofQuotient(Rewrite rewrite) {
    return rewrite
        .definition(rewrite.x(0), Elementwise.class)
        .filter(e -> e.op() == Elementwise.DIVIDE)
        .flatMap(
            quotient ->
                rewrite
                    .definition(quotient.input(1), Broadcast.class)
                    .filter(e -> ((Broadcast) e.op()).fresh().containsAll(axes))
                    .map(
                        divisor ->
                            rewrite.apply(
                                Elementwise.DIVIDE,
                                rewrite.apply(this, quotient.input(0)),
                                drop(rewrite, divisor))));
  }

  /** Σ −x = −Σ x. */
  private Optional<Var> ofNegation(Rewrite rewrite) {
    return rewrite
        .definition(rewrite.x(0), Elementwise.class)
        .filter(e -> e.op() == Elementwise.NEGATE)
        .map(e -> rewrite.apply(Elementwise.NEGATE, rewrite.apply(this, e.input(0))));
  }

  /** A sum of sums is one sum. */
  private Optional<Var> ofSum(Rewrite rewrite) {
    return rewrite
        .definition(rewrite.x(0), Sum.class)
        .map(
            inner -> {
              List<Integer> gone = ((Sum) inner.op()).axes;
              List<Integer> left = inner.input(0).shape().others(gone);
              List<Integer> all = new ArrayList<>(gone);
              axes.forEach(axis -> all.add(left.get(axis)));
              Collections.sort(all);
              return rewrite.apply(new Sum(all), inner.input(0));
            });
  }

  /** The broadcast value without the summed axes. */
  private Var drop(Rewrite rewrite, Equation broadcast) {
    Broadcast op = (Broadcast) broadcast.op();
    List<Integer> left = op.shape().others(axes);
    List<Integer> kept = op.kept().stream().map(left::indexOf).toList();
    return Broadcast.to(rewrite.builder(), broadcast.input(0), op.shape().without(axes), kept);
  }

  /** How many numbers each sum has, in the result's shape. */
  private Var count(Rewrite rewrite) {
    Shape summed = rewrite.x(0).shape().pick(axes);
    Var fixed = rewrite.apply(Constant.size(summed.example()));
    Var all =
        summed.batched()
            ? rewrite.apply(Elementwise.MULTIPLY, fixed, rewrite.apply(new BatchSize()))
            : fixed;
    return Broadcast.lead(rewrite.builder(), all, rewrite.type().shape());
  }
}
