package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Warnings go to standard error, and refuse a model only where they are asked to. */
class WarningsTest extends CommandTest {
  private static final String UNUSED =
      """
      network Fever {
        input  x: [2]
        target y: [1]
        h = tanh(x)
        output p = dense(x, 1)
        loss mse(p, y)
      }
      train Fever {
        data      xor() { x = x   y = y }
        epochs    1
        optimizer sgd()
      }
      """;

  private Path model() throws IOException {
    return write("model.nn", UNUSED);
  }

  @Test
  void aModelWithWarningsIsWell() throws IOException {
    Path model = model();
    Outcome checked = nnc("check", model, XOR);
    assertThat(checked.status()).isZero();
    assertThat(checked.out()).isEqualTo(model + ": ok\n" + XOR + ": ok\n");
    assertThat(checked.err())
        .startsWith("warning[unused]: 'h' is computed and never read\n")
        .contains(model + ":4:3", "= hint: ")
        .endsWith("\n1 warning\n");
    assertThat(nncOnTerminal("check", model).err()).contains("\033[1;33mwarning[unused]");
  }

  @Test
  void unlessTheyCountAsErrors() throws IOException {
    Path model = model();
    Outcome checked = nnc("check", "--warnings-as-errors", model, XOR);
    assertThat(checked.status()).isEqualTo(1);
    assertThat(checked.out()).isEqualTo(XOR + ": ok\n");
    assertThat(checked.err()).contains("warning[unused]").endsWith("\n1 warning\n");
    assertThat(nnc("check", "--warnings-as-errors", XOR).status()).isZero();
  }

  @Test
  void programsReadThemAsEvents() throws IOException {
    Path model = model();
    assertThat(nnc("check", "--json", model).out())
        .startsWith("{\"event\":\"warning\",\"code\":\"unused\",")
        .endsWith("\"ok\":true}\n");
    assertThat(nnc("check", "--json", "--warnings-as-errors", model).out())
        .endsWith("\"ok\":false}\n");
  }

  static List<List<Object>> commands() {
    return List.of(
        List.of("train", "-o", "run"),
        List.of("gradcheck"),
        List.of("dump", "--after", "check"),
        List.of("compile", "-o", "run"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandThatTakesAModelTellsThem(List<Object> command) throws IOException {
    List<Object> words = new ArrayList<>(command);
    words.replaceAll(word -> word.equals("run") ? folder.resolve("run") : word);
    words.add(model());
    Outcome told = nnc(words.toArray());
    assertThat(told.status()).as(told.err()).isZero();
    assertThat(told.err()).startsWith("warning[unused]: 'h' is computed and never read\n");
    words.add("--warnings-as-errors");
    Outcome refused = nnc(words.toArray());
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).endsWith("\n1 warning\n");
  }

  @Test
  void errorsGoFirst() throws IOException {
    Path model = write("wrong.nn", UNUSED.replace("mse", "mes"));
    assertThat(nnc("check", model).err())
        .startsWith("error[name]")
        .doesNotContain("warning")
        .endsWith("\n1 error\n");
  }
}
