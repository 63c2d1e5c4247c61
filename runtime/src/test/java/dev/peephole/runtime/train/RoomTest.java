package dev.peephole.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.runtime.BufferedModel;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.kernel.Moment;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final int WIDTH = 1 << 18;
  private static final long MEGABYTE = 1 << 20;

  /** A row of 1 MB an example, with another one for the gradient, and nothing to learn. */
  private static final class Wide extends BufferedModel<float[]> {
    private float[] row = {};

    Wide() {
      super("Wide", float[]::new);
    }

    @Override
    protected void buffers() {
      row = input("x", BATCH, WIDTH);
      reals(BATCH, WIDTH);
      truths(BATCH);
    }

    @Override
    public List<Tensor> parameters() {
      return List.of();
    }

    @Override
    public List<Tensor> gradients() {
      return List.of();
    }

    @Override
    public List<Tensor> optimizerStates() {
      return List.of();
    }

    @Override
    public void initialize(long seed) {}

    @Override
    public void predict(int n) {}

    @Override
    public double loss(int n) {
      return 0;
    }

    @Override
    public void backward(int n) {}

    @Override
    public void update(Moment now) {}
  }

  @Test
  void countsWithoutTaking() {
    Wide model = new Wide();
    model.reserve(1);
    assertThat(model.row).hasSize(WIDTH);
    assertThat(model.bytes(1000, 1)).isEqualTo(1000 * (2 * MEGABYTE + 1));
    assertThat(model.row).as("not taken").isEmpty();
    assertThat(model.bytes(1 << 13, 1)).as("an array too long").isInfinite();
    model.reserve(2);
    assertThat(model.row).hasSize(2 * WIDTH);
  }

  @Test
  void saysHowMuchIsNeededAndWhatFits() {
    Wide model = new Wide();
    assertThat(new Room(model, 1, 1, true).require(1)).isEmpty();
    assertThatThrownBy(() -> new Room(model, 2, 1, true).require(8000))
        .isInstanceOfSatisfying(
            DataException.class,
            e ->
                assertThat(e.report())
                    .containsPattern(
                        "batches of 8000 examples need 24000 MB, and Java has \\d+ MB left of the")
                    .containsPattern("hint: --batch [1-9]\\d* fits; JAVA_TOOL_OPTIONS=-Xmx"));
  }

  @Test
  void whatNoBatchFitsIntoIsSaidWithoutOne() {
    Wide model = new Wide();
    assertThatThrownBy(() -> new Room(model, 1, 1 << 30, false).require(Integer.MAX_VALUE))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("batches of 2147483647 examples need more memory than");
  }
}
