package dev.peephole.runtime.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.runtime.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFoldersTest {
  @TempDir private Path folder;

  @Test
  void makesAFolderThatIsNotThere() {
    CacheFolders folders = new CacheFolders(Map.of("XDG_CACHE_HOME", folder.toString()));
    folders.require(folders.own());
    assertThat(folder.resolve("peephole")).isDirectory();
    assertThat(folders.pocl()).isEqualTo(folder.resolve("pocl/kcache"));
  }

  @Test
  void liesAtHomeIfNothingElseIsSaid() {
    CacheFolders folders = new CacheFolders(Map.of("HOME", "/home/ada", "XDG_CACHE_HOME", ""));
    assertThat(folders.pocl()).isEqualTo(Path.of("/home/ada/.cache/pocl/kcache"));
    assertThat(folders.own()).endsWithRaw(Path.of(".cache/peephole"));
    assertThat(new CacheFolders(Map.of()).pocl()).isEqualTo(Path.of("/tmp/pocl/kcache"));
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    CacheFolders folders =
        new CacheFolders(
            Map.of("XDG_CACHE_HOME", file.toString(), "POCL_CACHE_DIR", file.toString()));
    assertThatThrownBy(() -> folders.require(folders.own()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be written to, and OpenCL needs a cache");
    assertThatThrownBy(() -> folders.require(folders.pocl()))
        .isInstanceOfSatisfying(
            DataException.class, e -> assertThat(e.report()).contains("POCL_CACHE_DIR names"));
  }
}
