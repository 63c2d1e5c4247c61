package dev.peephole.runtime.train.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/** A metric of one output and the target that it answers. */
final class Measured implements Metric {
  private final Kind kind;
  private final List<String> names;
  private final Subject subject;
  private final Tally tally;

  Measured(Kind kind, Asked asked, String name, Subject subject) {
    this.kind = kind;
    this.subject = subject;
    this.tally = kind.tally().apply(subject, asked);
    boolean each = asked.average().equals(Optional.of(Average.EACH));
    this.names =
        each
            ? subject.names().stream().map(c -> name + "_" + c).toList()
            : tally.figures().length == 0 ? List.of() : List.of(name);
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public boolean increasing() {
    return kind.better() == Kind.Better.MORE;
  }

  @Override
  public void clear() {
    tally.clear();
  }

  @Override
  public void add(int n, IntToDoubleFunction weight) {
    Answers answers = subject.answers();
    int stride = answers.stride(n);
    for (int example = 0; example < n; example++) {
      int from = example * stride;
      tally.take(from, from + answers.count(example), weight.applyAsDouble(example));
    }
  }

  @Override
  public List<Double> values() {
    return Arrays.stream(tally.figures()).boxed().toList();
  }

  @Override
  public Optional<ConfusionTable> table() {
    return tally.table();
  }
}
