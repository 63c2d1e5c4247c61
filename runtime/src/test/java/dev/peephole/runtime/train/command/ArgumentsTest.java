package dev.peephole.runtime.train.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.runtime.train.plan.RunOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  @Test
  void nothingSaidIsAsThePlanSays() {
    assertThat(new Arguments().options("cpu")).isEqualTo(RunOptions.defaults());
  }

  @Test
  void readsEveryOption() {
    RunOptions options =
        new Arguments(
                "--batch=8",
                "--epochs",
                "3",
                "--seed",
                "-5",
                "--data=d",
                "-o",
                "r",
                "--json",
                "--quiet",
                "--threads",
                "2",
                "--device",
                "cpu")
            .options("cpu");
    assertThat(options.batch()).hasValue(8);
    assertThat(options.epochs()).hasValue(3);
    assertThat(options.seed()).hasValue(-5);
    assertThat(options.data()).contains(Path.of("d"));
    assertThat(options.out()).contains(Path.of("r"));
    assertThat(options.threads()).hasValue(2);
    assertThat(options.json()).isTrue();
    assertThat(options.quiet()).isTrue();
    assertThat(new Arguments("--resume", "r").options("cpu").resume()).contains(Path.of("r"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--batch x | --batch takes a whole number, not x",
        "--batch 0 | a batch has at least one example",
        "--epochs | --epochs takes a value",
        "--epochs 0 | there is at least one epoch",
        "--json=yes | --json takes no value",
        "--device gpu | the device is cpu or opencl, and there is no gpu",
        "--threads 0 | there is at least one thread",
        "--threads 2 --device opencl | threads are the processor's, and the device is opencl",
        "--out a --resume b | a run is resumed where it is, not in another folder",
      })
  void saysWhatIsWrong(String line, String message) {
    assertThatThrownBy(() -> new Arguments(line.split(" ")).options("cpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void offersTheNearestOption() {
    assertThatThrownBy(() -> new Arguments("--epoch", "3"))
        .hasMessageStartingWith("there is no option --epoch: did you mean --epochs?");
    assertThatThrownBy(() -> new Arguments("fever.nn"))
        .hasMessageStartingWith("there is no option fever.nn: the names are --batch, --epochs,");
  }
}
