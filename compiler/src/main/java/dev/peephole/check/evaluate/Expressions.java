package dev.peephole.check.evaluate;

import dev.peephole.check.scope.Frame;
import dev.peephole.check.scope.Primitives;
import dev.peephole.check.value.Arithmetic;
import dev.peephole.check.value.CellResult;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Shape;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.op.Elementwise;
import dev.peephole.source.Span;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Follows expressions: computes what is known while compiling and writes equations for the rest.
 */
public final class Expressions {
  private static final Map<Operator, Elementwise> OPS =
      Map.ofEntries(
          Map.entry(Operator.ADD, Elementwise.ADD),
          Map.entry(Operator.SUBTRACT, Elementwise.SUBTRACT),
          Map.entry(Operator.MULTIPLY, Elementwise.MULTIPLY),
          Map.entry(Operator.DIVIDE, Elementwise.DIVIDE),
          Map.entry(Operator.POWER, Elementwise.POWER),
          Map.entry(Operator.LESS, Elementwise.LESS),
          Map.entry(Operator.LESS_EQUAL, Elementwise.LESS_EQUAL),
          Map.entry(Operator.GREATER, Elementwise.GREATER),
          Map.entry(Operator.GREATER_EQUAL, Elementwise.GREATER_EQUAL),
          Map.entry(Operator.EQUAL, Elementwise.EQUAL),
          Map.entry(Operator.NOT_EQUAL, Elementwise.NOT_EQUAL),
          Map.entry(Operator.AND, Elementwise.AND),
          Map.entry(Operator.OR, Elementwise.OR));

  private final Context context;
  private final Arithmetic arithmetic;
  private final Calls calls;
  private final Conditions conditions;
  private final Selection selection;

  public Expressions(Context context) {
    this.context = context;
    this.arithmetic = context.arithmetic();
    this.calls = new Calls(context, this);
    this.conditions = new Conditions(context, this);
    this.selection = new Selection(context, this);
  }

  /** The op of what stands between two numbers; the product of matrices is none. */
  static Elementwise op(Operator operator) {
    return OPS.get(operator);
  }

  public Value evaluate(Expr expr, Frame frame) {
    Origin outer = context.builder().origin();
    try {
      context.at(expr.span(), frame);
      return follow(expr, frame);
    } finally {
      context.builder().at(outer);
    }
  }

  private Value follow(Expr expr, Frame frame) {
    if (expr instanceof Expr.Num num) {
      return Value.Number.of(num.value(), num.integer());
    } else if (expr instanceof Expr.Bool bool) {
      return new Value.Truth(bool.value());
    } else if (expr instanceof Expr.Text text) {
      return new Value.Text(text.value());
    } else if (expr instanceof Expr.Name name) {
      return name(name, frame);
    } else if (expr instanceof Expr.Negate negate) {
      return operation(expr, negate.span(), Elementwise.NEGATE, List.of(negate.operand()), frame);
    } else if (expr instanceof Expr.Binary binary) {
      return binary(binary, frame);
    } else if (expr instanceof Expr.Not not) {
      return conditions.not(not, frame);
    } else if (expr instanceof Expr.Junction junction) {
      return conditions.junction(junction, frame);
    } else if (expr instanceof Expr.Chain chain) {
      return conditions.chain(chain, frame);
    } else if (expr instanceof Expr.If choice) {
      return choice(choice, frame);
    } else if (expr instanceof Expr.Call call) {
      return calls.call(call, frame);
    } else if (expr instanceof Expr.Index index) {
      return selection.of(index, frame);
    } else if (expr instanceof Expr.Member member) {
      return member(member, frame);
    } else if (expr instanceof Expr.Prev prev) {
      return previous(prev, frame);
    } else if (expr instanceof Expr.Each each) {
      return outOfPlace(each, frame);
    } else {
      return numbers((Expr.Listing) expr, frame);
    }
  }

  private Value outOfPlace(Expr.Each each, Frame frame) {
    throw new CheckException(
        context.traced(
            Diagnostic.error(Code.OPTION, each.span(), "nothing is repeated here")
                .note("it is written repeat(x, " + each.span().text() + ", dense(8))"),
            frame));
  }

  private Value name(Expr.Name name, Frame frame) {
    Frame.Bound bound = frame.names().get(name.name());
    if (bound != null) {
      return present(name.ident(), bound, frame);
    }
    Optional<Declaration.Const> constant = context.declarations().constant(name.ident());
    if (constant.isPresent()) {
      return context.constantValue(constant.get(), name.span(), this);
    }
    Optional<Declaration.Callable> callable = context.declarations().callable(name.ident());
    if (callable.isPresent()) {
      return new Value.Reference(callable.get(), Map.of());
    }
    return Primitives.find(name.name())
        .map(p -> p.isWord() ? word(p, name, frame) : new Value.Builtin(name.name()))
        .orElse(new Value.Unknown());
  }

  private Value word(Primitives.Primitive word, Expr.Name name, Frame frame) {
    return fitting(
        name.span(),
        List.of(),
        List.of(),
        frame,
        () -> word.apply().apply(arithmetic, List.of(), frame));
  }

  private Value present(Ident name, Frame.Bound bound, Frame frame) {
    if (bound.value() instanceof Value.Absent absent) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(Code.NAME, name.span(), "'" + name + "' is not there")
                  .and(bound.span(), "it is " + absent.describe())
                  .hint("use it inside if … then … else with the same condition"),
              frame));
    }
    return bound.value();
  }

  private Value previous(Expr.Prev prev, Frame frame) {
    Frame.Bound bound = frame.names().get("prev " + prev.state().name());
    return bound == null ? new Value.Unknown() : present(prev.state(), bound, frame);
  }

  /** The sequence of a state of the cell that gave the operand. */
  private Value member(Expr.Member member, Frame frame) {
    Value operand = evaluate(member.operand(), frame);
    if (operand instanceof Value.Unknown) {
      return operand;
    }
    if (operand instanceof Value.Tensor tensor && context.cellResults().containsKey(tensor.var())) {
      CellResult result = context.cellResults().get(tensor.var());
      return result
          .state(member.name().name(), tensor, arithmetic)
          .orElseThrow(
              () -> new CheckException(context.traced(result.hasNo(member.name()), frame)));
    }
    throw new CheckException(
        context.traced(
            Diagnostic.error(Code.NAME, member.span(), "this has no states")
                .and(member.operand().span(), "it is " + operand.describe())
                .note("states are read from what a cell gives, such as h.c where h = lstm(x, 8)"),
            frame));
  }

  private Value binary(Expr.Binary binary, Frame frame) {
    List<Expr> operands = List.of(binary.left(), binary.right());
    Operator operator = binary.operator().operator();
    if (operator != Operator.PRODUCT) {
      return operation(binary, binary.operator().span(), op(operator), operands, frame);
    }
    List<Value> values = evaluate(operands, frame);
    return fitting(
        binary.operator().span(),
        operands,
        values,
        frame,
        () -> arithmetic.product(values.get(0), values.get(1)));
  }

  private Value operation(
      Expr expr, Span symbol, Elementwise op, List<Expr> operands, Frame frame) {
    List<Value> values = evaluate(operands, frame);
    return fitting(symbol, operands, values, frame, () -> arithmetic.elementwise(op, values));
  }

  List<Value> evaluate(List<Expr> exprs, Frame frame) {
    return exprs.stream().map(e -> evaluate(e, frame)).toList();
  }

  /** Runs something that may not fit its operands, and says so where it stands. */
  Value fitting(
      Span place, List<Expr> operands, List<Value> values, Frame frame, Supplier<Value> result) {
    if (values.stream().anyMatch(Value.Unknown.class::isInstance)) {
      return new Value.Unknown();
    }
    try {
      return finite(result.get(), place, frame);
    } catch (TypeMismatch mismatch) {
      Diagnostic error = Diagnostic.error(Code.SHAPE, place, mismatch.getMessage());
      for (int i = 0; i < operands.size(); i++) {
        if (!speaksForItself(operands.get(i), values.get(i))) {
          error = error.and(operands.get(i).span(), describe(operands.get(i), values.get(i)));
        }
      }
      error = error.note(mismatch.reason());
      throw new CheckException(context.traced(declared(error, operands, frame), frame));
    }
  }

  /** A number that is known while compiling is one of single precision. */
  private Value finite(Value value, Span place, Frame frame) {
    if (value instanceof Value.Number number && !Float.isFinite((float) number.value())) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(Code.OPTION, place, "this is no number of single precision")
                  .note("it comes to " + number.value()),
              frame));
    }
    return value;
  }

  /** Whether to write down what an operand is would only repeat it. */
  private static boolean speaksForItself(Expr expr, Value value) {
    return expr instanceof Expr.Num
        || expr instanceof Expr.Bool
        || expr instanceof Expr.Text
        || expr instanceof Expr.Listing
        || value instanceof Value.Batch
        || value instanceof Value.Reference
        || value instanceof Value.Builtin;
  }

  private static String describe(Expr expr, Value value) {
    String text = expr.span().text();
    boolean handy = text.length() <= 20 && text.indexOf('\n') < 0;
    return (handy ? text : "this") + " is " + value.describe();
  }

  /** Says where parameters among the operands are declared. */
  private static Diagnostic declared(Diagnostic error, List<Expr> operands, Frame frame) {
    Diagnostic told = error;
    for (Expr operand : operands) {
      if (operand instanceof Expr.Name name && frame.names().containsKey(name.name())) {
        Span span = frame.names().get(name.name()).span();
        if (span != null && span.file() == operand.span().file()) {
          told = told.hint(name.name() + " is declared on line " + span.line());
        }
      }
    }
    return told;
  }

  private Value choice(Expr.If choice, Frame frame) {
    boolean holds = holds("if", choice.condition(), frame);
    return evaluate(holds ? choice.then() : choice.otherwise(), frame);
  }

  /** Whole numbers, which are axes beside the batch if one of them is that. */
  private Value numbers(Expr.Listing listing, Frame frame) {
    List<Integer> numbers = new ArrayList<>();
    boolean batch = false;
    for (Expr element : listing.elements()) {
      if (element instanceof Expr.Name && evaluate(element, frame) instanceof Value.Batch) {
        requireOnce(batch, element, frame);
        batch = true;
      } else {
        numbers.add(length(element, frame));
      }
    }
    return batch ? new Value.Batch(numbers) : new Value.Numbers(numbers);
  }

  private void requireOnce(boolean before, Expr batch, Frame frame) {
    if (before) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(Code.SHAPE, batch.span(), "the batch is named twice"), frame));
    }
  }

  /** The length of an axis: a whole number, or {@link Shape#OPEN}. */
  int length(Expr expr, Frame frame) {
    return evaluate(expr, frame).equals(Value.Length.OF_SEQUENCE)
        ? Shape.OPEN
        : wholeNumber(expr, frame);
  }

  /** A whole number that is known while compiling. */
  public int wholeNumber(Expr expr, Frame frame) {
    Value value = evaluate(expr, frame);
    if (value instanceof Value.Number number
        && number.integer()
        && Math.abs(number.value()) <= Integer.MAX_VALUE) {
      return (int) number.value();
    }
    throw unwanted(value, expr, "a whole number", frame);
  }

  private CheckException unwanted(Value value, Expr expr, String wanted, Frame frame) {
    if (value instanceof Value.Unknown) {
      return CheckException.reported();
    }
    Diagnostic error =
        Diagnostic.error(Code.OPTION, expr.span(), wanted + " is wanted here")
            .note("this is " + value.describe());
    boolean open = value instanceof Value.Length;
    return new CheckException(
        context.traced(
            open ? error.hint("last(x) or sum(x, 0) makes one row of a sequence") : error, frame));
  }

  /** A number that is known while compiling. */
  public double number(Expr expr, Frame frame) {
    Value value = evaluate(expr, frame);
    if (value instanceof Value.Number number) {
      return number.value();
    }
    throw unwanted(value, expr, "a number", frame);
  }

  /** Whether a condition holds that is known while compiling. */
  boolean holds(String word, Expr condition, Frame frame) {
    Value value = evaluate(condition, frame);
    if (value instanceof Value.Truth truth) {
      return truth.value();
    } else if (value instanceof Value.Unknown) {
      throw CheckException.reported();
    }
    boolean later = value instanceof Value.Tensor;
    String rule = later ? " must be known while compiling" : " must be true or false";
    Diagnostic error =
        Diagnostic.error(Code.OPTION, condition.span(), "the condition of " + word + rule)
            .note("it is " + value.describe());
    throw new CheckException(
        context.traced(
            later ? error.hint("where(condition, a, b) chooses while the network runs") : error,
            frame));
  }
}
