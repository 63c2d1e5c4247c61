package dev.peephole.runtime.data.format;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.data.example.RawExamples;
import dev.peephole.runtime.data.framing.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTest {
  private static final Split HALVES = new Split(List.of(50.0, 50.0), true);

  @TempDir Path folder;

  @Test
  void theTargetIsTheTextOneCharacterLater() throws IOException {
    RawExamples raw = load("hello👋hello", 3, 5);
    int[] training = {0, 1, 2};
    Map<String, List<String>> names = raw.labelNames(training);
    assertThat(names.get("text")).containsExactly("e", "h", "l", "o", "👋");
    assertThat(names.get("next")).isEqualTo(names.get("text"));
    Examples examples = raw.prepare(Map.of(), names);
    assertThat((int[]) examples.arrays().get(0)).containsExactly(1, 0, 2, 2, 3, 4, 1, 0, 2);
    assertThat((int[]) examples.arrays().get(1)).containsExactly(0, 2, 2, 3, 4, 1, 0, 2, 2);
  }

  @Test
  void theAlphabetIsThatOfTheTrainingPart() throws IOException {
    RawExamples raw = load("abcabcab" + "abzyabca", 3, 4);
    List<int[]> parts = raw.divide(HALVES, 0);
    Map<String, List<String>> names = raw.labelNames(parts.get(0));
    assertThat(names.get("text")).containsExactly("a", "b", "c", "\uFFFD");
    int[] text = (int[]) raw.prepare(Map.of(), names).arrays().get(0);
    assertThat(parts.get(1)).containsExactly(3, 4);
    assertThat(text).as("bzy abc").endsWith(1, 3, 3, 0, 1, 2);
  }

  @Test
  void aNewCharacterWithoutRoomIsAnErrorWithItsLine() throws IOException {
    RawExamples raw = load("ab\nab\nabab\nab\nax\nab", 2, 3);
    Map<String, List<String>> names = raw.labelNames(raw.divide(HALVES, 0).get(0));
    assertThat(names.get("text")).containsExactly("\n", "a", "b");
    assertThatThrownBy(() -> raw.prepare(Map.of(), names))
        .isInstanceOfSatisfying(
            DataException.class,
            e ->
                assertThat(e.report().replace(folder + "/", ""))
                    .isEqualTo(
                        "corpus.txt:5: there is no label \"x\"\n"
                            + "  hint: declare class(4), with one for all that are new"));
  }

  @Test
  void anAlphabetLargerThanTheClassIsToldWithItsSize() throws IOException {
    RawExamples raw = load("abc\ndefgh", 2, 4);
    assertThatThrownBy(() -> raw.labelNames(new int[] {0, 1, 2}))
        .isInstanceOfSatisfying(
            DataException.class,
            e ->
                assertThat(e.report().replace(folder + "/", ""))
                    .isEqualTo(
                        "corpus.txt:2: the training part has 7 different characters, and text is"
                            + " class(4)\n  hint: declare class(8), with one for characters that"
                            + " are new later"));
  }

  @Test
  void digitsAreCharactersToo() throws IOException {
    RawExamples raw = load("7575757", 2, 2);
    assertThat(raw.labelNames(new int[] {0, 1}).get("text")).containsExactly("5", "7");
  }

  @Test
  void whatIsNoTextIsAnError() throws IOException {
    Files.write(folder.resolve("corpus.txt"), new byte[] {'a', (byte) 0xFF});
    assertThatThrownBy(() -> load(2, 2)).hasMessage("this is not in UTF-8");
    assertThatThrownBy(() -> load("", 2, 2)).hasMessage("is empty");
    assertThatThrownBy(() -> load("ab", 2, 2)).hasMessage("has 2 characters, and a window takes 3");
  }

  @Test
  void aByteOrderMarkIsNoCharacter() throws IOException {
    RawExamples raw = load("\uFEFFabab", 2, 2);
    assertThat(raw.labelNames(new int[] {0}).get("text")).containsExactly("a", "b");
  }

  private RawExamples load(String text, int length, int classes) throws IOException {
    Files.writeString(folder.resolve("corpus.txt"), text);
    return load(length, classes);
  }

  private RawExamples load(int length, int classes) {
    return RawExamples.load(
        new Text("corpus.txt"),
        DataFolder.of(folder),
        List.of(
            bind("text", field(Text.CHARACTERS).rows(0, length)),
            bind("next", field(Text.CHARACTERS).rows(1, length + 1))),
        OptionalInt.of(length),
        List.of(
            Tensor.labels("text", classes, new int[length], length),
            Tensor.labels("next", classes, new int[length], length)),
        0);
  }
}
