package dev.peephole.runtime.train.metric;

import static dev.peephole.runtime.train.metric.Kind.Better.LESS;
import static dev.peephole.runtime.train.metric.Kind.Better.MORE;
import static dev.peephole.runtime.train.metric.Kind.Brackets.AVERAGE;
import static dev.peephole.runtime.train.metric.Kind.Brackets.MAYBE_NUMBER;
import static dev.peephole.runtime.train.metric.Kind.Brackets.NONE;
import static dev.peephole.runtime.train.metric.Kind.Brackets.NUMBER;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.Nearest;
import dev.peephole.runtime.data.scaling.Scaling;
import dev.peephole.runtime.train.metric.Counts.OneVsRest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/** The metrics that there are; the loss is always measured. */
public final class Metrics {
  private static final String LOSS = "loss";

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "accuracy", NONE, MORE, Fit.ANSWERS, "the share of right answers", Shares::ofAnswers),
          new Kind(
              "sequence_accuracy",
              NONE,
              MORE,
              Fit.SEQUENCES,
              "the share of examples with several answers that are all right, such as sequences that are right from the first step to the last",
              Shares::ofExamples),
          new Kind(
              "top",
              NUMBER,
              MORE,
              Fit.CHOICES,
              "the share of answers whose right class is among the 5 that the network is most for",
              Best::top),
          new Kind(
              "balanced_accuracy",
              NONE,
              MORE,
              Fit.ANSWERS,
              "the mean recall of the classes that occur (Brodersen et al., 2010)",
              (s, a) -> Confused.all(s, a, Confused::balancedAccuracy)),
          new Kind(
              "precision",
              AVERAGE,
              MORE,
              Fit.ANSWERS,
              "TP / (TP + FP): how much of what is answered so is so; 0 for a class that is never answered",
              (s, a) -> Confused.each(s, a, OneVsRest::precision)),
          new Kind(
              "recall",
              AVERAGE,
              MORE,
              Fit.ANSWERS,
              "TP / (TP + FN): how much of what is so is answered so",
              (s, a) -> Confused.each(s, a, OneVsRest::recall)),
          new Kind(
              "f1",
              AVERAGE,
              MORE,
              Fit.ANSWERS,
              "2 · TP / (2 · TP + FP + FN): the harmonic mean of the two (van Rijsbergen, 1979)",
              (s, a) -> Confused.each(s, a, OneVsRest::f1)),
          new Kind(
              "confusion",
              NONE,
              MORE,
              Fit.ANSWERS,
              "a table at the end, and no figure: which class was taken for which, and TP, FP, FN, TN, precision, recall and F1 of each",
              Confused::table),
          new Kind(
              "kappa",
              NONE,
              MORE,
              Fit.ANSWERS,
              "(p − e) / (1 − e): how far answers agree with the truth (p) beyond what chance would (e; Cohen, 1960)",
              (s, a) -> Confused.all(s, a, Confused::kappa)),
          new Kind(
              "matthews",
              NONE,
              MORE,
              Fit.ANSWERS,
              "the correlation of answers and truth, between −1 and 1 (Matthews, 1975; Gorodkin, 2004, for several classes); 0 where either is always the same",
              (s, a) -> Confused.all(s, a, Confused::matthews)),
          new Kind(
              "auc",
              AVERAGE,
              MORE,
              Fit.ANSWERS,
              "the area under the ROC curve: how likely the network is more for a right answer than for a wrong one, a tie counting half (Hanley & McNeil, 1982)",
              (s, a) -> new Rankings(s, a, Ranked::area)),
          new Kind(
              "average_precision",
              AVERAGE,
              MORE,
              Fit.ANSWERS,
              "Σ (Rₙ − Rₙ₋₁) · Pₙ: the precision over all thresholds n, by what each adds to the recall; with `macro` the mean average precision of the classes",
              (s, a) -> new Rankings(s, a, Ranked::averagePrecision)),
          new Kind(
              "map",
              NONE,
              MORE,
              Fit.ITEMS,
              "the mean average precision of rankings: of each example's numbers, those that are 1 should be ranked first; examples without any are left out (Manning, Raghavan & Schütze, 2008)",
              Best::averagePrecision),
          new Kind(
              "precision_at",
              NUMBER,
              MORE,
              Fit.ITEMS,
              "the share of the 5 best-ranked numbers of an example that are 1",
              Best::precision),
          new Kind(
              "recall_at",
              NUMBER,
              MORE,
              Fit.ITEMS,
              "the share of an example's ones that are among its 5 best-ranked numbers; examples without any are left out",
              Best::recall),
          new Kind(
              "perplexity",
              NONE,
              LESS,
              Fit.ANSWERS,
              "exp(−mean(log p)) of the probabilities p that the right answers had: among how many equally likely ones the network is undecided (Jelinek et al., 1977); takes probabilities",
              Surprise::new),
          new Kind(
              "calibration_error",
              MAYBE_NUMBER,
              LESS,
              Fit.ANSWERS,
              "by how much the network is more or less often right than it is sure, in 15 bins of equal width (Naeini, Cooper & Hauskrecht, 2015; Guo et al., 2017); takes probabilities",
              Calibration::new),
          new Kind(
              "mae",
              NONE,
              LESS,
              Fit.NUMBERS,
              "mean(abs(p − y)): the mean absolute error",
              (s, a) -> Errors.mean(s, (p, y) -> Math.abs(p - y), DoubleUnaryOperator.identity())),
          new Kind(
              "rmse",
              NONE,
              LESS,
              Fit.NUMBERS,
              "√mean((p − y)²): the root of the mean squared error",
              (s, a) -> Errors.mean(s, (p, y) -> (p - y) * (p - y), Math::sqrt)),
          new Kind(
              "r2",
              NONE,
              MORE,
              Fit.NUMBERS,
              "1 − Σ (p − y)² / Σ (y − mean(y))²: the share of the variance that is explained, the mean over the numbers of an example",
              (s, a) -> new Errors.Explained(s)),
          new Kind(
              "mape",
              NONE,
              LESS,
              Fit.NUMBERS,
              "mean(abs((p − y) / y)): the mean absolute error as a share of what is right, which cannot be 0",
              (s, a) ->
                  Errors.mean(
                      s, (p, y) -> Errors.relative(s, p, y), DoubleUnaryOperator.identity())));

  private Metrics() {}

  /** The metrics besides the loss, in the order of the language's page. */
  public static List<Kind> kinds() {
    return KINDS;
  }

  /** The metric of a name. */
  public static Optional<Kind> kind(String name) {
    return KINDS.stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  /** The names that a plan may ask for. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>();
    KINDS.forEach(kind -> names.add(kind.name()));
    names.add(LOSS);
    return names;
  }

  /** Whether more of it is better. */
  public static boolean isMoreBetter(String name) {
    return kind(name).filter(kind -> kind.better() == MORE).isPresent();
  }

  /** Throws an {@link IllegalArgumentException} if there is no such metric. */
  public static void check(List<Asked> all) {
    for (Asked asked : all) {
      if (!names().contains(asked.name())) {
        throw new IllegalArgumentException(
            "there is no metric " + asked.name() + ": " + Nearest.hint(asked.name(), names()));
      }
      kind(asked.name())
          .filter(kind -> !kind.takes(asked))
          .ifPresent(
              kind -> {
                throw new IllegalArgumentException(
                    asked + " is no metric: it is written " + kind.example());
              });
    }
  }

  /**
   * The metrics of a plan over a model's buffers, as of its last {@link Model#reserve}.
   *
   * @param classNames what the classes of each label are called, if the data say so
   * @param scalings how targets were scaled
   */
  public static List<Metric> of(
      List<Asked> all,
      Model model,
      Map<String, List<String>> classNames,
      Map<String, Scaling> scalings) {
    return all.stream()
        .filter(asked -> !asked.name().equals(LOSS))
        .distinct()
        .flatMap(asked -> of(asked, model, classNames, scalings).stream())
        .toList();
  }

  private static List<Metric> of(
      Asked asked,
      Model model,
      Map<String, List<String>> classNames,
      Map<String, Scaling> scalings) {
    Kind kind = kind(asked.name()).orElseThrow();
    List<Answers> fitting = kind.fit().in(model, asked.name());
    return fitting.stream()
        .<Metric>map(
            answers -> {
              String target = answers.target().name();
              Subject subject =
                  new Subject(
                      answers,
                      classNames.getOrDefault(target, List.of()),
                      Optional.ofNullable(scalings.get(target)));
              String suffix = fitting.size() == 1 ? "" : "_" + target;
              return new Measured(kind, asked, asked.figure() + suffix, subject);
            })
        .toList();
  }
}
