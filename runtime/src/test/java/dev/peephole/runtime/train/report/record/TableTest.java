package dev.peephole.runtime.train.report.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  @TempDir Path folder;

  @Test
  void growsAndIsReadAgainUpToAnEpoch() throws IOException {
    Table table = new Table("t", "epoch", "name", "loss");
    table.add(1, "a,\"b\"", 0.1);
    table.write(folder);
    table.add(2, "c", Double.NaN);
    table.append(folder);
    table.add(3, "d", 1 / 3.0);
    table.append(folder);
    assertThat(Files.readString(folder.resolve("t.csv")))
        .isEqualTo("epoch,name,loss\n1,\"a,\"\"b\"\"\",0.1\n2,c,\n3,d,0.3333333333333333\n");

    Table again = new Table("t", "epoch", "name", "loss");
    again.read(folder, 2);
    assertThat(again.size()).isEqualTo(2);
    assertThat(again.text(0, "name")).isEqualTo("a,\"b\"");
    assertThat(again.number(0, "loss")).isEqualTo(0.1);
    assertThat(again.number(1, "loss")).isNaN();
    assertThat(again.where("name", "c").numbers("epoch")).containsExactly(2);
  }

  /** A killed process may have written half a row. */
  @Test
  void leavesOutARowThatIsNotWhole() throws IOException {
    Files.writeString(folder.resolve("t.csv"), "epoch,loss\n1,0.5\n2");
    Table table = new Table("t", "epoch", "loss");
    table.read(folder, 9);
    assertThat(table.numbers("loss")).containsExactly(0.5);
  }

  @Test
  void takesNothingFromATableOfOtherColumns() throws IOException {
    Files.writeString(folder.resolve("t.csv"), "epoch,accuracy\n1,0.5\n");
    Table table = new Table("t", "epoch", "loss");
    table.read(folder, 9);
    assertThat(table.isEmpty()).isTrue();
  }
}
