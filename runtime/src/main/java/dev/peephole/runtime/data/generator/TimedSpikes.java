package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.data.generator.GeneratedSequences.Labelled;
import dev.peephole.runtime.kernel.Philox;
import java.util.List;

/**
 * Generating timed spikes, after Gers, Schraudolph &amp; Schmidhuber (2002): trains in which a
 * spike is wanted every {@code period} steps, and nothing comes in that says when.
 *
 * <p>A step has the fields {@code start}, which is 1 at the first step and 0 ever after, and {@code
 * spike}, 1 at the steps {@code period}, {@code 2 · period}, …, counted from 1, and 0 elsewhere.
 *
 * @param examples how many trains, all alike: the steps of training in an epoch
 * @param period the steps from a spike to the next
 * @param spikes how many there are; the train ends with the last
 */
public record TimedSpikes(int examples, int period, int spikes) implements SequenceGenerator {
  private static final List<Labelled> FIELDS =
      List.of(Labelled.numbers("start", 1), Labelled.numbers("spike", 1));

  public TimedSpikes {
    if (examples < 1 || period < 2 || spikes < 1 || (double) examples * period * spikes > 1 << 28) {
      throw new IllegalArgumentException(
          "timed spikes are two steps apart or more, and there are not hundreds of millions of"
              + " steps");
    }
  }

  @Override
  public String name() {
    return "timed_spikes";
  }

  @Override
  public List<Labelled> step() {
    return FIELDS;
  }

  @Override
  public void addTo(GeneratedSequences trains, Philox random) {
    for (int i = 0; i < examples; i++) {
      for (int t = 1; t <= period * spikes; t++) {
        trains.step(t == 1 ? 1 : 0, t % period == 0 ? 1 : 0);
      }
      trains.end();
    }
  }
}
