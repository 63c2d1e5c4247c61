package dev.peephole.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How something is written that is made of operands: an op, in formulas or in a language.
 *
 * @param meaning what formulas need to know of it besides its text
 * @param parts its operands, and what stands around them
 * @param binding how tightly the whole binds, one of {@link Formula}'s levels
 */
public record Notation(Meaning meaning, List<Part> parts, int binding) {
  public Notation {
    parts = List.copyOf(parts);
  }

  /** What is meant by a notation, where it is drawn otherwise than in a line, or spoken of. */
  public enum Meaning {
    /** A scaled value: the first operand times the second. */
    SCALED,
    QUOTIENT,
    POWER,
    SQUARE,
    ROOT,
    /** The second operand if the first one holds, else the third. */
    CHOICE,
    /** Whether a time step is one of an example's own: {@code t < lengths}. */
    OWN_STEP,
    OTHER
  }

  /** A piece of it. */
  public sealed interface Part {}

  /**
   * An operand.
   *
   * @param index which one
   * @param atLeast how tightly it must bind to go without brackets
   */
  public record Operand(int index, int atLeast) implements Part {}

  /** What is no operand. */
  public record Token(Kind kind, String symbol) implements Part {

    /** As it stands in a line, with its blanks. */
    public String text() {
      return switch (kind) {
        case OPERATOR, WORD -> " " + symbol + " ";
        case METHOD -> "." + symbol;
        case SIGN, FUNCTION, NUMBER -> symbol;
      };
    }
  }

  /** What a token is. */
  public enum Kind {
    /** A symbol between two operands. */
    OPERATOR,
    /** A word between two operands. */
    WORD,
    /** A symbol that stands close by. */
    SIGN,
    /** The name of a function. */
    FUNCTION,
    /** The name of a function of the operand in front of it. */
    METHOD,
    NUMBER
  }

  /** Any, of its parts in their order. */
  public static Notation of(int binding, Part... parts) {
    return new Notation(Meaning.OTHER, List.of(parts), binding);
  }

  public static Part operand(int index, int atLeast) {
    return new Operand(index, atLeast);
  }

  public static Part operator(String symbol) {
    return new Token(Kind.OPERATOR, symbol);
  }

  public static Part word(String word) {
    return new Token(Kind.WORD, word);
  }

  public static Part sign(String symbol) {
    return new Token(Kind.SIGN, symbol);
  }

  public static Part number(String digits) {
    return new Token(Kind.NUMBER, digits);
  }

  /** {@code a · b}, a number times a value. */
  public static Notation scaled() {
    return associative("·", Formula.PRODUCT).meaning(Meaning.SCALED);
  }

  /** {@code a + b}, where {@code a + (b + c)} keeps its brackets. */
  public static Notation infix(String symbol, int binding) {
    return of(binding, operand(0, binding), operator(symbol), operand(1, binding + 1));
  }

  /** {@code a + b}, where brackets on the right do not matter. */
  public static Notation associative(String symbol, int binding) {
    return of(binding, operand(0, binding), operator(symbol), operand(1, binding));
  }

  /** {@code −a}. */
  public static Notation prefix(String symbol, int binding, int atLeast) {
    return of(binding, sign(symbol), operand(0, atLeast));
  }

  /** {@code a²}. */
  public static Notation suffix(String symbol, int binding, int atLeast) {
    return of(binding, operand(0, atLeast), sign(symbol));
  }

  /** {@code f(a, b)}. */
  public static Notation call(String name, int operands) {
    Part[] arguments =
        IntStream.range(0, operands).mapToObj(i -> operand(i, 0)).toArray(Part[]::new);
    return called(new Token(Kind.FUNCTION, name), arguments);
  }

  /** {@code a.f(b)}. */
  public static Notation method(String name, int operands) {
    Part[] arguments =
        IntStream.range(1, operands).mapToObj(i -> operand(i, 0)).toArray(Part[]::new);
    return methodOf(name, arguments);
  }

  /** A function of operands and numbers. */
  public static Notation callOf(String name, Part... arguments) {
    return called(new Token(Kind.FUNCTION, name), arguments);
  }

  /** The same of a function that belongs to the first operand. */
  public static Notation methodOf(String name, Part... arguments) {
    Notation call = called(new Token(Kind.METHOD, name), arguments);
    return call.after(operand(0, Formula.ATOM), Formula.ATOM);
  }

  private static Notation called(Token name, Part... arguments) {
    List<Part> parts = new ArrayList<>(List.of(name, sign("(")));
    Arrays.stream(arguments)
        .forEach(
            argument -> {
              if (parts.size() > 2) {
                parts.add(sign(", "));
              }
              parts.add(argument);
            });
    parts.add(sign(")"));
    return of(Formula.ATOM, parts.toArray(Part[]::new));
  }

  /** The function that it calls, empty if it is no call. */
  public String function() {
    return tokens()
        .filter(token -> token.kind == Kind.FUNCTION || token.kind == Kind.METHOD)
        .map(Token::symbol)
        .findFirst()
        .orElse("");
  }

  /** Whether it calls a function. */
  public boolean isCall() {
    return !function().isEmpty();
  }

  private Stream<Token> tokens() {
    return parts.stream().filter(part -> part instanceof Token).map(part -> (Token) part);
  }

  /** The same call of a function by another name. */
  public Notation calling(String other) {
    return new Notation(
        meaning,
        parts.stream()
            .map(
                part ->
                    part instanceof Token token && token.kind == Kind.FUNCTION
                        ? new Token(Kind.FUNCTION, other)
                        : part)
            .toList(),
        binding);
  }

  /** The same with something in front, which binds so tightly. */
  public Notation after(Part prefix, int bindingOfAll) {
    return new Notation(
        meaning, Stream.concat(Stream.of(prefix), parts.stream()).toList(), bindingOfAll);
  }

  /** The same, said to be this. */
  public Notation meaning(Meaning other) {
    return new Notation(other, parts, binding);
  }

  /** How tightly an operand must bind to go without brackets. */
  public int atLeast(int operand) {
    return parts.stream()
        .filter(part -> part instanceof Operand o && o.index == operand)
        .map(part -> ((Operand) part).atLeast)
        .findFirst()
        .orElse(Formula.LOOSEST);
  }

  /** Whether it begins with this operand. */
  boolean beginsWith(int operand) {
    return isOperand(0, operand);
  }

  /** Whether it ends with this operand. */
  boolean endsWith(int operand) {
    return isOperand(parts.size() - 1, operand);
  }

  /** Whether a symbol or a word stands behind this operand that joins it with the next. */
  boolean joins(int operand) {
    return IntStream.range(1, parts.size())
        .anyMatch(
            i ->
                isOperand(i - 1, operand)
                    && parts.get(i) instanceof Token token
                    && (token.kind == Kind.OPERATOR || token.kind == Kind.WORD));
  }

  private boolean isOperand(int place, int operand) {
    return parts.get(place) instanceof Operand o && o.index == operand;
  }

  /** The mathematical notation with its operands filled in. */
  public Expression formula(List<Expression> operands) {
    return new Expression.Pointwise(this, operands);
  }

  /** The text with its operands filled in. */
  public Formula write(List<Formula> operands) {
    return new Formula(
        parts.stream()
            .map(
                part ->
                    part instanceof Operand o
                        ? operands.get(o.index).within(o.atLeast)
                        : ((Token) part).text())
            .collect(Collectors.joining()),
        binding);
  }
}
