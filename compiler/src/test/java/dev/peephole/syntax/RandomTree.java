package dev.peephole.syntax;

import dev.peephole.source.SourceFile;
import dev.peephole.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Draws expressions, each kind of them as often as the others. */
final class RandomTree {
  private static final Span NOWHERE = new Span(new SourceFile("nowhere", ""), 0, 0);
  private static final List<Operator> JUNCTIONS = List.of(Operator.AND, Operator.OR);
  private static final List<Operator> OTHERS =
      Arrays.stream(Operator.values()).filter(o -> !JUNCTIONS.contains(o)).toList();
  private static final String[] NAMES = {
    "x", "W_f", "δ", "data", "text", "column", "to", "in", "W1"
  };

  private final SplittableRandom random;

  RandomTree(long seed) {
    random = new SplittableRandom(seed);
  }

  /** An expression with at most so many levels. */
  Expr expr(int levels) {
    int deeper = levels - 1;
    return switch (random.nextInt(levels > 0 ? 16 : 5)) {
      case 0 -> new Expr.Num(random.nextInt(100), true, NOWHERE);
      case 1 -> new Expr.Num((1 + random.nextInt(99)) / 1024.0, false, NOWHERE);
      case 2 -> new Expr.Bool(random.nextBoolean(), NOWHERE);
      case 3 -> new Expr.Prev(ident(), NOWHERE);
      case 4 -> new Expr.Name(ident().name(), NOWHERE);
      case 5 -> new Expr.Negate(expr(deeper), NOWHERE);
      case 6 -> new Expr.If(expr(deeper), expr(deeper), expr(deeper), NOWHERE);
      case 7 -> new Expr.Listing(some(() -> expr(deeper)), NOWHERE);
      case 8 -> index(deeper);
      case 9 -> call(deeper);
      case 10 -> new Expr.Text("a \"b\" \\ {", NOWHERE);
      case 12 -> new Expr.Not(expr(deeper), NOWHERE);
      case 13 -> new Expr.Junction(operator(JUNCTIONS), expr(deeper), expr(deeper), NOWHERE);
      case 14 ->
          new Expr.Chain(
              List.of(expr(deeper), expr(deeper), expr(deeper)),
              List.of(
                  operator(List.of(Operator.LESS, Operator.EQUAL)),
                  operator(List.of(Operator.LESS_EQUAL, Operator.NOT_EQUAL))),
              NOWHERE);
      case 11 -> new Expr.Member(call(deeper), ident(), NOWHERE);
      default -> new Expr.Binary(operator(OTHERS), expr(deeper), expr(deeper), NOWHERE);
    };
  }

  private Expr index(int levels) {
    List<Expr.Selector> selectors =
        some(
            () ->
                random.nextBoolean()
                    ? new Expr.Selector.At(expr(levels))
                    : new Expr.Selector.Range(maybe(levels), maybe(levels), stride(), NOWHERE));
    Expr operand = expr(levels);
    return selectors.isEmpty() ? operand : new Expr.Index(operand, selectors, NOWHERE);
  }

  private Expr call(int levels) {
    boolean piped = random.nextBoolean();
    List<Expr.Argument> arguments = new ArrayList<>();
    if (piped) {
      arguments.add(new Expr.Argument(Optional.empty(), expr(levels)));
    }
    arguments.addAll(
        some(
            () ->
                new Expr.Argument(
                    random.nextBoolean() ? Optional.of(ident()) : Optional.empty(), expr(levels))));
    return new Expr.Call(ident(), arguments, piped, NOWHERE);
  }

  private Optional<Expr> maybe(int levels) {
    return random.nextBoolean() ? Optional.of(expr(levels)) : Optional.empty();
  }

  private Optional<Expr> stride() {
    return random.nextBoolean()
        ? Optional.of(new Expr.Name(ident().name(), NOWHERE))
        : Optional.empty();
  }

  private <T> List<T> some(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int count = random.nextInt(3); count > 0; count--) {
      list.add(element.get());
    }
    return list;
  }

  private Operator.At operator(List<Operator> any) {
    return new Operator.At(any.get(random.nextInt(any.size())), NOWHERE);
  }

  private Ident ident() {
    return new Ident(NAMES[random.nextInt(NAMES.length)], NOWHERE);
  }
}
