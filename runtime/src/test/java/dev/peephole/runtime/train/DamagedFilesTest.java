package dev.peephole.runtime.train;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.file.Safetensors;
import dev.peephole.runtime.train.output.RunFolder;
import dev.peephole.runtime.train.output.Weights;
import dev.peephole.runtime.train.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints and weights that are not as they were written. */
class DamagedFilesTest {
  /** How many of each; more of them with {@code -Dmutations=10000}. */
  private static final int MUTATIONS = Integer.getInteger("mutations", 300);

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void setUp() throws IOException {
    bench = new Bench(folder);
    bench.write("line.csv", "a,b\n0,1\n1,3\n2,5\n3,7\n-1,-1\n");
    Plan plan =
        Plan.of("Line")
            .modelFile("line.nn")
            .data(new Csv("line.csv"), bind("x", columns("a")), bind("y", columns("b")))
            .standardize("x")
            .epochs(2)
            .seed(3)
            .build();
    Training.run(
        bench.program(plan, () -> new LinearModel(1, 0.05f)), bench.into("run"), bench.console());
  }

  /** Bits turned over, bytes put in, taken out or written anew, an end that is missing. */
  private static byte[] mutated(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    int at = random.nextInt(bytes.length);
    int count = random.nextInt(1, 16);
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      case 2 -> {
        bytes = Arrays.copyOf(bytes, bytes.length + count);
        System.arraycopy(whole, at, bytes, at + count, whole.length - at);
      }
      case 3 -> {
        int gone = Math.min(count, bytes.length - at);
        System.arraycopy(whole, at + gone, bytes, at, whole.length - at - gone);
        bytes = Arrays.copyOf(bytes, bytes.length - gone);
      }
      default -> {
        for (int k = at; k < Math.min(bytes.length, at + count); k++) {
          bytes[k] = (byte) random.nextInt(256);
        }
      }
    }
    return bytes;
  }

  /** What a damaged file is good for: a message, or else what the whole one holds. */
  private interface Use {
    void of(Path file);
  }

  private int refused(Path file, Use use) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int k = 0; k < MUTATIONS; k++) {
      byte[] bytes = mutated(whole, random);
      Files.write(file, bytes);
      try {
        use.of(file);
      } catch (DataException e) {
        assertThat(e.report()).startsWith(file + ": ").doesNotContain("Exception");
        refused++;
      }
    }
    Files.write(file, whole);
    if (MUTATIONS > 1000) {
      System.err.println(refused + " of " + MUTATIONS + " refused: " + file.getFileName());
    }
    return refused;
  }

  @Test
  void damagedCheckpointsAreRefused() throws IOException {
    Path file = bench.path("run/checkpoint.safetensors");
    RunFolder run = RunFolder.open(bench.path("run"));
    String sound = Safetensors.read(file).checksum("");
    int refused =
        refused(
            file,
            f -> {
              Checkpoint.read(run).steps();
              assertThat(Safetensors.read(f).checksum("")).isEqualTo(sound);
            });
    assertThat(refused).isGreaterThan(MUTATIONS * 9 / 10);
  }

  @Test
  void damagedWeightsAreRefused() throws IOException {
    Path file = bench.path("run/weights.safetensors");
    LinearModel sound = bench.trained("run", new LinearModel(1, 0));
    LinearModel model = new LinearModel(1, 0);
    int refused =
        refused(
            file,
            f -> {
              Safetensors read = Safetensors.read(f);
              Weights.of(read);
              read.copyTo("", model.parameters());
              for (int k = 0; k < model.parameters().size(); k++) {
                assertThat(model.parameters().get(k).array())
                    .isEqualTo(sound.parameters().get(k).array());
              }
            });
    assertThat(refused).isGreaterThan(MUTATIONS * 9 / 10);
  }

  @Test
  void weightsAreNoCheckpoint() throws IOException {
    Path file = bench.path("run/checkpoint.safetensors");
    byte[] checkpoint = Files.readAllBytes(file);
    Path weights = bench.path("run/weights.safetensors");
    Files.write(file, Files.readAllBytes(weights));
    assertThatThrownBy(() -> Checkpoint.read(RunFolder.open(bench.path("run"))).steps())
        .isInstanceOf(DataException.class)
        .hasMessage("does not say its step");
    Files.write(weights, checkpoint);
    assertThatThrownBy(() -> bench.trained("run", new LinearModel(1, 0)))
        .isInstanceOf(DataException.class)
        .hasMessage("does not belong to this network");
  }
}
