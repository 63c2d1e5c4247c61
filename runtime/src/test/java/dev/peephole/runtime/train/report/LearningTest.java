package dev.peephole.runtime.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.runtime.train.report.record.Table;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Curves of which one knows what is to be said. */
class LearningTest {
  private static String finding(
      int epochs, IntToDoubleFunction training, IntToDoubleFunction validation) {
    Table table = new Table("epochs", "epoch", "step", "loss", "validation_loss", "clipped");
    for (int k = 1; k <= epochs; k++) {
      table.add(k, k, training.applyAsDouble(k), validation.applyAsDouble(k), Double.NaN);
    }
    return new Learning(table).finding();
  }

  @Test
  void overfitting() {
    assertThat(finding(50, k -> 1.0 / k, k -> 1 + Math.abs(k - 20) / 20.0))
        .isEqualTo(
            "The validation loss is smallest after epoch 20 (1.00), and rises from there to 2.40 on"
                + " average after epochs 46 to 50, while the training loss goes on falling, from"
                + " 0.0500 to 0.0209: overfitting.");
  }

  @Test
  void aLossThatRisesInBothPartsIsNoOverfitting() {
    assertThat(finding(30, k -> 1 + Math.abs(k - 5) / 5.0, k -> 2 + Math.abs(k - 5) / 5.0))
        .contains("smallest after epoch 5 (2.00), and rises from there")
        .contains("The training loss does not fall from there either")
        .doesNotContain("overfitting");
  }

  /** Up and down by 0.1 from epoch to epoch, and by chance lowest in the middle. */
  @Test
  void noiseIsNoRise() {
    assertThat(finding(60, k -> 1, k -> 1 + (k % 2) * 0.1 - (k == 30 ? 0.04 : 0)))
        .startsWith("The validation loss is smallest after epoch 30 (0.960)")
        .contains("level, for it goes up and down by 0.1")
        .doesNotContain("rises");
  }

  @Test
  void stillFalling() {
    assertThat(finding(20, k -> 1.0 / k, k -> 2.0 / k))
        .isEqualTo(
            "The validation loss is smallest after epoch 20 (0.100), the last one: it fell by 15\u00A0%"
                + " over the last 3 epochs, and more epochs may bring it down further.");
    assertThat(finding(20, k -> 1.0 / k, k -> 2 + 1e-6 / k)).contains("it is nearly level");
  }

  @Test
  void withoutValidation() {
    assertThat(finding(4, k -> 4 - k, k -> Double.NaN))
        .isEqualTo(
            "The training loss falls from 3.00 in the first epoch to 0 in epoch 4. No part is left"
                + " for validation.");
    assertThat(finding(3, k -> k, k -> Double.NaN))
        .startsWith(
            "The training loss does not fall: it goes from 1.00 in the first epoch to 3.00");
  }
}
