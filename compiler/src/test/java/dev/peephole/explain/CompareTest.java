package dev.peephole.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.explain.Comparison.Half;
import dev.peephole.explain.Comparison.Row;
import dev.peephole.explain.Comparison.Stretch;
import dev.peephole.explain.Comparison.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a page of two networks says that differs. */
class CompareTest {
  private static String lstm(String options, String plan) {
    return """
        network Lstm {
          input  x: [6, 2]
          target y: [1]
          output p = x |> lstm(3%s) |> last |> dense(1)
          loss mse(p, y)
        }
        train Lstm {
          data      csv("waves.csv") { x = columns 0 .. 2   y = column 2 }
          window    6 predict 1
          %s
          optimizer sgd()
        }
        """
        .formatted(options, plan);
  }

  private static Comparison compared(String left, String right) {
    return Compare.of(TraceTest.trace(left), TraceTest.trace(right));
  }

  private static List<String> ids(Comparison comparison, java.util.function.Predicate<Row> test) {
    return comparison.equations().stream()
        .filter(test)
        .map(row -> Stream.concat(row.left().stream(), row.right().stream()).findFirst().get())
        .map(Half::id)
        .toList();
  }

  /**
   * What Gers, Schraudolph & Schmidhuber (2002) add: three terms, and the ways back through them.
   */
  @Test
  void peepholesAddTermsAndTheirGradients() {
    Comparison comparison = compared(lstm("", ""), lstm(", peepholes: true", ""));
    assertThat(
            ids(comparison, row -> !row.same() && !row.left().isEmpty() && !row.right().isEmpty()))
        .containsExactly("lstm.i", "lstm.f", "lstm.o", "dlstm.dc", "dlstm.dcPrev");
    assertThat(ids(comparison, row -> row.left().isEmpty()))
        .containsExactly("dlstm.dp_o_t", "dlstm.dp_f_t", "dlstm.dp_i_t", "dp_o", "dp_f", "dp_i");
    assertThat(ids(comparison, row -> row.right().isEmpty())).isEmpty();
    Row gate =
        comparison.equations().stream()
            .filter(row -> row.right().stream().anyMatch(half -> half.id().equals("lstm.i")))
            .findFirst()
            .orElseThrow();
    assertThat(marked(gate.left().get(0).formula(), comparison)).isEmpty();
    assertThat(marked(gate.right().get(0).formula(), comparison))
        .containsExactly("+", "cPrev", "⊙", "p_i");
  }

  /** What is marked in a formula. */
  private static List<String> marked(Object tree, Comparison comparison) {
    List<String> found = new ArrayList<>();
    if (tree instanceof List<?> list) {
      if (list.get(0).equals("mark")) {
        found.add(
            list.get(1) instanceof Integer value
                ? comparison.values().get(value).name()
                : ((List<?>) list.get(1)).get(1).toString());
      } else {
        list.forEach(part -> found.addAll(marked(part, comparison)));
      }
    }
    return found;
  }

  /** The equations are the same; how far the recurrence of the gradients goes is not. */
  @Test
  void truncationChangesHowFarGradientsGo() {
    Comparison comparison = compared(lstm("", ""), lstm("", "truncate 2"));
    assertThat(ids(comparison, row -> !row.same())).containsExactly("dlstm");
    Row back = comparison.equations().stream().filter(row -> !row.same()).findFirst().orElseThrow();
    assertThat(back.left().get(0).text())
        .isEqualTo("dlstm: 6 time steps, from the last to the first");
    assertThat(back.right().get(0).text())
        .isEqualTo(
            "dlstm: 6 time steps, from the last to the first; gradients are carried over 2 at most");
    for (Text text : comparison.texts()) {
      assertThat(text.stretches()).as(text.target()).anyMatch(stretch -> !stretch.same());
    }
  }

  @Test
  void aModelIsTheSameAsItself() {
    Comparison comparison = compared(lstm("", ""), lstm("", ""));
    assertThat(comparison.equations()).isNotEmpty().allMatch(Row::same);
    assertThat(comparison.texts()).hasSize(4);
    assertThat(comparison.texts())
        .flatExtracting(Text::stretches)
        .allMatch(s -> ((Stretch) s).same());
  }

  /** Another name is no difference in what is computed. */
  @Test
  void equationsWithOtherNamesAreFound() {
    String model =
        """
        network A {
          input x: [2]
          target y: [1]
          h = tanh(dense(x, 3))
          output p = dense(h, 1)
          loss mse(p, y)
        }
        """;
    Comparison comparison = compared(model, model.replace("h = ", "g = ").replace("(h,", "(g,"));
    assertThat(comparison.equations()).allMatch(row -> !row.left().isEmpty());
    assertThat(comparison.equations()).allMatch(Row::same);
  }

  @Test
  void otherSizesAreSeen() {
    Comparison comparison =
        compared(lstm("", ""), lstm(", peepholes: false", "").replace("(3", "(4"));
    Row gate =
        comparison.equations().stream()
            .filter(row -> row.right().get(0).id().equals("lstm.i"))
            .findFirst()
            .orElseThrow();
    assertThat(gate.same()).isFalse();
    assertThat(gate.left().get(0).shape()).isEqualTo("[N, 3]");
    assertThat(gate.right().get(0).shape()).isEqualTo("[N, 4]");
  }

  /** Both texts can be put together again of the stretches. */
  @Test
  void nothingOfTheTextsIsLost() {
    Comparison comparison = compared(lstm("", ""), lstm(", peepholes: true", "truncate 2"));
    List<Trace.Code> files = TraceTest.trace(lstm(", peepholes: true", "truncate 2")).files();
    for (int i = 0; i < files.size(); i++) {
      List<String> lines = new ArrayList<>();
      for (Stretch stretch : comparison.texts().get(i + 1).stretches()) {
        assertThat(stretch.rightFrom()).isEqualTo(lines.size() + 1);
        lines.addAll(stretch.right());
      }
      assertThat(lines).isEqualTo(files.get(i).text().lines().toList());
    }
  }
}
