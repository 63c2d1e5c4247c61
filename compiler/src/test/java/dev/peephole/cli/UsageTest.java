package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line itself: help, version, completion, and what is said of a wrong one. */
class UsageTest extends CommandTest {

  static Set<String> commands() {
    return Nnc.commandLine(dev.peephole.runtime.train.progress.Console.system())
        .getSubcommands()
        .keySet();
  }

  @Test
  void aloneItPrintsTheHelp() {
    Outcome alone = nnc();
    assertThat(alone.status()).isZero();
    assertThat(alone.out()).contains("Usage: nnc").contains(commands());
    assertThat(alone).isEqualTo(nnc("--help")).isEqualTo(nnc("help"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachCommandHasHelpWithAnExample(String command) {
    Outcome help = nnc(command, "--help");
    assertThat(help.status()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .startsWith("Usage: nnc " + command)
        .containsPattern("Examples?:\n  .*nnc (.* )?" + command);
    assertThat(help.lines()).allMatch(line -> line.length() <= 90);
    assertThat(nnc("help", command)).isEqualTo(help);
  }

  @Test
  void saysItsVersion() {
    Outcome version = nnc("--version");
    assertThat(version.status()).isZero();
    assertThat(version.lines()).hasSize(2);
    assertThat(version.out()).contains(System.getProperty("java.version"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trian fever.nn | nnc: there is no command trian; did you mean train?",
        "frobnicate | nnc: there is no command frobnicate",
        "--hlep | nnc: there is no option --hlep; did you mean --help?",
        "help tran | nnc help: there is no command tran: did you mean train?",
        "train | nnc train: missing required parameter: 'FILE'",
        "train a.nn --epocs 3 | nnc train: there is no option --epocs; did you mean --epochs?",
        "train a.nn --epocs=3 | nnc train: there is no option --epocs; did you mean --epochs?",
        "train a.nn b.nn | nnc train: there is no place for 'b.nn'",
        "train a.nn --epochs x | nnc train: invalid value for option '--epochs': 'x' is not an int",
        "train a.nn --epochs 0 | nnc train: there is at least one epoch",
        "train a.nn --batch 0 | nnc train: a batch has at least one example",
        "train a.nn --threads 0 | nnc train: there is at least one thread",
        "train a.nn --threads 2 --device opencl | nnc train: threads are the processor's, and the"
            + " device is opencl",
        "train a.nn --seed 1.5 | nnc train: invalid value for option '--seed': '1.5' is not a long",
        "train a.nn -o r --resume r | nnc train: a run is resumed where it is",
        "train a.nn --style fats | nnc train: invalid value for option '--style': 'fats' is"
            + " neither",
        "check | nnc check: missing required parameter: 'FILE'",
        "compile a.nn | nnc compile: missing required option: '--out=DIR'",
        "eval a.nn | nnc eval: missing required option: '--weights=FILE'",
        "predict a.nn --weights w | nnc predict: missing required option: '--in=FILE'",
        "dump a.nn | nnc dump: missing required option: '--after=STAGE'",
      })
  void wrongUsageIsToldInOneSentence(String row) {
    String[] parts = row.split(" \\| ");
    Outcome wrong = nnc((Object[]) parts[0].split(" "));
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).startsWith(parts[1]).endsWith(" --help says how it is used\n");
    assertThat(wrong.err().lines()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "eval --weights w", "predict --weights w --in i"})
  void whatThisVersionCannotDoIsNoWrongUsage(String command) {
    List<String> device = List.of((command + " " + XOR + " --device gpu").split(" "));
    String unknown = "error: the device is cpu or opencl, and there is no gpu\n";
    assertThat(nnc(device.toArray()))
        .isEqualTo(new Outcome(1, "", unknown + "  hint: nnc devices lists them\n"));
  }

  @Test
  void completionKnowsAllCommandsAndOptions() {
    Outcome script = nnc("completion");
    assertThat(script.status()).isZero();
    assertThat(script.out())
        .startsWith("#!")
        .contains(commands())
        .contains("--weights", "textbook");
  }

  @Test
  void optionsStandInTheOrderOfTheHelp() {
    CommandLine train = Nnc.commandLine(dev.peephole.runtime.train.progress.Console.system());
    assertThat(train.getSubcommands().get("train").getUsageMessage())
        .containsSubsequence("--network", "--data", "--epochs", "--out", "--help");
  }
}
