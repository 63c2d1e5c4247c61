package dev.peephole.loop;

import dev.peephole.ir.Formula;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Notation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prints expressions in a language. Lines may be broken before operators and methods, and behind
 * the commas of a call; inside of an index never.
 */
public final class Expressions {
  private static final Pattern OPERAND = Pattern.compile("\\{(\\d)\\}");

  private final Target target;

  public Expressions(Target target) {
    this.target = target;
  }

  public String text(Expr expr) {
    return code(expr).text();
  }

  /** How a loop begins: {@code for (int k = 0; k < 8; k++)}. */
  public String head(Statement.For loop) {
    String k = loop.variable();
    String symbol = loop.operator().symbol();
    boolean counts = loop.by().is(1) && loop.operator().binding() == Operator.PLUS.binding();
    String step = counts ? k + symbol + symbol : k + " " + symbol + "= " + text(loop.by());
    String first = target.type(Kind.INT) + " " + k + " = " + text(loop.first());
    return "for (" + first + "; " + text(loop.test()) + "; " + step + ")";
  }

  public Code code(Expr expr) {
    if (expr instanceof Expr.Whole whole) {
      return number(String.valueOf(whole.value()), whole.value());
    } else if (expr instanceof Expr.Real real) {
      return number(target.literal(real.value()), real.value());
    } else if (expr instanceof Expr.Wide wide) {
      return cast(new Expressions(target.wide()).code(wide.of()));
    } else if (expr instanceof Expr.Variable variable) {
      return atom(variable.name());
    } else if (expr instanceof Expr.Element element) {
      return atom(element.array() + "[" + text(element.place()) + "]");
    } else if (expr instanceof Expr.Training) {
      return atom(target.training());
    } else if (expr instanceof Expr.Operation operation) {
      return written(target.notation(operation.op()), operands(operation));
    } else if (expr instanceof Expr.Vector vector) {
      return written(vector.op().vectors().orElseThrow(), codes(vector.inputs()));
    } else if (expr instanceof Expr.Binary binary) {
      return binary(binary);
    } else if (expr instanceof Expr.Choice choice) {
      return choice(choice);
    } else if (expr instanceof Expr.Call call) {
      return new Piece().add(call.function()).arguments(codes(call.arguments())).done();
    } else if (expr instanceof Expr.New made) {
      return new Piece().add("new " + made.library()).arguments(codes(made.arguments())).done();
    }
    Expr.Method method = (Expr.Method) expr;
    Code of = code(method.of());
    Piece piece = new Piece().add(of, Formula.ATOM, 0).mayBreak(false);
    return piece.add("." + method.function()).arguments(codes(method.arguments())).done();
  }

  private List<Code> codes(List<Expr> exprs) {
    return exprs.stream().map(this::code).toList();
  }

  private static Code atom(String text) {
    return new Code(text, Formula.ATOM, List.of());
  }

  private static Code number(String text, double value) {
    return new Code(text, value < 0 ? Formula.SIGN : Formula.ATOM, List.of());
  }

  private Code binary(Expr.Binary binary) {
    return binary(binary, code(binary.left()));
  }

  private Code binary(Expr.Binary binary, Code left) {
    Operator operator = binary.operator();
    int tighter = operator.joinsTruths() ? Formula.COMPARISON : operator.binding() + 1;
    boolean goesOn = binary.left() instanceof Expr.Binary before && before.operator() == operator;
    return new Piece(operator.binding())
        .add(left, operator.joinsTruths() && !goesOn ? tighter : operator.binding(), 0)
        .mayBreak(true)
        .add(" " + operator.symbol() + " ")
        .add(code(binary.right()), tighter, 0)
        .done();
  }

  /** A test that joins others needs no brackets; one that chooses does. */
  private Code choice(Expr.Choice choice) {
    boolean joins = choice.test() instanceof Expr.Binary binary && binary.operator().joinsTruths();
    return new Piece(Formula.LOOSEST)
        .add(code(choice.test()), joins ? Formula.LOOSEST : Formula.COMPARISON, 0)
        .mayBreak(true)
        .add(" ? ")
        .add(code(choice.then()), Formula.COMPARISON, 0)
        .mayBreak(true)
        .add(" : ")
        .add(code(choice.otherwise()), Formula.COMPARISON, 0)
        .done();
  }

  /** The operands of an op: where all are ints, one is made a number with a fraction. */
  private List<Code> operands(Expr.Operation operation) {
    List<Expr> inputs = operation.inputs();
    Elementwise op = operation.op();
    boolean called = !target.notation(op).function().isEmpty();
    boolean all = called && !target.callsTakeInts();
    boolean first = inputs.stream().allMatch(Expr::isInt) && op != Elementwise.WHERE && !op.truth();
    List<Code> codes = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      codes.add(all || first && i == 0 ? real(inputs.get(i)) : code(inputs.get(i)));
    }
    return codes;
  }

  private Code real(Expr expr) {
    if (!expr.isInt()) {
      return code(expr);
    } else if (expr instanceof Expr.Whole whole) {
      return code(new Expr.Real(whole.value()));
    }
    return expr instanceof Expr.Binary binary && isKnown(binary)
        ? binary(binary, real(binary.left()))
        : cast(code(expr));
  }

  private static boolean isKnown(Expr expr) {
    return expr instanceof Expr.Whole
        || expr instanceof Expr.Binary binary && isKnown(binary.left()) && isKnown(binary.right());
  }

  private Code cast(Code code) {
    String type = "(" + target.type(Kind.REAL) + ") ";
    return new Piece(Formula.SIGN).add(type).add(code, Formula.ATOM, 0).done();
  }

  /** A notation with its operands filled in; its blanks behind an operand may end a line. */
  private static Code written(Notation notation, List<Code> operands) {
    String template = notation.template();
    Piece piece = new Piece(notation.binding());
    int bracket = notation.function().isEmpty() ? 0 : 1;
    int end = 0;
    Matcher operand = OPERAND.matcher(template);
    while (operand.find()) {
      String before = template.substring(end, operand.start());
      if (end > 0 && (before.startsWith(" ") || before.startsWith("."))) {
        piece.mayBreak(before.startsWith(" "));
      }
      int place = Integer.parseInt(operand.group(1));
      Code inner = operands.get(place);
      boolean tighter = before.startsWith(".") || inner.binding() > notation.binding();
      int deeper = tighter ? 1 : bracket;
      piece.add(before).add(inner, notation.operands().get(place), deeper);
      end = operand.end();
    }
    String rest = template.substring(end);
    if (rest.startsWith(".")) {
      piece.mayBreak(false);
    }
    return piece.add(rest).done();
  }

  /** An expression that is being put together. */
  private static final class Piece {
    private final int binding;
    private final StringBuilder text = new StringBuilder();
    private final List<Code.Break> breaks = new ArrayList<>();

    Piece() {
      this(Formula.ATOM);
    }

    Piece(int binding) {
      this.binding = binding;
    }

    Piece add(String symbols) {
      text.append(symbols);
      return this;
    }

    Piece mayBreak(boolean blank) {
      breaks.add(new Code.Break(text.length(), 0, blank));
      return this;
    }

    /** An operand, whose own breaks come later than this one's unless it goes on in the chain. */
    Piece add(Code operand, int atLeast, int deeper) {
      boolean brackets = operand.binding() < atLeast;
      text.append(brackets ? "(" : "");
      int inner = deeper + (brackets || operand.binding() != binding ? 1 : 0);
      operand.breaks().forEach(b -> breaks.add(b.moved(text.length(), inner)));
      text.append(operand.text()).append(brackets ? ")" : "");
      return this;
    }

    Piece arguments(List<Code> arguments) {
      text.append('(');
      for (int i = 0; i < arguments.size(); i++) {
        if (i > 0) {
          text.append(',');
          breaks.add(new Code.Break(text.length(), 1, true));
          text.append(' ');
        }
        add(arguments.get(i), Formula.LOOSEST, 1);
      }
      text.append(')');
      return this;
    }

    Code done() {
      return new Code(text.toString(), binding, breaks);
    }
  }
}
