package dev.peephole.runtime.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.runtime.data.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device refuses, and what its guards find. */
class DeviceTest {
  private static final String SHIFTED =
      """
      kernel __attribute__((reqd_work_group_size(64, 1, 1))) void shifted(
          global float *x, const int places) {
        const int k = get_global_id(0);
        x[k + places] = 0;
      }
      """;

  private Device device;

  @BeforeEach
  void open() {
    try {
      DeviceInfo.all();
    } catch (DataException none) {
      Assumptions.abort("no OpenCL device: " + none.getMessage());
    }
    device = Device.open("opencl");
    device.guard(true);
  }

  @AfterEach
  void close() {
    if (device != null) {
      device.guard(false);
    }
  }

  /** Writes a value so many places from where it is. */
  private Memory shifted(int places) {
    Memory memory = new Memory(device);
    Buffer x = new Buffer(Buffer.Kind.REALS, Grid.ITEMS);
    x.place(memory.allocate(x.bytes(Grid.ITEMS)), Grid.ITEMS);
    new Kernels(device, SHIFTED).run("shifted", Grid.items(Grid.ITEMS), x, places);
    return memory;
  }

  @Test
  void whatStaysWithinItsValueIsLeftAlone() {
    Memory memory = shifted(0);
    assertThatCode(memory::checkGuards).doesNotThrowAnyException();
    memory.release();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1, 700})
  void whatIsWrittenBeyondAValueIsFound(int places) {
    Memory memory = shifted(places);
    assertThatThrownBy(memory::checkGuards)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("something was written beyond a value");
    memory.release();
  }

  @Test
  void theDriversOwnWordsSayWhyAKernelCannotBeCompiled() {
    String wrong = SHIFTED.replace("= 0", "= nowhere[k]");
    assertThatThrownBy(() -> device.program(wrong))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("the driver of ")
        .hasMessageContaining("cannot compile the kernel shifted")
        .hasMessageContaining("'nowhere'");
  }

  @Test
  void thereIsNoSuchDevice() {
    assertThatThrownBy(() -> Device.open("opencl:99"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("there is no device opencl:99: the last one is opencl:");
  }

  @Test
  void theSameTextIsBuiltOnce() {
    assertThat(device.program(SHIFTED)).isSameAs(device.program(SHIFTED));
  }
}
