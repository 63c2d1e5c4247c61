package dev.peephole.runtime.train.output;

import dev.peephole.runtime.file.EventFile;
import dev.peephole.runtime.train.metric.Measurement;
import dev.peephole.runtime.train.progress.Epoch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came out of the epochs, for TensorBoard: a folder for each part of the data, so that their
 * losses lie in one chart.
 */
public final class TensorBoard {
  private final Path folder;
  private final boolean wanted;
  private final int begun;
  private final Map<String, EventFile> files = new HashMap<>();

  /**
   * @param wanted whether somebody asks for it; where it was begun it goes on in any case
   * @param epoch after which the run goes on
   */
  public TensorBoard(RunFolder run, boolean wanted, int epoch) {
    this.folder = run.tensorBoard();
    this.wanted = wanted || Files.exists(folder);
    this.begun = epoch;
    if (this.wanted) {
      file(Result.TRAINING);
    }
  }

  /** Adds what came out of an epoch; the steps are epochs. */
  public void add(Epoch epoch) {
    if (wanted) {
      Map<String, Double> numbers = new LinkedHashMap<>();
      numbers.put("loss", epoch.loss());
      epoch.clipped().ifPresent(share -> numbers.put("clipped", share));
      numbers.putAll(epoch.scheduled());
      numbers.put("examples_per_second", epoch.rate());
      file(Result.TRAINING).add(epoch.number(), numbers);
      epoch.validation().ifPresent(m -> add(Result.VALIDATION, epoch.number(), m));
    }
  }

  /** Adds what was measured at the end, over a part that was not measured all along. */
  public void add(Result result) {
    Measurement test = result.parts().get(Result.TEST);
    if (wanted && test != null) {
      add(Result.TEST, result.epochs().orElse(0), test);
    }
  }

  private void add(String part, int epoch, Measurement measured) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("loss", measured.loss());
    numbers.putAll(measured.metrics());
    file(part).add(epoch, numbers);
  }

  private EventFile file(String part) {
    Path file = folder.resolve(part).resolve("events.out.tfevents");
    // what was measured at an end is measured anew if the run goes on
    long last = part.equals(Result.TEST) ? begun - 1 : begun;
    return files.computeIfAbsent(part, name -> EventFile.open(file, Math.max(0, last)));
  }
}
