package dev.peephole.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "unit, units",
    "untis, units",
    "Units, units",
    "momentun, momentum",
    "mometnum, momentum",
    "W_q, W_f",
    "peephole, peepholes",
    "σigmoid, sigmoid",
  })
  void findsWhatWasMeant(String written, String meant) {
    List<String> candidates =
        List.of("units", "rate", "momentum", "W_f", "W_i", "peepholes", "sigmoid", "x");
    assertThat(Nearest.to(written, candidates)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"y", "nits_of_it", "a_name_like_no_other", "mo", "''", "ratio_"})
  void offersNothingThatIsFarOff(String written) {
    List<String> candidates = List.of("units", "momentum", "x", "rate");
    assertThat(Nearest.to(written, candidates)).isEmpty();
  }

  @Test
  void prefersTheNearestAndThenTheFirst() {
    assertThat(Nearest.to("W_x", List.of("V_y", "W_i", "W_f"))).contains("W_i");
    assertThat(Nearest.to("dense2", List.of("dense33", "dense", "danse2"))).contains("dense");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "abc, '', 3",
    "abc, abc, 0",
    "abc, acb, 1",
    "abc, ab, 1",
    "abc, xabc, 1",
    "kitten, sitting, 3",
    "ca, abc, 3",
  })
  void countsSlips(String a, String b, int slips) {
    assertThat(Nearest.slips(a, b)).isEqualTo(slips);
    assertThat(Nearest.slips(b, a)).isEqualTo(slips);
  }
}
