package dev.peephole.runtime.train.report.answer;

import dev.peephole.runtime.train.metric.Answers;
import dev.peephole.runtime.train.report.record.Table;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How often which class was taken for which. */
public final class Confusion {
  private final Answers answers;
  private final List<String> names;
  private final long[][] counts;

  /**
   * @param names what the classes are called
   */
  Confusion(Answers answers, List<String> names) {
    this.answers = answers;
    this.names = names;
    this.counts = new long[names.size()][names.size()];
  }

  /** The target that is answered. */
  public String target() {
    return answers.target().name();
  }

  public List<String> names() {
    return names;
  }

  /** The answers to each class, row by row. */
  public long[][] counts() {
    return counts;
  }

  /**
   * Takes the first examples of the buffers into account.
   *
   * @return which of them have a wrong answer
   */
  boolean[] add(int n) {
    boolean[] wrong = new boolean[n];
    int stride = answers.stride(n);
    for (int example = 0; example < n; example++) {
      for (int i = example * stride; i < example * stride + answers.count(example); i++) {
        int truth = (int) answers.target().get(i);
        counts[truth][answers.get(i)]++;
        wrong[example] |= truth != answers.get(i);
      }
    }
    return wrong;
  }

  /** How many answers there are. */
  public long all() {
    return IntStream.range(0, names.size()).mapToLong(this::all).sum();
  }

  /** How many answers a class has. */
  public long all(int truth) {
    return IntStream.range(0, names.size()).mapToLong(answer -> counts[truth][answer]).sum();
  }

  /** How many are right. */
  public long right() {
    return IntStream.range(0, names.size()).mapToLong(k -> counts[k][k]).sum();
  }

  /** Two classes, the one that is answered and the one that was right. */
  public record Pair(int truth, int answer, long count) {}

  /** What is confused most often, the most frequent first. */
  public List<Pair> mistakes() {
    return IntStream.range(0, names.size() * names.size())
        .mapToObj(k -> new Pair(k / names.size(), k % names.size(), count(k)))
        .filter(pair -> pair.truth() != pair.answer() && pair.count() > 0)
        .sorted(Comparator.comparing(Pair::count).reversed())
        .toList();
  }

  private long count(int k) {
    return counts[k / names.size()][k % names.size()];
  }

  /** The classes that come most often, at most so many, in their order. */
  public List<Integer> frequent(int most) {
    return IntStream.range(0, names.size())
        .boxed()
        .filter(k -> all(k) > 0 || names.size() <= most)
        .sorted(Comparator.comparing((Integer k) -> all(k)).reversed())
        .limit(most)
        .sorted()
        .toList();
  }

  /** The counts that are not 0. */
  public void addTo(Table table) {
    for (int truth = 0; truth < names.size(); truth++) {
      for (int answer = 0; answer < names.size(); answer++) {
        if (counts[truth][answer] > 0) {
          table.add(target(), names.get(truth), names.get(answer), counts[truth][answer]);
        }
      }
    }
  }
}
