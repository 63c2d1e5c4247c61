package dev.peephole.playground;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model that the page offers to begin with.
 *
 * @param title what the page calls it
 * @param files data of its own, by their names
 */
record Example(String title, String text, Map<String, String> files) {

  static List<Example> all() {
    return List.of(
        of("points that I draw", "points", "points.csv"),
        of("exclusive or", "xor"),
        of("three spirals", "spiral"),
        of("waves, with an LSTM", "waves", "waves.csv"),
        of("timed spikes, with an LSTM", "spikes"),
        of("a sum of marked numbers", "adding"),
        of("words aⁿbⁿcⁿ", "letters"));
  }

  private static Example of(String title, String model, String... files) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String file : files) {
      texts.put(file, Resources.read("/playground/models/" + file));
    }
    return new Example(title, Resources.read("/playground/models/" + model + ".nn"), texts);
  }
}
