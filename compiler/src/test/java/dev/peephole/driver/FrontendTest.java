package dev.peephole.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.check.data.DataAccess;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.runtime.data.DataException;
import dev.peephole.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontendTest {
  private static final String NETWORK =
      """
      network A {
        input x: [2]
        target y: [1]
        output p = %s
        loss mse(p, y)
      }
      """;

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Compilation compile(String text) throws IOException {
    return Frontend.compile(write("model.nn", text), DataAccess.none());
  }

  private static List<String> messages(Compilation compilation) {
    return compilation.errors().stream().map(FrontendTest::told).toList();
  }

  private static String told(Diagnostic error) {
    return error.code().slug() + " " + error.span().line() + ": " + error.message();
  }

  @Test
  void derivesTheGradients() throws IOException {
    Compilation compiled = compile(NETWORK.formatted("dense(x, 1)"));
    assertThat(compiled.errors()).isEmpty();
    Network network = compiled.networks().get(0);
    assertThat(network.name()).isEqualTo("A");
    assertThat(network.checked().gradients()).isEmpty();
    assertThat(network.program().gradients()).hasSize(2);
    assertThat(network.plan()).isEmpty();
  }

  @Test
  void importsAreRelativeToTheFileThatImports() throws IOException {
    write(
        "lib/outer.nn", "import \"deep/inner.nn\"\nlayer outer(x: [n]) {\n  return inner(x)\n}\n");
    write("lib/deep/inner.nn", "layer inner(x: [n]) {\n  return dense(x, 1)\n}\n");
    Compilation compiled = compile("import \"lib/outer.nn\"\n" + NETWORK.formatted("outer(x)"));
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.imports())
        .extracting(SourceFile::name)
        .containsExactly(folder + "/lib/outer.nn", folder + "/lib/deep/inner.nn");
    assertThat(compiled.networks().get(0).program().parameters())
        .extracting("path")
        .containsExactly("outer.inner.dense.W", "outer.inner.dense.b");
  }

  @Test
  void filesMayImportEachOtherAndAreReadOnce() throws IOException {
    write("a.nn", "import \"b.nn\"\nimport \"./a.nn\"\nfunction f(x) = x + x\n");
    write("b.nn", "import \"a.nn\"\nimport \"model.nn\"\nfunction g(x) = f(x)\n");
    Compilation compiled =
        compile("import \"a.nn\"\nimport \"b.nn\"\n" + NETWORK.formatted("g(dense(x, 1))"));
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.imports())
        .extracting(SourceFile::shortName)
        .containsExactly("a.nn", "b.nn");
  }

  @Test
  void networksOfImportsAreNotCompiled() throws IOException {
    write("other.nn", NETWORK.formatted("dense(x, 1)").replace("network A", "network B"));
    Compilation compiled = compile("import \"other.nn\"\n" + NETWORK.formatted("dense(x, 1)"));
    assertThat(compiled.networks()).extracting(Network::name).containsExactly("A");
  }

  @Test
  void importsThatCannotBeReadAreErrors() throws IOException {
    write("layers.nn", "");
    Files.write(folder.resolve("junk.nn"), new byte[] {'\n', (byte) 0xFF});
    Compilation compiled =
        compile(
            """
            import "layer.nn"
            import "junk.nn"
            import "."
            import ""
            """
                + NETWORK.formatted("mine(x)"));
    assertThat(compiled.errors()).extracting(Diagnostic::code).containsOnly(Code.IMPORT);
    assertThat(messages(compiled))
        .containsExactly(
            "import 1: " + folder + "/layer.nn: there is no such file",
            "import 2: " + folder + "/junk.nn:2: this is not in UTF-8",
            "import 3: " + folder + ": is a folder, not a model file",
            "import 4: an import names a file");
    assertThat(compiled.errors().get(0).span().text()).isEqualTo("\"layer.nn\"");
    assertThat(compiled.errors().get(0).hints())
        .containsExactly("did you mean " + folder + "/layers.nn?");
  }

  @Test
  void errorsInImportsAreErrors() throws IOException {
    write("layers.nn", "layer mine(x: [n]) {\n  return dens(x, 1)\n}\n");
    Compilation compiled = compile("import \"layers.nn\"\n" + NETWORK.formatted("mine(x)"));
    assertThat(messages(compiled)).containsExactly("name 2: there is no name 'dens' here");
    assertThat(compiled.errors().get(0).span().file().shortName()).isEqualTo("layers.nn");
  }

  /** A constant cannot fill an input, so that the name can only mean the field. */
  @Test
  void aFieldOfTheDataMayHaveTheNameOfAConstant() throws IOException {
    Compilation compiled =
        compile(
            """
            const y = 0.1
            network A {
              input bits: [2]
              target either: [1]
              output p = dense(bits, 1)
              loss mse(p, either)
            }
            train A {
              data      xor() { bits = x   either = y }
              optimizer sgd(rate: y)
            }
            """);
    assertThat(messages(compiled)).isEmpty();
  }

  @Test
  void aLossWithoutDerivativeIsAnError() throws IOException {
    Compilation compiled = compile(NETWORK.formatted("round(dense(x, 1))"));
    assertThat(messages(compiled))
        .containsExactly("gradient 4: the loss cannot be differentiated here");
    assertThat(compiled.errors().get(0).hints())
        .singleElement()
        .asString()
        .contains("stop_gradient");
    assertThat(compiled.networks()).isEmpty();
  }

  @Test
  void parametersThatTheLossDoesNotDependOnAreErrors() throws IOException {
    Compilation compiled =
        compile(NETWORK.formatted("dense(x, 1)\n  h = dense(x, 3)\n  output q = dense(h, 2)"));
    assertThat(messages(compiled))
        .containsExactly(
            "loss 5: the loss does not depend on 'dense2.W' and 'dense2.b'",
            "loss 6: the loss does not depend on 'dense3.W' and 'dense3.b'");
  }

  @Test
  void parametersThatNoGradientComesToAreErrors() throws IOException {
    Compilation compiled = compile(NETWORK.formatted("dense(stop_gradient(tanh(dense(x, 9))), 1)"));
    assertThat(messages(compiled))
        .containsExactly("gradient 4: no gradient of the loss comes to 'dense1.W' and 'dense1.b'");
  }

  @Test
  void aStoppedGradientIsNoErrorWhereAnotherGoesOn() throws IOException {
    String straightThrough = "function steps(h) = h + stop_gradient(round(h) - h)\n";
    Compilation compiled =
        compile(straightThrough + NETWORK.formatted("dense(steps(dense(x, 9)), 1)"));
    assertThat(compiled.errors()).isEmpty();
  }

  @Test
  void whatFollowsFromAnErrorIsNotReported() throws IOException {
    Compilation compiled =
        compile(
            """
            network A {
              input x: [2]
              target y: [1]
              h = dense(x,, 8)
              k = tanh(h)
              output p = dense(k, 1, unts: 1)
              loss msee(p, y)
            }
            """);
    assertThat(messages(compiled))
        .containsExactly(
            "syntax 4: expected an expression, found `,`",
            "name 7: there is no name 'msee' here",
            "option 6: 'dense' has no option 'unts'");
  }

  @Test
  void aMissingFileIsNoDiagnostic() {
    Path missing = folder.resolve("missing.nn");
    assertThatThrownBy(() -> Frontend.compile(missing, DataAccess.none()))
        .isInstanceOf(DataException.class)
        .hasMessage("there is no such file");
  }
}
