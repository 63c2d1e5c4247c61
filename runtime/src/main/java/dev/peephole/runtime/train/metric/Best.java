package dev.peephole.runtime.train.metric;

import dev.peephole.runtime.data.DataException;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What is right of the best k. */
final class Best {
  private Best() {}

  /** Whether the right class is among the k that the network is most for. */
  static Tally top(Subject subject, Asked asked) {
    int k = atMost(subject.classes() - 1, "classes", subject, asked);
    return new Shares(
        (from, to) -> {
          int right = 0;
          for (int i = from; i < to; i++) {
            right += rank(subject, i, subject.truth(i, asked.name())) < k ? 1 : 0;
          }
          return new Shares.Share(right, to - from);
        });
  }

  /** How many classes are before this one; of those alike, the first comes first. */
  private static int rank(Subject subject, int i, int c) {
    double own = subject.support(i, c);
    int before = 0;
    for (int other = 0; other < subject.classes(); other++) {
      double score = subject.support(i, other);
      before += score > own || score == own && other < c ? 1 : 0;
    }
    return before;
  }

  /** How many of the k best things are right ones. */
  static Tally precision(Subject subject, Asked asked) {
    int k = atMost(subject.classes(), "numbers", subject, asked);
    return new Shares(
        eachRanking(subject, order -> new Shares.Share(right(subject, asked, order, k) / k, 1)));
  }

  /** How many of the right things are among the k best. */
  static Tally recall(Subject subject, Asked asked) {
    int k = atMost(subject.classes(), "numbers", subject, asked);
    return new Shares(
        eachRanking(
            subject,
            order -> {
              double all = right(subject, asked, order, order.length);
              return all == 0
                  ? NOTHING
                  : new Shares.Share(right(subject, asked, order, k) / all, 1);
            }));
  }

  /** The mean precision at the places of the right things. */
  static Tally averagePrecision(Subject subject, Asked asked) {
    Ranked ranked = new Ranked();
    return new Shares(
        eachRanking(
            subject,
            order -> {
              ranked.clear();
              for (int i : order) {
                ranked.add(subject.support(i, 1), subject.truth(i, asked.name()) == 1, 1);
              }
              return ranked.positives() == 0
                  ? NOTHING
                  : new Shares.Share(ranked.averagePrecision(), 1);
            }));
  }

  private static final Shares.Share NOTHING = new Shares.Share(0, 0);

  /** The things of one example, or of one step, by their places from the best on. */
  private interface Ranking {
    Shares.Share of(int[] order);
  }

  private static Shares.Rightness eachRanking(Subject subject, Ranking ranking) {
    int width = subject.classes();
    return (from, to) -> {
      double part = 0;
      double whole = 0;
      for (int first = from; first < to; first += width) {
        int[] order =
            IntStream.range(first, first + width)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> 0 - subject.support(i, 1)))
                .mapToInt(i -> i)
                .toArray();
        Shares.Share share = ranking.of(order);
        part += share.part();
        whole += share.whole();
      }
      return new Shares.Share(part, whole);
    };
  }

  private static double right(Subject subject, Asked asked, int[] order, int k) {
    int right = 0;
    for (int i = 0; i < k; i++) {
      right += subject.truth(order[i], asked.name());
    }
    return right;
  }

  private static int atMost(int most, String things, Subject subject, Asked asked) {
    int k = asked.number().orElseThrow();
    if (k < 1 || k > most) {
      throw DataException.of(
          "%s is not measured of %s, which has %s %s"
              .formatted(asked, subject.target().name(), subject.classes(), things),
          "ask for 1 to %s of them: %s(1)".formatted(most, asked.name()));
    }
    return k;
  }
}
