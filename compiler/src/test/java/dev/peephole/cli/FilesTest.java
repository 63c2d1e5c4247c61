package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files and folders in each other's place, and tables that are written otherwise. */
class FilesTest extends CommandTest {
  private static final String MODEL =
      """
      network Line {
        input  x: [2]
        target y: [1]
        output p = dense(x, 1)
        loss mse(p, y)
      }

      train Line {
        data      csv("line.csv") { x = columns "a", "b"   y = column "c" }
        epochs    1
        optimizer sgd()
      }
      """;
  private static final String TABLE = "a,b,c\n1,2,3\n2.5,3,4\n";

  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = write("line.nn", MODEL);
  }

  private void table(String text, Charset charset) throws IOException {
    Files.write(folder.resolve("line.csv"), text.getBytes(charset));
  }

  private String refused(Object... arguments) {
    Outcome outcome = nnc(arguments);
    assertThat(outcome.status()).isEqualTo(1);
    return outcome.err().replace(folder + "/", "");
  }

  private String training() {
    return refused("train", model, "-o", folder.resolve("run"), "--quiet");
  }

  @Test
  void filesAreNoFolders() throws IOException {
    table(TABLE, StandardCharsets.UTF_8);
    Path table = folder.resolve("line.csv");
    assertThat(refused("train", model, "--data", table))
        .contains("line.csv: is a file, not a folder")
        .contains("hint: --data names the folder to look in");
    assertThat(refused("train", model, "-o", table))
        .startsWith("error: line.csv: is a file, not a folder\n");
  }

  @Test
  void foldersAreNoFiles() throws IOException {
    table(TABLE, StandardCharsets.UTF_8);
    Path run = folder.resolve("run");
    assertThat(nnc("train", model, "-o", run, "--quiet").status()).isZero();
    Path in = folder.resolve("line.csv");
    Path weights = run.resolve("weights.safetensors");
    assertThat(refused("predict", model, "--in", in, "--weights", run))
        .startsWith("error: run: is a folder, not a file\n")
        .contains("hint: a run folder has them in weights.safetensors");
    assertThat(refused("predict", model, "--in", in, "--weights", weights, "--out", run))
        .startsWith("error: run: is a folder, not a file\n");
    Path nowhere = folder.resolve("nowhere/out.csv");
    assertThat(refused("predict", model, "--in", in, "--weights", weights, "--out", nowhere))
        .startsWith("error: nowhere/out.csv: there is no folder ");
  }

  @Test
  void tablesHaveCommas() throws IOException {
    table(TABLE.replace(',', ';'), StandardCharsets.UTF_8);
    assertThat(training())
        .contains("hint: its columns are divided by semicolons, and a table has commas");
    table(TABLE.replace(',', '\t'), StandardCharsets.UTF_8);
    assertThat(training())
        .contains("hint: its columns are divided by tabs, and a table has commas");
  }

  @Test
  void numbersHavePoints() throws IOException {
    table(TABLE.replace("2.5", "\"2,5\""), StandardCharsets.UTF_8);
    assertThat(training())
        .startsWith("error: line.csv:3: \"2,5\" in column \"a\" is not a number\n")
        .contains("hint: a decimal point is written .");
  }

  @Test
  void textsAreInUtf8() throws IOException {
    table("\uFEFF" + TABLE, StandardCharsets.UTF_16LE);
    assertThat(training())
        .contains("line.csv:1: this is not in UTF-8")
        .contains("hint: it begins as UTF-16 does: \"iconv -f utf-16 -t utf-8\"");
  }

  @Test
  void columnsAreCalledDifferently() throws IOException {
    table(TABLE.replace("a,b,c", "a,b,b").replace("c", "b"), StandardCharsets.UTF_8);
    write("line.nn", MODEL.replace("\"c\"", "\"b\""));
    assertThat(training())
        .contains("line.csv: has two columns that are called b")
        .contains("hint: take them by their numbers, 1 and 2, counted from 0");
  }
}
