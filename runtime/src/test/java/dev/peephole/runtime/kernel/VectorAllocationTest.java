package dev.peephole.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The just-in-time compiler makes objects of vectors where it cannot see through a loop. With
 * {@code -Xbatch} calls wait until it is done, so that what they allocate is always the same.
 */
class VectorAllocationTest {

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64})
  void functionsOverArraysAllocateNothing(int bytes) throws Exception {
    assertThat(
            OtherJvm.run(
                AllocatedBytes.class,
                "--add-modules",
                "jdk.incubator.vector",
                "-Xbatch",
                "-XX:MaxVectorSize=" + bytes))
        .containsExactly("exp 0", "sigmoid 0", "tanh 0");
  }
}
