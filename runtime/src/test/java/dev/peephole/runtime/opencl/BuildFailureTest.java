package dev.peephole.runtime.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildFailureTest {
  private static final String KERNELS =
      """
      // y = x · W                                                   tiny.nn:3
      //   multiply(x, W, y, n, 2, 8);
      kernel ITEMS void forward_y(global float *y) {
        y[0] = 1;
      }

      // h = tanh(y)                                                 tiny.nn:4
      //   for (int k = 0; k < n * 8; k++) {
      //     h[k] = tanh(y[k]);
      //   }
      kernel __attribute__((reqd_work_group_size(64, 1, 1))) void forward_h(
          global float *h) {
        h[0] = nothing;
      }
      """;

  private static String report(String text, String log) {
    return BuildFailure.of("a device", text, log).report();
  }

  @Test
  void saysWhichKernelAndWhichLineOfTheModel() {
    String log = "/tmp/program.cl:13:10: error: use of undeclared identifier 'nothing'";
    assertThat(report(KERNELS, log))
        .isEqualTo(
            """
            the driver of a device cannot compile the kernel forward_h, which computes tiny.nn:4
              %s
              hint: a newer driver may; --device cpu computes the same without it"""
                .formatted(log));
  }

  @Test
  void readsOtherCompilersToo() {
    assertThat(report(KERNELS, "program.cl(4) : error C1000: this cannot be"))
        .startsWith("the driver of a device cannot compile the kernel forward_y, which computes");
  }

  @Test
  void whatComesBeforeAllKernelsBelongsToNone() {
    assertThat(report(KERNELS, "program.cl:1:1: error: no"))
        .startsWith("the driver of a device cannot compile the kernels\n");
  }

  @Test
  void theCompilersOwnLogIsToldInTwelveLines() {
    String log = "program.cl:4:1: error: many\n" + "note: more\n".repeat(30);
    assertThat(report(KERNELS, log).lines()).hasSize(14);
  }
}
