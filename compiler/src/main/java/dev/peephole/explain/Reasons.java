package dev.peephole.explain;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Origin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why a gradient looks as it does: why something is transposed, what is summed over, where several
 * terms come from. All of it is read off the tree of the formula and the origin of the equation.
 */
final class Reasons {
  private final Set<String> found = new LinkedHashSet<>();

  private Reasons() {}

  /**
   * The reasons of one gradient.
   *
   * @param of the name of the value that it is the gradient of, empty if it is a part of one
   * @param right the formula
   */
  static List<String> of(String of, Expression right, Origin origin) {
    Reasons reasons = new Reasons();
    String it = of.isEmpty() ? "the value" : of;
    int terms = terms(origin);
    if (terms > 1) {
      reasons.found.add(
          ("The loss depends on %s in %s ways. Each way has a gradient of its own, and they add up:"
                  + " the chain rule for more than one path.")
              .formatted(it, terms));
    }
    reasons.look(right, it);
    return List.copyOf(reasons.found);
  }

  /** Along how many ways a gradient comes to a value. */
  private static int terms(Origin origin) {
    if (origin instanceof Origin.Gradient gradient) {
      return terms(gradient.how());
    } else if (origin instanceof Origin.Made made) {
      return made.equal().stream().mapToInt(Reasons::terms).max().orElse(1);
    }
    return origin instanceof Origin.Sum sum ? sum.terms().size() : 1;
  }

  private void look(Expression e, String it) {
    if (e instanceof Expression.MatrixProduct product) {
      product(product, it);
    } else if (e instanceof Expression.Sum sum && !sum.isTerm()) {
      found.add(
          ("%s is one and the same for all %s, so what comes back from each of them adds up: that"
                  + " is the sum over %s.")
              .formatted(capital(it), plural(sum.over()), letters(sum.over())));
    } else if (e instanceof Expression.Call call && call.function() == Expression.Called.PAD) {
      found.add(
          "Only some places of " + it + " were read here; the others get nothing, which is 0.");
    } else if (e instanceof Expression.Pointwise choice
        && choice.meaning() == Expression.Meaning.CHOICE
        && asksForTime(choice.parts().get(0))) {
      found.add(
          "Behind the end of an example nothing was computed any more, and no gradient comes back"
              + " from there.");
    }
    e.parts().forEach(part -> look(part, it));
  }

  private void product(Expression.MatrixProduct product, String it) {
    String left = product.left().text();
    String right = product.right().text();
    if (product.rightTransposed()) {
      found.add(
          ("Going forward, %s carries numbers from its rows to its columns. Going back, each number"
                  + " of %s returns along the same weights from column to row: that is why %s is"
                  + " transposed.")
              .formatted(right, left, right));
    } else if (product.leftTransposed()) {
      List<String> rows = rows(product.left());
      found.add(
          ("One number of %s joins a column of %s with a column of %s. How much it did is one times"
                  + " the other, added up over all %s: row by column, hence the transposed %s.")
              .formatted(it, left, right, plural(rows), left));
    }
  }

  /** The letters of all axes but the last. */
  private static List<String> rows(Expression side) {
    List<String> axes = side.axes();
    return axes.isEmpty() ? axes : axes.subList(0, axes.size() - 1);
  }

  private static boolean asksForTime(Expression condition) {
    return condition instanceof Expression.Pointwise test
            && test.meaning() == Expression.Meaning.OWN_STEP
        || condition.parts().stream().anyMatch(Reasons::asksForTime);
  }

  private static String plural(List<String> letters) {
    List<String> words = new ArrayList<>();
    for (String letter : letters) {
      words.add(
          letter.equals(Axes.BATCH)
              ? "examples of the batch"
              : Axes.isOther(letter) ? "places along " + letter : "time steps");
    }
    return words.stream().distinct().collect(Collectors.joining(" and all "));
  }

  private static String letters(List<String> letters) {
    return String.join(" and ", letters);
  }

  private static String capital(String words) {
    return words.equals("the value") ? "The value" : words;
  }
}
