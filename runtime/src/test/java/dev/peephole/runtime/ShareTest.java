package dev.peephole.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 3", "2, 3", "7, 3", "10, 4", "2147483647, 5", "9, 1"})
  void sharesMakeUpTheWholeInTheirOrder(int size, int count) {
    int end = 0;
    int before = Integer.MAX_VALUE;
    for (int k = 0; k < count; k++) {
      Share share = new Share(k, count);
      assertThat(share.begin(size)).isEqualTo(end);
      end = share.end(size);
      assertThat(share.of(size))
          .isBetween(size / count, size / count + 1)
          .isLessThanOrEqualTo(before);
      before = share.of(size);
    }
    assertThat(end).isEqualTo(size);
  }

  @Test
  void theWholeIsOneShare() {
    assertThat(Share.WHOLE.begin(5)).isZero();
    assertThat(Share.WHOLE.end(5)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"-1, 2", "2, 2", "0, 0"})
  void refusesAShareThatThereIsNot(int number, int count) {
    assertThatThrownBy(() -> new Share(number, count)).hasMessageContaining("there is no share");
  }
}
