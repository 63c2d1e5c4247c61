package dev.peephole.runtime.data.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.runtime.data.RandomStreams;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShuffleTest {

  @Test
  void eachEpochHasAnOrderOfItsOwn() {
    int[] first = order(7, 1);
    assertThat(first).isEqualTo(order(7, 1)).isNotEqualTo(order(7, 2)).isNotEqualTo(order(8, 1));
    assertThat(Arrays.stream(first).sorted()).hasSize(50).startsWith(0, 1, 2).endsWith(48, 49);
  }

  /** Each of the six orders of three comes up in a sixth of 6000 epochs, within five deviations. */
  @Test
  void allOrdersAreEquallyLikely() {
    Map<String, Integer> counts = new HashMap<>();
    for (int epoch = 1; epoch <= 6000; epoch++) {
      int[] order = {0, 1, 2};
      Shuffle.of(order, RandomStreams.shuffle(1, epoch));
      counts.merge(Arrays.toString(order), 1, Integer::sum);
    }
    assertThat(counts.values()).hasSize(6).allSatisfy(n -> assertThat(n).isBetween(855, 1145));
  }

  private static int[] order(long seed, int epoch) {
    int[] order = IntStream.range(0, 50).toArray();
    Shuffle.of(order, RandomStreams.shuffle(seed, epoch));
    return order;
  }
}
