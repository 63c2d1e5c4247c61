package dev.peephole.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path folder;

  @Test
  void pathsAreRelativeToTheModelFile() throws IOException {
    Path file = make("model/data/a.csv");
    assertThat(DataFolder.of(folder.resolve("model")).find("data/a.csv")).isEqualTo(file);
  }

  @Test
  void anotherFolderIsAskedForThePathAndThenForTheName() throws IOException {
    make("model/data/a.csv");
    DataFolder other =
        new DataFolder(folder.resolve("model"), Optional.of(folder.resolve("other")));
    Path name = make("other/a.csv");
    assertThat(other.find("data/a.csv")).isEqualTo(name);
    Path path = make("other/data/a.csv");
    assertThat(other.find("data/a.csv")).isEqualTo(path);
  }

  @Test
  void offersTheNearestFile() throws IOException {
    make("fever.csv");
    make("xor.csv");
    assertThatThrownBy(() -> DataFolder.of(folder).find("fevr.csv"))
        .isInstanceOfSatisfying(
            DataException.class,
            e -> {
              assertThat(e.file()).contains(folder.resolve("fevr.csv").toString());
              assertThat(e).hasMessage("there is no such file");
              assertThat(e.hint()).contains("did you mean fever.csv?");
            });
  }

  @Test
  void saysWherePathsAreLookedUpIfNothingIsNear() {
    assertThatThrownBy(() -> DataFolder.of(folder).find("a/b/c.csv"))
        .isInstanceOfSatisfying(
            DataException.class, e -> assertThat(e.hint().orElseThrow()).contains("--data DIR"));
  }

  @Test
  void refusesAFolder() {
    assertThatThrownBy(() -> DataFolder.of(folder).find("."))
        .isInstanceOf(DataException.class)
        .hasMessage("is a folder, not a file");
  }

  private Path make(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "a\n1\n");
  }
}
