package dev.peephole.runtime.train.batch;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.train.plan.Plan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is in a batch, where states are carried over and where they are not. */
class BatchesTest {

  private static Plan.Builder plan(int batch) {
    return Plan.of("Net").data(new Csv("a.csv"), bind("x", columns("a"))).batch(batch);
  }

  private static Plan stateful(int batch) {
    return plan(batch).windows(1).stateful().build();
  }

  /** Examples numbered from {@code first}; those of a series follow each other. */
  private static Part series(int first, int... lengths) {
    BitSet follows = new BitSet();
    int count = first;
    for (int length : lengths) {
      follows.set(count + 1, count + length);
      count += length;
    }
    Examples examples = new Examples(count, List.of(), List.of(), new int[0], follows);
    return new Part(examples, IntStream.range(first, count).toArray());
  }

  /** The examples of each batch, those with a + that begin with the states of their row. */
  private static List<String> told(Batches batches) {
    List<String> told = new ArrayList<>();
    for (int b = 0; b < batches.count(); b++) {
      StringBuilder batch = new StringBuilder();
      for (int i = 0; i < batches.size(b); i++) {
        batch.append(i == 0 ? "" : " ").append(batches.example(b, i));
        batch.append(batches.continues(b, i) ? "+" : "");
      }
      told.add(batch.toString());
    }
    return told;
  }

  @Test
  void areInTheOrderOfThePart() {
    Batches batches = Batches.training(series(10, 5), plan(2).build());
    assertThat(told(batches)).containsExactly("10 11", "12 13", "14");
    assertThat(batches.examples()).isEqualTo(5);
    assertThat(batches.upTo(1)).isEqualTo(4);
    assertThat(batches.largest()).isEqualTo(2);
  }

  @Test
  void trainOnStreamsOfNearlyEqualLength() {
    assertThat(told(Batches.training(series(0, 8), stateful(3))))
        .containsExactly("0 3 6", "1+ 4+ 7+", "2+ 5+");
  }

  @Test
  void aStreamBeginsAnewWithEachSeries() {
    assertThat(told(Batches.training(series(0, 3, 4), stateful(2))))
        .containsExactly("0 4", "1+ 5+", "2+ 6+", "3");
  }

  @Test
  void trainOnNoMoreStreamsThanThereAreExamples() {
    assertThat(told(Batches.training(series(0, 2), stateful(9)))).containsExactly("0 1");
  }

  /** Windows that the split leaves out between two parts end a series too. */
  @Test
  void whatIsNotInThePartIsNotGoneOnWith() {
    Part part = new Part(series(0, 6).examples(), new int[] {0, 1, 3, 4, 5});
    assertThat(told(Batches.training(part, stateful(1))))
        .containsExactly("0", "1+", "3", "4+", "5+");
    assertThat(told(Batches.measuring(part, stateful(2)))).containsExactly("3 0", "4+ 1+", "5+");
  }

  @Test
  void measureWholeSeries() {
    assertThat(told(Batches.measuring(series(0, 4), stateful(3))))
        .containsExactly("0", "1+", "2+", "3+");
    assertThat(told(Batches.measuring(series(0, 1, 4, 2, 2), stateful(2))))
        .containsExactly("1 5", "2+ 6+", "3+ 7", "4+ 8+", "0");
  }

  @Test
  void predictOneAfterAnother() {
    assertThat(told(Batches.predicting(series(0, 2, 1), stateful(3))))
        .containsExactly("0", "1+", "2");
    assertThat(told(Batches.predicting(series(0, 2, 1), plan(2).build())))
        .containsExactly("0 1", "2");
  }

  @Test
  void nothingHasNoBatch() {
    assertThat(told(Batches.measuring(series(3), stateful(2)))).isEmpty();
    assertThat(told(Batches.training(series(3), stateful(2)))).isEmpty();
    assertThat(told(Batches.measuring(series(3), plan(2).build()))).isEmpty();
  }

  @Test
  void statesAreCarriedOverFromWindowToWindow() {
    assertThatThrownBy(() -> plan(2).stateful().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("states are carried over from window to window only");
    assertThat(plan(2).windows(1).stateful().shuffle(true).build().shuffle()).isFalse();
  }
}
