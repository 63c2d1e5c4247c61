package dev.peephole.runtime.opencl;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.runtime.data.DataException;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final long MB = 1 << 20;
  private static final DeviceInfo CARD =
      new DeviceInfo(0, "A card", "A maker", "OpenCL 1.2", 4, 64 * MB, 16 * MB, 32 << 10, 256);

  @Test
  void whatFitsIsTaken() {
    assertThatCode(() -> Memory.require(CARD, 16 * MB, 64 * MB)).doesNotThrowAnyException();
  }

  @Test
  void saysWhatIsNeededAndWhatIsThere() {
    assertThatThrownBy(() -> Memory.require(CARD, 10 * MB, 70 * MB))
        .isInstanceOf(DataException.class)
        .hasMessage("values of 70 MB are needed, and A card has 64 MB");
  }

  @Test
  void oneValueMayBeTooLargeForOneBuffer() {
    assertThatThrownBy(() -> Memory.require(CARD, 17 * MB, 20 * MB))
        .isInstanceOf(DataException.class)
        .hasMessage("a value of 17 MB is needed, and A card has 16 MB for one");
  }
}
