package dev.peephole.op;

import static dev.peephole.op.Notation.associative;
import static dev.peephole.op.Notation.call;
import static dev.peephole.op.Notation.form;
import static dev.peephole.op.Notation.infix;
import static dev.peephole.op.Notation.method;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Expression.Meaning;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Hazard;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Rewrite;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Type;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import dev.peephole.runtime.kernel.Special;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The ops that work element by element, one declaration each: the notation of mathematics, that of
 * Java and OpenCL C, that of the JDK's Vector API if it has the op, the value in double precision,
 * between which numbers it lies and what it should not be given, the domain to test on, the
 * derivatives with respect to the inputs {@code a} and {@code b}, where {@code d} is the gradient
 * of the output {@code y}, and the identities that simplify it.
 */
public final class Elementwise implements Op.Pointwise {

  private static final List<Elementwise> DECLARED = new ArrayList<>();
  private static final Map<String, String> HINTS =
      Map.of(
          "add", "total",
          "subtract", "difference",
          "multiply", "scaled",
          "divide", "quotient",
          "negate", "negated");

  public static final Elementwise ADD =
      new Elementwise("add", 2, Bounds::sum)
          .written(associative("+", Formula.SUM), infix("+", Formula.SUM))
          .vectors(method("add", 2))
          .value(x -> x[0] + x[1])
          .handingOn()
          .derivatives(r -> r.d(), r -> r.d())
          .simplified(Identities::add);

  public static final Elementwise SUBTRACT =
      new Elementwise("subtract", 2, Bounds::difference)
          .written(infix("−", Formula.SUM), infix("-", Formula.SUM))
          .vectors(method("sub", 2))
          .value(x -> x[0] - x[1])
          .handingOn()
          .derivatives(r -> r.d(), r -> r.d().negated())
          .simplified(Identities::subtract);

  public static final Elementwise MULTIPLY =
      new Elementwise("multiply", 2, Bounds::product)
          .written(associative("⊙", Formula.PRODUCT), infix("*", Formula.PRODUCT))
          .vectors(method("mul", 2))
          .value(x -> x[0] * x[1])
          .derivatives(r -> r.d().times(r.b()), r -> r.d().times(r.a()))
          .simplified(Identities::multiply);

  public static final Elementwise DIVIDE =
      new Elementwise("divide", 2, Bounds::quotient)
          .singular(Singularities::quotient)
          .hazard(Hazards::quotient)
          .written(
              infix("/", Formula.PRODUCT).meaning(Meaning.QUOTIENT), infix("/", Formula.PRODUCT))
          .vectors(method("div", 2))
          .value(x -> x[0] / x[1])
          .domain(0.3, 2)
          .derivatives(r -> r.d().over(r.b()), r -> r.d().times(r.y()).over(r.b()).negated())
          .simplified(Identities::divide);

  public static final Elementwise NEGATE =
      new Elementwise("negate", 1, r -> r.x(0).negated())
          .written(
              form("−{0}", Formula.PRODUCT, Formula.PRODUCT),
              form("-{0}", Formula.SIGN, Formula.POWER))
          .vectors(method("neg", 1))
          .value(x -> -x[0])
          .handingOn()
          .derivatives(r -> r.d().negated())
          .simplified(Identities::negate);

  /**
   * a to the power of b. By b, the derivative of 0 to the power of b is taken as 0, which is its
   * limit for b &gt; 0; by a, that of a to the power of 0 is 0 for any a.
   */
  public static final Elementwise POWER =
      new Elementwise("power", 2, r -> r.x(0).power(r.x(1)))
          .singular(Singularities::power)
          .hazard(Hazards::power)
          .costly()
          .written(
              form("{0}^{1}", Formula.POWER, Formula.ATOM, Formula.POWER).meaning(Meaning.POWER),
              call("pow", 2))
          .value(x -> Math.pow(x[0], x[1]))
          .domain(0.3, 2)
          .derivatives(
              r ->
                  r.d()
                      .times(r.b())
                      .times(r.a().power(r.b().minus(1)))
                      .whereNot(r.b().apply(Elementwise.EQUAL, r.number(0))),
              r ->
                  r.d()
                      .times(r.y())
                      .times(r.a().apply(Elementwise.LOG))
                      .whereNot(r.a().apply(Elementwise.EQUAL, r.number(0))))
          .simplified(Identities::power);

  public static final Elementwise SQUARE =
      new Elementwise("square", 1, r -> r.x(0).squared())
          .written(
              form("{0}²", Formula.POWER, Formula.ATOM).meaning(Meaning.SQUARE), call("square", 1))
          .vectors(form("{0}.mul({0})", Formula.ATOM, Formula.ATOM))
          .value(x -> x[0] * x[0])
          .derivatives(r -> r.number(2).times(r.d()).times(r.a()));

  public static final Elementwise SQRT =
      new Elementwise("sqrt", 1, r -> r.x(0).within(Range.from(0)).increasing(Math::sqrt))
          .inLanguage("the square root")
          .singular(Singularities::root)
          .hazard(Hazards::root)
          .costly()
          .written(form("√{0}", Formula.POWER, Formula.ATOM).meaning(Meaning.ROOT), call("sqrt", 1))
          .vectors(method("sqrt", 1))
          .value(x -> Math.sqrt(x[0]))
          .domain(0.3, 3)
          .derivatives(r -> r.number(0.5).times(r.d()).over(r.y()));

  public static final Elementwise EXP =
      new Elementwise("exp", 1, r -> r.x(0).increasing(Math::exp))
          .inLanguage("e to the power of x")
          .singular(Singularities::exponential)
          .costly()
          .overArrays()
          .written(call("exp", 1), call("exp", 1))
          .value(x -> Math.exp(x[0]))
          .derivatives(r -> r.d().times(r.y()));

  public static final Elementwise LOG =
      new Elementwise("log", 1, r -> r.x(0).within(Range.from(0)).increasing(Math::log))
          .inLanguage("the natural logarithm")
          .singular(Singularities::logarithm)
          .hazard(Hazards::logarithm)
          .costly()
          .written(call("log", 1), call("log", 1))
          .value(x -> Math.log(x[0]))
          .domain(0.3, 3)
          .derivatives(r -> r.d().over(r.a()));

  public static final Elementwise LOG1P =
      new Elementwise("log1p", 1, r -> r.x(0).within(Range.from(-1)).increasing(Math::log1p))
          .inLanguage("log(1 + x), exact where x is small")
          .singular(Singularities::logarithmOfMore)
          .hazard(Hazards::logarithmOfMore)
          .costly()
          .written(call("log1p", 1), call("log1p", 1))
          .value(x -> Math.log1p(x[0]))
          .domain(-0.6, 3)
          .derivatives(r -> r.d().over(r.a().plus(1)));

  public static final Elementwise TANH =
      new Elementwise("tanh", 1, r -> r.x(0).increasing(Math::tanh))
          .inLanguage("the hyperbolic tangent, between −1 and 1")
          .flat(Range.open(-1, 1))
          .costly()
          .overArrays()
          .written(call("tanh", 1), call("tanh", 1))
          .value(x -> Math.tanh(x[0]))
          .derivatives(r -> r.d().times(r.number(1).minus(r.y().squared())));

  public static final Elementwise SIGMOID =
      new Elementwise("sigmoid", 1, r -> r.x(0).increasing(x -> 1 / (1 + Math.exp(-x))))
          .inLanguage("1 / (1 + exp(−x)), between 0 and 1")
          .flat(Range.open(0, 1))
          .hazard(Hazards::share)
          .costly()
          .overArrays()
          .written(call("σ", 1), call("sigmoid", 1))
          .value(x -> 1 / (1 + Math.exp(-x[0])))
          .derivatives(r -> r.d().times(r.y()).times(r.number(1).minus(r.y())));

  /** log(1 + exp(a)), a smooth rectifier (Dugas et al., 2001). */
  public static final Elementwise SOFTPLUS =
      new Elementwise(
              "softplus",
              1,
              r -> r.x(0).increasing(x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))))
          .inLanguage("log(1 + exp(x)), a smooth relu")
          .hazard(Hazards::share)
          .costly()
          .written(call("softplus", 1), call("softplus", 1))
          .value(x -> Math.max(x[0], 0) + Math.log1p(Math.exp(-Math.abs(x[0]))))
          .derivatives(r -> r.d().times(r.a().apply(SIGMOID)));

  /** 2 / √π, the derivative of erf at 0. */
  private static final Constant TWO_OVER_ROOT_PI =
      Constant.of(DIVIDE, List.of(new Constant(2, ""), Constant.of(SQRT, List.of(Constant.PI))));

  public static final Elementwise ERF =
      new Elementwise("erf", 1, r -> r.x(0).increasing(Special::erf))
          .inLanguage("the error function, between −1 and 1")
          .flat(Range.open(-1, 1))
          .costly()
          .written(call("erf", 1), call("erf", 1))
          .value(x -> Special.erf(x[0]))
          .derivatives(
              r ->
                  r.number(TWO_OVER_ROOT_PI)
                      .times(r.d())
                      .times(r.a().squared().negated().apply(EXP)));

  public static final Elementwise SIN =
      new Elementwise("sin", 1, r -> Range.closed(-1, 1))
          .inLanguage("the sine")
          .inStrictMath()
          .costly()
          .written(call("sin", 1), call("sin", 1))
          .value(x -> Math.sin(x[0]))
          .derivatives(r -> r.d().times(r.a().apply(Elementwise.COS)));

  public static final Elementwise COS =
      new Elementwise("cos", 1, r -> Range.closed(-1, 1))
          .inLanguage("the cosine")
          .inStrictMath()
          .costly()
          .written(call("cos", 1), call("cos", 1))
          .value(x -> Math.cos(x[0]))
          .derivatives(r -> r.d().times(r.a().apply(SIN)).negated());

  public static final Elementwise SIGN =
      new Elementwise("sign", 1, r -> r.x(0).stepping(Math::signum))
          .inLanguage("−1, 0 or 1, as x is negative, zero or positive")
          .written(call("sign", 1), call("signum", 1))
          .value(x -> Math.signum(x[0]))
          .without("it is flat: its derivative is 0 wherever it has one");

  public static final Elementwise ROUND =
      new Elementwise("round", 1, r -> r.x(0).stepping(Math::rint))
          .inLanguage("the nearest whole number, the even one of two")
          .whole()
          .written(call("round", 1), call("rint", 1))
          .value(x -> Math.rint(x[0]))
          .without("it is flat: its derivative is 0 wherever it has one");

  public static final Elementwise FLOOR =
      new Elementwise("floor", 1, r -> r.x(0).stepping(Math::floor))
          .inLanguage("the greatest whole number that is not above x")
          .inStrictMath()
          .whole()
          .written(call("floor", 1), call("floor", 1))
          .value(x -> Math.floor(x[0]))
          .without("it is flat: its derivative is 0 wherever it has one");

  public static final Elementwise CEIL =
      new Elementwise("ceil", 1, r -> r.x(0).stepping(Math::ceil))
          .inLanguage("the least whole number that is not below x")
          .inStrictMath()
          .whole()
          .written(call("ceil", 1), call("ceil", 1))
          .value(x -> Math.ceil(x[0]))
          .without("it is flat: its derivative is 0 wherever it has one");

  public static final Elementwise ABS =
      new Elementwise("abs", 1, r -> r.x(0).abs())
          .inLanguage("the absolute value")
          .written(form("|{0}|", Formula.ATOM, Formula.LOOSEST), call("abs", 1))
          .inOpenCl("fabs")
          .vectors(method("abs", 1))
          .value(x -> Math.abs(x[0]))
          .domain(0.1, 2)
          .derivatives(r -> r.d().times(r.a().apply(SIGN)));

  public static final Elementwise LESS =
      comparison("less", "<", "<", Bounds::less)
          .vectors(method("lt", 2))
          .value(x -> x[0] < x[1] ? 1 : 0);

  public static final Elementwise LESS_EQUAL =
      comparison("less_equal", "≤", "<=", Bounds::lessOrEqual).value(x -> x[0] <= x[1] ? 1 : 0);

  public static final Elementwise GREATER =
      comparison("greater", ">", ">", Bounds::greater).value(x -> x[0] > x[1] ? 1 : 0);

  public static final Elementwise GREATER_EQUAL =
      comparison("greater_equal", "≥", ">=", Bounds::greaterOrEqual)
          .value(x -> x[0] >= x[1] ? 1 : 0);

  public static final Elementwise EQUAL =
      comparison("equal", "=", "==", r -> Range.TRUTH)
          .vectors(method("eq", 2))
          .value(x -> x[0] == x[1] ? 1 : 0);

  public static final Elementwise NOT_EQUAL =
      comparison("not_equal", "≠", "!=", r -> Range.TRUTH).value(x -> x[0] != x[1] ? 1 : 0);

  public static final Elementwise AND =
      condition("and", 2)
          .written(associative("∧", Formula.COMPARISON), associative("&&", Formula.COMPARISON))
          .value(x -> x[0] != 0 && x[1] != 0 ? 1 : 0);

  public static final Elementwise OR =
      condition("or", 2)
          .written(associative("∨", Formula.LOOSEST), associative("||", Formula.LOOSEST))
          .value(x -> x[0] != 0 || x[1] != 0 ? 1 : 0);

  public static final Elementwise NOT =
      condition("not", 1)
          .written(
              form("¬{0}", Formula.SIGN, Formula.ATOM), form("!{0}", Formula.SIGN, Formula.ATOM))
          .value(x -> x[0] != 0 ? 0 : 1);

  /**
   * The larger. Where both are the same each gets half of the gradient, so that what is smooth as a
   * whole stays so: the derivative of max(z, 0) + log(1 + exp(−|z|)) at 0 is that of softplus, ½.
   */
  public static final Elementwise MAX =
      new Elementwise("max", 2, r -> r.x(0).max(r.x(1)))
          .written(call("max", 2), call("max", 2))
          .inOpenCl("maximum")
          .vectors(method("max", 2))
          .value(x -> Math.max(x[0], x[1]))
          .handingOn()
          .derivatives(r -> r.shared(GREATER, r.a(), r.b()), r -> r.shared(GREATER, r.b(), r.a()));

  /** The smaller; where both are the same each gets half of the gradient. */
  public static final Elementwise MIN =
      new Elementwise("min", 2, r -> r.x(0).min(r.x(1)))
          .written(call("min", 2), call("min", 2))
          .inOpenCl("minimum")
          .vectors(method("min", 2))
          .value(x -> Math.min(x[0], x[1]))
          .handingOn()
          .derivatives(r -> r.shared(LESS, r.a(), r.b()), r -> r.shared(LESS, r.b(), r.a()));

  /**
   * The rectifier (Nair &amp; Hinton, 2010); its derivative at 0 is taken as 0. It is more than 0
   * only where {@code a} is, so that {@code a} need not be kept.
   */
  public static final Elementwise RELU =
      new Elementwise("relu", 1, r -> r.x(0).max(Range.of(0)))
          .inLanguage("max(x, 0)")
          .flat(Range.from(0))
          .written(form("max({0}, 0)", Formula.ATOM, 0), form("max({0}, 0)", Formula.ATOM, 0))
          .inOpenCl("maximum")
          .vectors(form("{0}.max(0)", Formula.ATOM, Formula.ATOM))
          .value(x -> Math.max(x[0], 0))
          .handingOn()
          .derivatives(r -> r.d().where(r.y().apply(GREATER, r.number(0))));

  /** {@code where(condition, then, otherwise)}. */
  public static final Elementwise WHERE =
      new Elementwise("where", 3, Bounds::choice)
          .written(
              form("{1} if {0} else {2}", Formula.LOOSEST, 1, 4, 4).meaning(Meaning.CHOICE),
              form("{0} ? {1} : {2}", Formula.LOOSEST, 1, 1, 1))
          .vectors(form("{2}.blend({1}, {0})", Formula.ATOM, 0, 0, Formula.ATOM), 2)
          .value(x -> x[0] != 0 ? x[1] : x[2])
          .handingOn()
          .derivatives(r -> null, r -> r.d().where(r.a()), r -> r.d().whereNot(r.a()))
          .simplified(Identities::where);

  private final String name;
  private final int arity;
  private final Function<Ranging, Range> range;
  private boolean truth;
  private boolean ofTruths;
  private boolean function;
  private boolean overArrays;
  private boolean whole;
  private boolean strictMath;
  private boolean handsOn;
  private String openCl = "";
  private Optional<String> meaning = Optional.empty();
  private Notation formula;
  private Notation code;
  private Notation vectors;
  private int vectorAsked;
  private ToDoubleFunction<double[]> value;
  private Predicate<Ranging> singular = ranging -> false;
  private Function<Ranging, Optional<Hazard>> hazard = ranging -> Optional.empty();
  private double low = -2;
  private double high = 2;
  private List<Function<Rule, Term>> derivatives = List.of();
  private String nondifferentiable;
  private Optional<Range> flat = Optional.empty();
  private Function<Rewrite, Optional<Var>> identities = rewrite -> Optional.empty();

  /**
   * @param range between which numbers its values lie
   */
  private Elementwise(String name, int arity, Function<Ranging, Range> range) {
    this.name = name;
    this.arity = arity;
    this.range = range;
    DECLARED.add(this);
  }

  private static Elementwise comparison(
      String name, String formula, String code, Function<Ranging, Range> range) {
    Elementwise op =
        new Elementwise(name, 2, range)
            .written(infix(formula, Formula.COMPARISON), infix(code, Formula.COMPARISON))
            .without("a comparison is true or false, not a number");
    op.truth = true;
    return op;
  }

  /** Joins what is true or false. */
  private static Elementwise condition(String name, int arity) {
    Elementwise op =
        new Elementwise(name, arity, r -> Range.TRUTH)
            .without("a condition is true or false, not a number");
    op.truth = true;
    op.ofTruths = true;
    return op;
  }

  private Elementwise written(Notation formulaNotation, Notation codeNotation) {
    formula = formulaNotation;
    code = codeNotation;
    return this;
  }

  /** It is a function of the language, under its own name. */
  private Elementwise inLanguage(String sentence) {
    meaning = Optional.of(sentence);
    return this;
  }

  /** Java's function is one of {@link StrictMath}, which has the same bits everywhere. */
  private Elementwise inStrictMath() {
    strictMath = true;
    return this;
  }

  /** OpenCL C has it under another name than Java, or means another thing by that. */
  private Elementwise inOpenCl(String functionName) {
    openCl = functionName;
    return this;
  }

  /** How a vector of numbers at a time is written, if its bits are the same. */
  private Elementwise vectors(Notation vectorNotation) {
    return vectors(vectorNotation, 0);
  }

  /** The same where another input than the first is the vector whose method is called. */
  private Elementwise vectors(Notation vectorNotation, int asked) {
    vectors = vectorNotation;
    vectorAsked = asked;
    return this;
  }

  /** What its inputs should not be. */
  private Elementwise hazard(Function<Ranging, Optional<Hazard>> rule) {
    hazard = rule;
    return this;
  }

  private Elementwise value(ToDoubleFunction<double[]> reference) {
    value = reference;
    return this;
  }

  /** Its derivative is 0, or nearly so, where its value is at an end of this range. */
  private Elementwise flat(Range range) {
    flat = Optional.of(range);
    return this;
  }

  /** Where it, or its derivative, can be infinite or no number though its inputs are finite. */
  private Elementwise singular(Predicate<Ranging> rule) {
    singular = rule;
    return this;
  }

  /** Takes tens of operations to compute. */
  private Elementwise costly() {
    function = true;
    return this;
  }

  /** Gives whole numbers. */
  private Elementwise whole() {
    whole = true;
    return this;
  }

  /** {@code ArrayMath} has it for all numbers of an array at once. */
  private Elementwise overArrays() {
    overArrays = true;
    return this;
  }

  /** Its gradient is handed on or dropped, and multiplied by nothing. */
  private Elementwise handingOn() {
    handsOn = true;
    return this;
  }

  private Elementwise domain(double from, double to) {
    low = from;
    high = to;
    return this;
  }

  @SafeVarargs
  private Elementwise derivatives(Function<Rule, Term>... rules) {
    derivatives = List.of(rules);
    return this;
  }

  private Elementwise without(String reason) {
    nondifferentiable = reason;
    return this;
  }

  private Elementwise simplified(Function<Rewrite, Optional<Var>> rules) {
    identities = rules;
    return this;
  }

  /** All of them, in the order declared. */
  public static List<Elementwise> all() {
    return List.copyOf(DECLARED);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String hint(List<Var> inputs) {
    String hint = HINTS.getOrDefault(name, name);
    boolean one = inputs.size() == 1 && inputs.get(0).named();
    return one ? hint + "_" + inputs.get(0).name() : hint;
  }

  public int arity() {
    return arity;
  }

  /** What it means as a function of the language, if it is one. */
  public Optional<String> meaning() {
    return meaning;
  }

  /** How mathematics writes it for single numbers. */
  public Notation ofNumbers() {
    return this == MULTIPLY ? Notation.scaled() : formula;
  }

  /** How Java writes it, and JavaScript. */
  public Notation code() {
    return code;
  }

  /**
   * Whether Java's function is that of {@link StrictMath}, in double precision, and not one of the
   * runtime's {@code Real}.
   */
  public boolean isInStrictMath() {
    return strictMath;
  }

  /** How OpenCL C writes it. */
  public Notation openCl() {
    return openCl.isEmpty() ? code : code.calling(openCl);
  }

  /**
   * How the JDK's Vector API writes it for a vector of numbers, if it has it with the same bits.
   */
  public Optional<Notation> vectors() {
    return Optional.ofNullable(vectors);
  }

  /** The input that is a vector then, whose method is called; others may be numbers. */
  public int vectorAsked() {
    return vectorAsked;
  }

  /** The value in double precision; truth is 1 and 0. */
  public double reference(double... inputs) {
    return value.applyAsDouble(inputs);
  }

  /** Whether its gradient is handed on or dropped, and multiplied by nothing. */
  public boolean handsOn() {
    return handsOn;
  }

  /** The least input to test with. */
  public double low() {
    return low;
  }

  /** The greatest input to test with. */
  public double high() {
    return high;
  }

  /** Whether the runtime computes it faster for all numbers of an array at once. */
  public boolean isOverArrays() {
    return overArrays;
  }

  /** Whether it gives whole numbers, whatever it is given. */
  public boolean isWhole() {
    return whole;
  }

  /** Between which values its graph is not flat, if it is flat towards their ends. */
  public Optional<Range> flat() {
    return flat;
  }

  /** Whether it gives true or false. */
  public boolean truth() {
    return truth;
  }

  /** Whether this input is true or false. */
  public boolean takesTruth(int input) {
    return ofTruths || this == WHERE && input == 0;
  }

  @Override
  public Type type(List<Type> inputs) {
    for (Type input : inputs) {
      if (!input.shape().equals(inputs.get(0).shape())) {
        throw new TypeMismatch(
            name + " of " + inputs.get(0) + " and " + input, "the shapes must be the same");
      }
    }
    for (int i = 0; i < inputs.size(); i++) {
      requireElement(inputs.get(i), takesTruth(i), inputs);
    }
    return truth ? Type.truth(inputs.get(0).shape()) : Type.real(inputs.get(0).shape());
  }

  private void requireElement(Type input, boolean condition, List<Type> inputs) {
    if (condition && input.element() != Element.TRUTH) {
      throw new TypeMismatch(
          ofTruths
              ? name + " takes what is true or false"
              : "the condition of where is not a comparison",
          "it is " + input.describe());
    }
    boolean label = truth && !ofTruths && input.element() == Element.LABEL;
    if (!condition && input.element() != Element.REAL && !label) {
      input.requireNumbers();
    }
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    boolean ofNumber = inputs.stream().anyMatch(x -> x.axes().isEmpty());
    return (ofNumber ? ofNumbers() : formula).formula(inputs);
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    return new Scalar.Apply(
        this, inputs.stream().map(x -> (Scalar) new Scalar.Load(x, at)).toList());
  }

  @Override
  public Cost cost() {
    return function ? Cost.FUNCTION : Cost.ARITHMETIC;
  }

  @Override
  public Var gradient(int input, Backward back) {
    Term gradient = derivatives.get(input).apply(new Rule(back));
    return gradient == null ? null : gradient.var();
  }

  @Override
  public Range range(Ranging ranging) {
    return range.apply(ranging);
  }

  @Override
  public boolean singular(Ranging ranging) {
    return singular.test(ranging);
  }

  @Override
  public Optional<Hazard> hazard(Ranging ranging) {
    return hazard.apply(ranging);
  }

  @Override
  public Optional<String> nondifferentiable() {
    return Optional.ofNullable(nondifferentiable);
  }

  @Override
  public Optional<Var> simplify(Rewrite rewrite) {
    return Identities.constants(this, rewrite)
        .or(() -> identities.apply(rewrite))
        .or(() -> Identities.broadcastLast(this, rewrite));
  }

  @Override
  public String toString() {
    return name;
  }
}
