package dev.peephole.runtime.train.output;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.scaling.Scaling;
import dev.peephole.runtime.file.Json;
import dev.peephole.runtime.file.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a weights file says besides the weights: all that a prediction needs to know of the data
 * that the network was trained on.
 *
 * @param network the network's name
 * @param seed what the run drew from
 * @param scalings those of the tensors that have one
 * @param labelNames what the classes of each label are called; an empty list for numbers
 */
public record Weights(
    String network,
    long seed,
    Map<String, Scaling> scalings,
    Map<String, List<String>> labelNames) {
  /** By what name a file says its checksum. */
  public static final String CHECKSUM = "crc32c";

  private static final String SHIFT = "shift.";
  private static final String SCALE = "scale.";
  private static final String LABELS = "labels.";

  /** Writes a file, in one piece. */
  public void write(Path path, List<Tensor> weights) {
    Safetensors file = Safetensors.empty();
    describe(file);
    file.put("", weights);
    seal(file);
    file.write(path);
  }

  /** Adds the checksum to a file that holds everything else. */
  public static void seal(Safetensors file) {
    file.put(CHECKSUM, file.checksum(CHECKSUM));
  }

  /** Adds everything but the weights to a file. */
  public void describe(Safetensors file) {
    file.put("network", network).put("seed", Long.toString(seed));
    scalings.forEach(
        (tensor, scaling) -> {
          List<Scaling.Line> lines = scaling.lines();
          file.put(SHIFT + tensor, Json.array(lines.stream().map(Scaling.Line::shift).toList()));
          file.put(SCALE + tensor, Json.array(lines.stream().map(Scaling.Line::scale).toList()));
        });
    labelNames.forEach((tensor, names) -> file.put(LABELS + tensor, Json.array(names)));
  }

  /**
   * What a file says.
   *
   * @throws dev.peephole.runtime.data.DataException if it does not say all of it, or is damaged; a
   *     file that others wrote has no checksum
   */
  public static Weights of(Safetensors file) {
    if (file.text(CHECKSUM).stream().anyMatch(sum -> !sum.equals(file.checksum(CHECKSUM)))) {
      throw file.problem("is damaged: its checksum is another one", "");
    }
    try {
      Map<String, Scaling> scalings = new LinkedHashMap<>();
      for (Map.Entry<String, String> shift : file.texts(SHIFT).entrySet()) {
        String scale = file.require(SCALE + shift.getKey());
        scalings.put(
            shift.getKey(), scaling(Json.elements(shift.getValue()), Json.elements(scale)));
      }
      Map<String, List<String>> labelNames = new LinkedHashMap<>();
      for (Map.Entry<String, String> names : file.texts(LABELS).entrySet()) {
        labelNames.put(names.getKey(), Json.elements(names.getValue()));
      }
      long seed = Long.parseLong(file.require("seed"));
      return new Weights(file.require("network"), seed, scalings, labelNames);
    } catch (IOException | IllegalArgumentException e) {
      throw file.problem("has metadata that is not understood: " + e.getMessage(), "");
    }
  }

  private static Scaling scaling(List<String> shifts, List<String> scales) {
    if (shifts.size() != scales.size()) {
      throw new IllegalArgumentException(shifts.size() + " shifts, " + scales.size() + " scales");
    }
    List<Scaling.Line> lines = new ArrayList<>();
    for (int k = 0; k < shifts.size(); k++) {
      double shift = Double.parseDouble(shifts.get(k));
      lines.add(new Scaling.Line(shift, Double.parseDouble(scales.get(k))));
    }
    return new Scaling(lines);
  }
}
