package dev.peephole.op;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Rewrite;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The laws of arithmetic that simplify elementwise ops: terms that are zero or one go away. */
final class Identities {
  private Identities() {}

  static Optional<Var> add(Rewrite r) {
    if (is(r, 0, 0)) {
      return Optional.of(r.x(1));
    }
    if (is(r, 1, 0)) {
      return Optional.of(r.x(0));
    }
    return negated(r, 1)
        .map(x -> r.apply(Elementwise.SUBTRACT, r.x(0), x))
        .or(() -> negated(r, 0).map(x -> r.apply(Elementwise.SUBTRACT, r.x(1), x)))
        .or(() -> commonFactor(Elementwise.ADD, r));
  }

  static Optional<Var> subtract(Rewrite r) {
    if (is(r, 1, 0)) {
      return Optional.of(r.x(0));
    }
    if (is(r, 0, 0)) {
      return Optional.of(r.apply(Elementwise.NEGATE, r.x(1)));
    }
    return negated(r, 1)
        .map(x -> r.apply(Elementwise.ADD, r.x(0), x))
        .or(() -> commonFactor(Elementwise.SUBTRACT, r));
  }

  static Optional<Var> multiply(Rewrite r) {
    for (int side = 0; side < 2; side++) {
      Var other = r.x(1 - side);
      if (is(r, side, 0)) {
        return Optional.of(r.x(side));
      }
      if (is(r, side, 1)) {
        return Optional.of(other);
      }
      if (is(r, side, -1)) {
        return Optional.of(r.apply(Elementwise.NEGATE, other));
      }
      Optional<Var> inner = negated(r, side);
      if (inner.isPresent()) {
        Var product =
            side == 0
                ? r.apply(Elementwise.MULTIPLY, inner.get(), other)
                : r.apply(Elementwise.MULTIPLY, other, inner.get());
        return Optional.of(r.apply(Elementwise.NEGATE, product));
      }
    }
    return mergeFactors(r)
        .or(() -> mergeQuotient(r))
        .or(() -> normalised(r))
        .or(() -> selection(r))
        .or(() -> constantFirst(r));
  }

  static Optional<Var> divide(Rewrite r) {
    if (is(r, 0, 0) || is(r, 1, 1)) {
      return Optional.of(r.x(0));
    }
    return negated(r, 0)
        .map(x -> r.apply(Elementwise.NEGATE, r.apply(Elementwise.DIVIDE, x, r.x(1))))
        .or(() -> mergeDivisors(r))
        .or(() -> reduced(r));
  }

  static Optional<Var> negate(Rewrite r) {
    return negated(r.x(0), r)
        .or(
            () ->
                r.definition(r.x(0), Elementwise.class)
                    .filter(e -> e.op() == Elementwise.SUBTRACT)
                    .map(e -> r.apply(Elementwise.SUBTRACT, e.input(1), e.input(0))));
  }

  static Optional<Var> power(Rewrite r) {
    if (is(r, 1, 1)) {
      return Optional.of(r.x(0));
    }
    if (is(r, 1, 2)) {
      return Optional.of(r.apply(Elementwise.SQUARE, r.x(0)));
    }
    if (is(r, 1, 0.5)) {
      return Optional.of(r.apply(Elementwise.SQRT, r.x(0)));
    }
    return Optional.empty();
  }

  /** What is chosen by a comparison of numbers is known. */
  static Optional<Var> where(Rewrite r) {
    Optional<Equation> test = r.definition(r.x(0), Elementwise.class);
    if (test.isEmpty()
        || test.get().inputs().stream().anyMatch(x -> Constant.valueOf(r, x).isEmpty())) {
      return Optional.empty();
    }
    double[] numbers =
        test.get().inputs().stream()
            .mapToDouble(x -> Constant.valueOf(r, x).getAsDouble())
            .toArray();
    boolean holds = ((Elementwise) test.get().op()).reference(numbers) != 0;
    return Optional.of(r.x(holds ? 1 : 2));
  }

  /** An op of constants is a constant; those with a name stay for the reader. */
  static Optional<Var> constants(Elementwise op, Rewrite r) {
    if (op.truth() || op == Elementwise.WHERE) {
      return Optional.empty();
    }
    List<Constant> constants = new ArrayList<>();
    for (Var input : r.inputs()) {
      Constant.constantOf(r, input).filter(c -> c.label().isEmpty()).ifPresent(constants::add);
    }
    if (constants.size() < r.inputs().size()) {
      return Optional.empty();
    }
    Var result = r.builder().apply(Constant.of(op, constants));
    return Optional.of(Broadcast.lead(r.builder(), result, r.type().shape()));
  }

  /** An op of values that are all repeated alike is computed once and then repeated. */
  static Optional<Var> broadcastLast(Elementwise op, Rewrite r) {
    Optional<Equation> first =
        r.inputs().stream()
            .flatMap(x -> r.definition(x, Broadcast.class).stream())
            .filter(e -> !(scalarConstant(r, e)))
            .findFirst();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Broadcast broadcast = (Broadcast) first.get().op();
    Var[] inner = new Var[r.inputs().size()];
    for (int i = 0; i < inner.length; i++) {
      Optional<Equation> e = r.definition(r.x(i), Broadcast.class);
      if (e.isPresent() && e.get().op().equals(broadcast)) {
        inner[i] = e.get().input(0);
      } else if (e.isPresent() && e.get().input(0).shape().rank() == 0) {
        inner[i] = Broadcast.lead(r.builder(), e.get().input(0), first.get().input(0).shape());
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(r.apply(broadcast, r.apply(op, inner)));
  }

  private static boolean scalarConstant(Rewrite r, Equation broadcast) {
    return r.definition(broadcast.input(0), Constant.class).isPresent();
  }

  private static boolean is(Rewrite r, int input, double value) {
    OptionalDouble constant = Constant.valueOf(r, r.x(input));
    return constant.isPresent() && constant.getAsDouble() == value;
  }

  private static Optional<Var> negated(Rewrite r, int input) {
    return negated(r.x(input), r);
  }

  /** y where x is −y, repeated or not. */
  private static Optional<Var> negated(Var x, Rewrite r) {
    Optional<Equation> broadcast = r.definition(x, Broadcast.class);
    Var inner = broadcast.map(e -> e.input(0)).orElse(x);
    return r.definition(inner, Elementwise.class)
        .filter(e -> e.op() == Elementwise.NEGATE)
        .map(e -> broadcast.isEmpty() ? e.input(0) : r.apply(broadcast.get().op(), e.input(0)));
  }

  /** c·x ± c·y = c·(x ± y) for a value c that is the same everywhere. */
  private static Optional<Var> commonFactor(Elementwise op, Rewrite r) {
    Optional<Equation> left = multiple(r, r.x(0));
    Optional<Equation> right = multiple(r, r.x(1));
    if (left.isEmpty() || right.isEmpty() || left.get().input(0) != right.get().input(0)) {
      return Optional.empty();
    }
    Var both = r.apply(op, left.get().input(1), right.get().input(1));
    return Optional.of(r.apply(Elementwise.MULTIPLY, left.get().input(0), both));
  }

  /** The product c·x that computes a value without a name. */
  private static Optional<Equation> multiple(Rewrite r, Var var) {
    return r.definition(var, Elementwise.class)
        .filter(e -> e.op() == Elementwise.MULTIPLY && uniform(r, e.input(0)))
        .filter(e -> !r.named().test(var));
  }

  /** (c/s)·x = c·(x/s) where c is the same everywhere and s is not: x is normalised by s. */
  private static Optional<Var> normalised(Rewrite r) {
    for (int side = 0; side < 2; side++) {
      Var other = r.x(1 - side);
      Optional<Equation> broadcast = r.definition(r.x(side), Broadcast.class);
      Optional<Equation> quotient =
          broadcast
              .flatMap(e -> r.definition(e.input(0), Elementwise.class))
              .filter(e -> e.op() == Elementwise.DIVIDE && e.out().shape().rank() > 0)
              .filter(e -> uniform(r, e.input(0)) && !uniform(r, e.input(1)));
      if (quotient.isPresent() && !uniform(r, other)) {
        Var c = r.apply(broadcast.get().op(), quotient.get().input(0));
        Var s = r.apply(broadcast.get().op(), quotient.get().input(1));
        return Optional.of(r.apply(Elementwise.MULTIPLY, c, r.apply(Elementwise.DIVIDE, other, s)));
      }
    }
    return Optional.empty();
  }

  /** c·(e·x) = (c·e)·x for values c and e that are the same everywhere. */
  private static Optional<Var> mergeFactors(Rewrite r) {
    for (int side = 0; side < 2; side++) {
      Var factor = r.x(side);
      if (!uniform(r, factor)) {
        continue;
      }
      Optional<Equation> product =
          r.definition(r.x(1 - side), Elementwise.class)
              .filter(e -> e.op() == Elementwise.MULTIPLY && uniform(r, e.input(0)))
              .filter(e -> !uniform(r, e.input(1)));
      if (product.isPresent()) {
        Var both = r.apply(Elementwise.MULTIPLY, factor, product.get().input(0));
        return Optional.of(r.apply(Elementwise.MULTIPLY, both, product.get().input(1)));
      }
    }
    return Optional.empty();
  }

  /** c·(e/x) = (c·e)/x for values that are the same everywhere. */
  private static Optional<Var> mergeQuotient(Rewrite r) {
    for (int side = 0; side < 2; side++) {
      Var factor = r.x(side);
      Optional<Equation> quotient =
          r.definition(r.x(1 - side), Elementwise.class)
              .filter(e -> e.op() == Elementwise.DIVIDE && uniform(r, e.input(0)));
      if (Constant.valueOf(r, factor).isPresent() && quotient.isPresent()) {
        Var numerator = r.apply(Elementwise.MULTIPLY, factor, quotient.get().input(0));
        return Optional.of(r.apply(Elementwise.DIVIDE, numerator, quotient.get().input(1)));
      }
    }
    return Optional.empty();
  }

  /** (a/b)/c = a/(b·c) for values b and c that are the same everywhere. */
  private static Optional<Var> mergeDivisors(Rewrite r) {
    return r.definition(r.x(0), Elementwise.class)
        .filter(e -> e.op() == Elementwise.DIVIDE && uniform(r, e.input(1)) && uniform(r, r.x(1)))
        .map(
            e ->
                r.apply(
                    Elementwise.DIVIDE,
                    e.input(0),
                    r.apply(Elementwise.MULTIPLY, e.input(1), r.x(1))));
  }

  /** a/(b·x) = (a/b)/x for numbers a and b. */
  private static Optional<Var> reduced(Rewrite r) {
    return r.definition(r.x(1), Elementwise.class)
        .filter(e -> e.op() == Elementwise.MULTIPLY)
        .filter(e -> isNumber(r, r.x(0)) && isNumber(r, e.input(0)))
        .map(
            e ->
                r.apply(
                    Elementwise.DIVIDE,
                    r.apply(Elementwise.DIVIDE, r.x(0), e.input(0)),
                    e.input(1)));
  }

  private static boolean isNumber(Rewrite r, Var var) {
    return Constant.constantOf(r, var).filter(c -> c.label().isEmpty()).isPresent();
  }

  /** c·where(t, 1, 0) = where(t, c, 0), and likewise with one-hot rows left as they are. */
  private static Optional<Var> selection(Rewrite r) {
    for (int side = 0; side < 2; side++) {
      Optional<Equation> where =
          r.definition(r.x(side), Elementwise.class)
              .filter(e -> e.op() == Elementwise.WHERE)
              .filter(e -> hasValue(r, e.input(1), 1) && hasValue(r, e.input(2), 0));
      if (where.isPresent()) {
        Equation e = where.get();
        return Optional.of(r.apply(Elementwise.WHERE, e.input(0), r.x(1 - side), e.input(2)));
      }
    }
    return Optional.empty();
  }

  private static boolean hasValue(Rewrite r, Var var, double value) {
    OptionalDouble constant = Constant.valueOf(r, var);
    return constant.isPresent() && constant.getAsDouble() == value;
  }

  /** Factors that are the same everywhere stand first, as people write them. */
  private static Optional<Var> constantFirst(Rewrite r) {
    boolean number = Constant.valueOf(r, r.x(1)).isPresent();
    boolean other = Constant.valueOf(r, r.x(0)).isEmpty();
    return uniform(r, r.x(1)) && !uniform(r, r.x(0)) || number && other
        ? Optional.of(r.apply(Elementwise.MULTIPLY, r.x(1), r.x(0)))
        : Optional.empty();
  }

  /** Whether a value is one number in every place. */
  private static boolean uniform(Rewrite r, Var var) {
    return r.definition(var, Broadcast.class)
        .map(e -> e.input(0).shape().rank() == 0)
        .orElse(var.shape().rank() == 0);
  }
}
