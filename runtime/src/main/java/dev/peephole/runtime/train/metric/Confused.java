package dev.peephole.runtime.train.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Figures of answers that are counted class by class. */
final class Confused implements Tally {
  private final Subject subject;
  private final Asked asked;
  private final Counts counts;
  private final Function<Counts, double[]> figures;

  private Confused(Subject subject, Asked asked, Function<Counts, double[]> figures) {
    this.subject = subject;
    this.asked = asked;
    this.counts = new Counts(subject);
    this.figures = figures;
  }

  /** A figure of each class, brought together as the plan says. */
  static Tally each(Subject subject, Asked asked, ToDoubleFunction<Counts.OneVsRest> figure) {
    return new Confused(
        subject,
        asked,
        counts -> {
          if (asked.average().equals(Optional.of(Average.MICRO))) {
            return new double[] {figure.applyAsDouble(counts.pooled())};
          }
          Counts.OneVsRest[] classes = counts.each();
          double[] all = Arrays.stream(classes).mapToDouble(figure).toArray();
          double[] occur =
              Arrays.stream(classes).mapToDouble(Counts.OneVsRest::occurrences).toArray();
          return together(subject, asked, all, occur);
        });
  }

  /** A figure of all counts. */
  static Tally all(Subject subject, Asked asked, ToDoubleFunction<double[][]> figure) {
    return new Confused(
        subject, asked, counts -> new double[] {figure.applyAsDouble(counts.matrix())});
  }

  /** No figure, but a table. */
  static Tally table(Subject subject, Asked asked) {
    return new Confused(subject, asked, counts -> new double[0]);
  }

  /**
   * The figures of all classes as the plan wants them; if it says nothing, that of the class that
   * is asked about, or their mean.
   */
  static double[] together(Subject subject, Asked asked, double[] figures, double[] occurrences) {
    if (asked.average().isEmpty() && subject.positive() >= 0) {
      return new double[] {figures[subject.positive()]};
    }
    Average average = asked.average().orElse(Average.MACRO);
    return average == Average.EACH ? figures : new double[] {average.mean(figures, occurrences)};
  }

  @Override
  public void clear() {
    counts.clear();
  }

  @Override
  public void take(int from, int to, double weight) {
    for (int i = from; i < to; i++) {
      int truth = subject.truth(i, asked.name());
      int answer = subject.answers().get(i);
      if (subject.label()) {
        counts.addClass(truth, answer, weight);
      } else {
        counts.addYesOrNo(i % subject.classes(), truth, answer, weight);
      }
    }
  }

  @Override
  public double[] figures() {
    return figures.apply(counts);
  }

  @Override
  public Optional<ConfusionTable> table() {
    if (!asked.name().equals("confusion")) {
      return Optional.empty();
    }
    List<String> told = subject.label() ? subject.names() : List.of("0", "1");
    return Optional.of(
        new ConfusionTable(
            subject.target().name(),
            told,
            Arrays.stream(counts.matrix()).map(double[]::clone).toArray(double[][]::new),
            subject.names(),
            List.of(counts.each())));
  }

  /** The mean recall of the classes that occur. */
  static double balancedAccuracy(double[][] counts) {
    double sum = 0;
    int occurring = 0;
    for (int k = 0; k < counts.length; k++) {
      double occurrences = Arrays.stream(counts[k]).sum();
      if (occurrences > 0) {
        sum += counts[k][k] / occurrences;
        occurring++;
      }
    }
    return sum / occurring;
  }

  /** How far answers agree beyond chance: (p_o − p_e) / (1 − p_e). */
  static double kappa(double[][] counts) {
    Margins m = Margins.of(counts);
    return (m.right * m.all - m.products) / (m.all * m.all - m.products);
  }

  /** The correlation of answers and truth. */
  static double matthews(double[][] counts) {
    Margins m = Margins.of(counts);
    double answers = m.all * m.all - m.squaredAnswers;
    double truths = m.all * m.all - m.squaredTruths;
    double both = answers * truths;
    return both == 0 ? 0 : (m.right * m.all - m.products) / Math.sqrt(both);
  }

  /** Sums over how often each class is answered and right. */
  private record Margins(
      double all, double right, double products, double squaredAnswers, double squaredTruths) {

    static Margins of(double[][] counts) {
      double all = 0;
      double right = 0;
      double products = 0;
      double squaredAnswers = 0;
      double squaredTruths = 0;
      for (int k = 0; k < counts.length; k++) {
        double truths = 0;
        double answers = 0;
        for (int j = 0; j < counts.length; j++) {
          truths += counts[k][j];
          answers += counts[j][k];
        }
        all += truths;
        right += counts[k][k];
        products += truths * answers;
        squaredAnswers += answers * answers;
        squaredTruths += truths * truths;
      }
      return new Margins(all, right, products, squaredAnswers, squaredTruths);
    }
  }
}
