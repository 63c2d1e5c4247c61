package dev.peephole.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> NAMES = List.of("temperature", "dose", "later", "x");

  @ParameterizedTest
  @CsvSource({
    "temprature, temperature",
    "Dose, dose",
    "doze, dose",
    "odse, dose",
    "alter, later",
    "xs, x",
  })
  void findsWhatWasMeant(String written, String meant) {
    assertThat(Nearest.to(written, NAMES)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"medicine", "soda", "temp", "latest one", "y"})
  void offersNothingThatIsFar(String written) {
    assertThat(Nearest.to(written, NAMES)).isEmpty();
  }
}
