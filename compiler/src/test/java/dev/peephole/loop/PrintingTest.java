package dev.peephole.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.op.Elementwise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Statements of the loop language as text. */
class PrintingTest {
  /** A language like C, whose numbers look like ints. */
  private static final Target PLAIN =
      new Target() {
        @Override
        public String type(Kind kind) {
          return kind == Kind.INT ? "int" : "float";
        }

        @Override
        public String literal(double value) {
          return value + "f";
        }

        @Override
        public String training() {
          return "training";
        }

        @Override
        public boolean callsTakeInts() {
          return false;
        }
      };

  private static String text(Expr expr) {
    return new Expressions(PLAIN).text(expr);
  }

  private static Expr element(String array) {
    Expr place = Expr.position("t").plus(-1).times(Expr.whole(8)).plus(Expr.position("k"));
    return new Expr.Element(array, place, false);
  }

  private static Expr apply(Elementwise op, Expr... inputs) {
    return new Expr.Operation(op, List.of(inputs));
  }

  @Test
  void bracketsStandWhereTheyAreNeeded() {
    assertThat(text(element("h"))).isEqualTo("h[(t - 1) * 8 + k]");
    Expr n = Expr.position("n");
    assertThat(text(Expr.position("item").over(n.times(Expr.whole(4))).rest(n)))
        .isEqualTo("item / (n * 4) % n");
    assertThat(text(n.minus(Expr.position("t").plus(1)))).isEqualTo("n - (t + 1)");
    Expr cut = n.rest(Expr.whole(5)).compared(Operator.EQUAL, Expr.whole(0));
    Expr either = n.compared(Operator.LESS, Expr.whole(3)).compared(Operator.OR, cut);
    assertThat(text(new Expr.Choice(either, n, Expr.whole(0))))
        .isEqualTo("n < 3 || n % 5 == 0 ? n : 0");
  }

  /** Two ints divided would lose their fraction, and a call finds no function for them. */
  @Test
  void aQuotientOfIntsIsANumberWithAFraction() {
    Expr n = Expr.position("n");
    assertThat(text(apply(Elementwise.DIVIDE, Expr.whole(1), n))).isEqualTo("1.0f / n");
    assertThat(text(apply(Elementwise.DIVIDE, n, n))).isEqualTo("(float) n / n");
    assertThat(text(apply(Elementwise.SQRT, n))).isEqualTo("sqrt((float) n)");
    assertThat(text(apply(Elementwise.SUBTRACT, Expr.whole(1), Expr.real("y")))).isEqualTo("1 - y");
  }

  @Test
  void linesBreakBetweenTheTermsOfASumAndNotInAnIndex() {
    Expr product = apply(Elementwise.MULTIPLY, element("forget"), element("before"));
    Expr sum = apply(Elementwise.ADD, element("input"), product);
    Statement assign = new Statement.Assign(element("c"), sum);
    assertThat(TextPrinter.print(List.of(assign), PLAIN, 60, 1).text())
        .isEqualTo(
            """
              c[(t - 1) * 8 + k] = input[(t - 1) * 8 + k]
                  + forget[(t - 1) * 8 + k] * before[(t - 1) * 8 + k];
            """);
  }

  @Test
  void whatIsDeclaredInsideIsNotGivenFromOutside() {
    Statement assign =
        new Statement.Assign(
            new Expr.Element("h", Expr.position("j").plus(Expr.position("k")), false),
            Expr.real("rate"));
    List<Statement> loop = List.of(Statement.loop("k", Expr.position("n"), List.of(assign)));
    assertThat(Mentioned.variables(loop, Kind.INT)).containsExactlyInAnyOrder("j", "n");
    assertThat(Mentioned.variables(loop, Kind.REAL)).containsExactly("rate");
    assertThat(Mentioned.variables(loop, Kind.ARRAY)).containsExactly("h");
    assertThat(Mentioned.training(loop)).isFalse();
  }

  /** Whatever a random position looks like, its text means the same number. */
  @RepeatedTest(300)
  void aPositionMeansInTextWhatItMeansInTheTree(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Map<String, Integer> values = new HashMap<>();
    List.of("i", "j", "k").forEach(name -> values.put(name, 1 + random.nextInt(9)));
    Expr expr = random(random, 4);
    assertThat(new Calculation(text(expr), values).result())
        .as(text(expr))
        .isEqualTo(value(expr, values));
  }

  private static Expr random(Random random, int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return random.nextBoolean()
          ? Expr.whole(1 + random.nextInt(9))
          : Expr.position(List.of("i", "j", "k").get(random.nextInt(3)));
    }
    Expr left = random(random, depth - 1);
    Expr right = random(random, depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> left.plus(right);
      case 1 -> left.minus(right);
      case 2 -> left.times(right);
      default -> left.over(Expr.whole(1 + random.nextInt(9)));
    };
  }

  private static int value(Expr expr, Map<String, Integer> values) {
    if (expr instanceof Expr.Whole whole) {
      return whole.value();
    } else if (expr instanceof Expr.Variable variable) {
      return values.get(variable.name());
    }
    Expr.Binary binary = (Expr.Binary) expr;
    int left = value(binary.left(), values);
    int right = value(binary.right(), values);
    return switch (binary.operator()) {
      case PLUS -> left + right;
      case MINUS -> left - right;
      case TIMES -> left * right;
      case OVER -> left / right;
      default -> throw new IllegalArgumentException(binary.toString());
    };
  }

  /** Evaluates text by the rules of C: products before sums, and both from the left. */
  private static final class Calculation {
    private final List<String> words;
    private final Map<String, Integer> values;
    private int next;

    Calculation(String text, Map<String, Integer> values) {
      this.words = List.of(text.replace("(", "( ").replace(")", " )").split(" "));
      this.values = values;
    }

    int result() {
      int sum = sum();
      assertThat(next).isEqualTo(words.size());
      return sum;
    }

    private boolean sees(String word) {
      return next < words.size() && words.get(next).equals(word);
    }

    private int sum() {
      int sum = product();
      while (sees("+") || sees("-")) {
        sum += words.get(next++).equals("+") ? product() : -product();
      }
      return sum;
    }

    private int product() {
      int product = atom();
      while (sees("*") || sees("/")) {
        product = words.get(next++).equals("*") ? product * atom() : product / atom();
      }
      return product;
    }

    private int atom() {
      String word = words.get(next++);
      if (word.equals("(")) {
        int sum = sum();
        next++;
        return sum;
      }
      return values.containsKey(word) ? values.get(word) : Integer.parseInt(word);
    }
  }
}
