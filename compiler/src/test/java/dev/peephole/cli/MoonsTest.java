package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the warning of probabilities for logits warns of, on two moons that reach into each other.
 */
class MoonsTest extends CommandTest {
  private static final Pattern ACCURACY = Pattern.compile("\"accuracy\":([0-9.]+)");
  private static final String MODEL =
      """
      network Moons {
        input  x: [2]
        target y: [1]
        z = x |> dense(16) |> tanh |> dense(1)
        output p = sigmoid(z)
        loss binary_cross_entropy(%s, y)
      }

      train Moons {
        data        csv("moons.csv") { x = columns "a", "b"   y = column "y" }
        standardize x
        batch       20
        epochs      50
        optimizer   sgd(rate: 0.1, momentum: 0.9)
        metrics     accuracy
        seed        1
      }
      """;

  /** 400 points; the noise has a deviation of 0.1. */
  private static String moons() {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("a,b,y\n");
    for (int k = 0; k < 400; k++) {
      double t = Math.PI * random.nextDouble();
      double a = 0.1 * random.nextGaussian();
      double b = 0.1 * random.nextGaussian();
      boolean upper = k % 2 == 0;
      a += upper ? Math.cos(t) : 1 - Math.cos(t);
      b += upper ? Math.sin(t) : 0.5 - Math.sin(t);
      csv.append(String.format(Locale.ROOT, "%.4f,%.4f,%s\n", a, b, upper ? 0 : 1));
    }
    return csv.toString();
  }

  private double accuracy(String logits) throws IOException {
    write("moons.csv", moons());
    Path model = write("moons.nn", MODEL.formatted(logits));
    Outcome trained = nnc("train", model, "-o", folder.resolve(logits), "--quiet", "--json");
    assertThat(trained.status()).as(trained.err()).isZero();
    Matcher last = ACCURACY.matcher(trained.lines().get(trained.lines().size() - 1));
    assertThat(last.find()).isTrue();
    return Double.parseDouble(last.group(1));
  }

  @Test
  void probabilitiesForLogitsAreNeverSure() throws IOException {
    double right = accuracy("z");
    double wrong = accuracy("p");
    System.out.println("Two moons: logits " + right + ", probabilities for logits " + wrong);
    assertThat(right).isEqualTo(1);
    assertThat(wrong).isLessThan(0.95);
  }
}
