package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.data.generator.GeneratedSequences.Labelled;
import dev.peephole.runtime.kernel.Philox;
import java.util.List;

/**
 * Measuring spike delays, after Gers, Schraudolph &amp; Schmidhuber (2002): a train of spikes, and
 * at each of them it is wanted how long ago the one before was.
 *
 * <p>A train begins with a spike; each delay is drawn from {@code shortest}, {@code shortest + 1},
 * …, {@code longest}, all alike likely, and the train ends with its last spike. A step has the
 * fields {@code spike}, 1 or 0, and {@code delay}: at every spike but the first, the delay since
 * the one before, from 0 for the shortest to 1 for the longest; 0 at all other steps.
 *
 * @param examples how many trains
 * @param shortest the least number of steps from a spike to the next
 * @param longest the greatest
 * @param delays how many delays a train has
 */
public record SpikeDelays(int examples, int shortest, int longest, int delays)
    implements SequenceGenerator {
  private static final List<Labelled> FIELDS =
      List.of(Labelled.numbers("spike", 1), Labelled.numbers("delay", 1));

  public SpikeDelays {
    if (examples < 1
        || shortest < 1
        || longest <= shortest
        || delays < 1
        || (double) examples * longest * delays > 1 << 28) {
      throw new IllegalArgumentException(
          "spikes are a step apart or more, the longest delay is longer than the shortest, and"
              + " there are not hundreds of millions of steps");
    }
  }

  @Override
  public String name() {
    return "spike_delays";
  }

  @Override
  public List<Labelled> step() {
    return FIELDS;
  }

  @Override
  public void addTo(GeneratedSequences trains, Philox random) {
    int choices = longest - shortest + 1;
    for (int i = 0; i < examples; i++) {
      trains.step(1, 0);
      for (int d = 0; d < delays; d++) {
        int more = random.nextInt(choices);
        for (int t = 1; t < shortest + more; t++) {
          trains.step(0, 0);
        }
        trains.step(1, more / (choices - 1.0));
      }
      trains.end();
    }
  }
}
