package dev.peephole.emit.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FunctionTest {

  @ParameterizedTest
  @EnumSource(Function.class)
  void declaresWhatItsTextCalls(Function function) {
    List<Function> inText =
        Stream.of(Function.values())
            .filter(other -> other != function && function.text().contains(other + "("))
            .toList();
    assertThat(function.called()).containsExactlyInAnyOrderElementsOf(inText);
    assertThat(function.called()).allMatch(other -> other.compareTo(function) < 0);
  }

  @Test
  void bringsWhatIsCalledAlongBeforeIt() {
    assertThat(Function.texts(Set.of("multiply", "exp")))
        .isEqualTo(
            Stream.of(Function.LOAD4, Function.STORE4, Function.SHARE, Function.MULTIPLY)
                .map(Function::text)
                .reduce((before, after) -> before + "\n" + after)
                .orElseThrow());
    assertThat(Function.texts(Set.of("exp"))).isEmpty();
  }
}
