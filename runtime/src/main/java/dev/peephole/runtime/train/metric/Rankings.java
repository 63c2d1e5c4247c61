package dev.peephole.runtime.train.metric;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Figures of rankings: for each class, all answers by how much the network is for it. */
final class Rankings implements Tally {
  private final Subject subject;
  private final Asked asked;
  private final ToDoubleFunction<Ranked> figure;
  private final Ranked[] rankings;
  private final boolean pooled;

  Rankings(Subject subject, Asked asked, ToDoubleFunction<Ranked> figure) {
    this.subject = subject;
    this.asked = asked;
    this.figure = figure;
    pooled = asked.average().equals(Optional.of(Average.MICRO));
    rankings =
        Stream.generate(Ranked::new).limit(pooled ? 1 : subject.classes()).toArray(Ranked[]::new);
  }

  @Override
  public void clear() {
    Arrays.stream(rankings).forEach(Ranked::clear);
  }

  @Override
  public void take(int from, int to, double weight) {
    for (int i = from; i < to; i++) {
      int truth = subject.truth(i, asked.name());
      if (subject.label()) {
        for (int c = 0; c < subject.classes(); c++) {
          rankings[pooled ? 0 : c].add(subject.support(i, c), truth == c, weight);
        }
      } else {
        rankings[pooled ? 0 : i % rankings.length].add(subject.support(i, 1), truth == 1, weight);
      }
    }
  }

  @Override
  public double[] figures() {
    double[] each = Arrays.stream(rankings).mapToDouble(figure).toArray();
    double[] occur = Arrays.stream(rankings).mapToDouble(Ranked::positives).toArray();
    return pooled ? each : Confused.together(subject, asked, each, occur);
  }
}
