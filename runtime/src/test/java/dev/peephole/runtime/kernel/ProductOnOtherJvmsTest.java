package dev.peephole.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts JVMs that have no Vector API, or vectors of another width, and compares results. */
class ProductOnOtherJvmsTest {
  private static final String DIGEST = ProductDigest.of(new MatrixProduct(new ScalarProduct()));

  @Test
  void withoutTheVectorModule() throws Exception {
    assertThat(OtherJvm.run(ProductDigest.class)).containsExactly("scalar", DIGEST);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64})
  void withVectorsOfAtMost(int bytes) throws Exception {
    List<String> lines =
        OtherJvm.run(
            ProductDigest.class,
            "--add-modules",
            "jdk.incubator.vector",
            "-XX:MaxVectorSize=" + bytes);
    assertThat(lines).last().isEqualTo(DIGEST);
    assertThat(lines.get(0)).matches("scalar|vector, (4|8|16) lanes");
  }
}
