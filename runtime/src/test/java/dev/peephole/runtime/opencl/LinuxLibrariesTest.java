package dev.peephole.runtime.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LinuxLibrariesTest {
  @TempDir private Path folder;

  private boolean lack(String name) {
    return new LinuxLibraries(folder.resolve("cache"), List.of(folder, folder.resolve("none")))
        .lack(name);
  }

  @Test
  void whatIsNowhereIsLacking() {
    assertThat(lack("libOpenCL.so")).isTrue();
  }

  @Test
  void aFileInAFolderIsThere() throws IOException {
    Files.createFile(folder.resolve("libOpenCL.so.1"));
    assertThat(lack("libOpenCL.so")).isFalse();
  }

  @Test
  void whatTheLoaderKnowsIsThere() throws IOException {
    Files.writeString(folder.resolve("cache"), "\0libOpenCL.so.1\0/opt/cl/libOpenCL.so.1\0");
    assertThat(lack("libOpenCL.so")).isFalse();
    assertThat(lack("libSomething.so")).isTrue();
  }
}
