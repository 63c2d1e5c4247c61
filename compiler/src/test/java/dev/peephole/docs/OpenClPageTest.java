package dev.peephole.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.JavaSources;
import dev.peephole.driver.JavaSources.Target;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page on devices shows is what the compiler makes. */
class OpenClPageTest {
  private static final Page PAGE = Page.of("docs/opencl.md");

  @Test
  void theKernelIsThatOfTheSample() {
    Network fever =
        Frontend.compile(Page.ROOT.resolve("samples/fever/fever.nn"), DataAccess.none())
            .networks()
            .get(0);
    String kernels = JavaSources.of(fever, Style.FAST, Target.OPENCL).files().get("Fever.cl");
    List<Page.Block> shown =
        PAGE.blocks().stream().filter(block -> block.info().equals("c")).toList();
    assertThat(shown).hasSize(1);
    assertThat(kernels).contains(shown.get(0).code());
  }
}
