package dev.peephole.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.check.data.DataAccess;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.train.plan.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From networks to classes in memory and in jars. */
class GeneratedClassesTest {
  private static final Path XOR = Path.of("..", "samples", "xor", "xor.nn");

  @TempDir Path folder;

  private static Compilation xor(String name) throws IOException {
    String text = Files.readString(XOR).replaceAll("\\bXor\\b", name);
    Compilation compiled = Frontend.compile(XOR, text, DataAccess.none());
    assertThat(compiled.errors()).isEmpty();
    return compiled;
  }

  private static JavaSources sources(Compilation compilation, Style style) {
    return JavaSources.of(compilation.networks().get(0), style);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Xor",
        "xor",
        "Δ",
        "class",
        "_",
        "record",
        "var",
        "yield",
        "sealed",
        "permits",
        "String",
        "Override",
        "System",
        "Object",
        "Float",
        "Math",
        "UnsupportedOperationException",
        "Model",
        "Tensor",
        "List",
        "Arrays",
        "Plan",
        "Trainer",
        "Philox",
        "products"
      })
  void anyNetworksNameWillDo(String name) throws IOException {
    Compilation compilation = xor(name);
    for (Style style : Style.values()) {
      Program program = Linker.program(compilation, compilation.networks().get(0), style);
      Model model = program.model().get();
      model.reserve(1);
      assertThat(model.name()).isEqualTo(name);
      assertThat(program.plan().network()).isEqualTo(name);
      Model inDouble = Linker.inDouble(compilation.networks().get(0), style);
      inDouble.reserve(1);
      assertThat(inDouble.parameters().get(0).array()).isInstanceOf(double[].class);
    }
  }

  @Test
  void inTextbookStyleOneClassIsBoth() throws IOException {
    JavaSources fast = sources(xor("Xor"), Style.FAST);
    assertThat(fast.files()).containsOnlyKeys("Xor.java", "XorTextbook.java", "XorTraining.java");
    JavaSources textbook = sources(xor("Xor"), Style.TEXTBOOK);
    assertThat(textbook.files()).containsOnlyKeys("Xor.java", "XorTraining.java");
    assertThat(
            textbook
                .files()
                .get("Xor.java")
                .replace("class Xor", "class XorTextbook")
                .replace("public Xor(", "public XorTextbook("))
        .isEqualTo(fast.files().get("XorTextbook.java"));
  }

  @Test
  void codeThatDoesNotCompileIsTheCompilersFault() {
    assertThatThrownBy(() -> MemoryCompiler.compile(Map.of("A.java", "class A {\n  int a = b;\n}")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("A.java:2: ");
  }

  @Test
  void aJarHoldsTheProgramAndWhatItRunsOn() throws IOException {
    Compilation compilation = xor("Xor");
    JavaSources sources = sources(compilation, Style.FAST);
    Path file = folder.resolve("Xor.jar");
    TrainerJar.write(file, compilation, sources);
    try (JarFile jar = new JarFile(file.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("XorTraining");
      List<String> names = jar.stream().map(ZipEntry::getName).toList();
      assertThat(names)
          .contains("Xor.class", "XorTextbook.class", "XorTraining.class", "program/xor.nn")
          .contains("dev/peephole/runtime/Model.class", "program/java/Xor.java")
          .contains("de/siegmar/fastcsv/reader/CsvReader.class")
          .contains("com/fasterxml/jackson/core/JsonFactory.class")
          .noneMatch(name -> name.startsWith("dev/peephole/driver"))
          .noneMatch(name -> name.contains("javapoet") || name.contains("picocli"));
      assertThat(names.subList(1, names.size())).isSorted();
      assertThat(text(jar, "program/files").lines())
          .containsExactlyInAnyOrder(
              "xor.nn", "java/Xor.java", "java/XorTextbook.java", "java/XorTraining.java");
      assertThat(text(jar, "program/java/Xor.java")).isEqualTo(sources.files().get("Xor.java"));
      assertThat(jar.stream().map(ZipEntry::getTimeLocal).distinct()).hasSize(1);
    }
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  private static String text(JarFile jar, String name) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
