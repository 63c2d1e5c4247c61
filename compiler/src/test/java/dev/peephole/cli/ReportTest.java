package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.runtime.train.progress.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is said when something goes wrong that no user can have meant to cause. */
class ReportTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
  private final Report report = new Report(new Console(stream, stream, false));

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anInternalErrorIsNoStackTrace() {
    assertThat(report.internal(new IllegalStateException("first\nsecond"))).isEqualTo(1);
    assertThat(told())
        .isEqualTo(
            """
            nnc: internal error: java.lang.IllegalStateException: first; please report it, with the model
              with NNC_DEBUG=1 in the environment it says more
            """);
  }

  @Test
  void aStackThatIsUsedUpIsAnErrorInTheModel() {
    assertThat(report.exhausted(new StackOverflowError())).isEqualTo(1);
    assertThat(told()).isEqualTo("error: the model is nested too deeply\n");
  }

  @Test
  void memoryThatIsUsedUpIsToldWithAWayOut() {
    assertThat(report.exhausted(new OutOfMemoryError())).isEqualTo(1);
    assertThat(told()).startsWith("error: out of memory, of which Java may use ").contains("-Xmx");
  }
}
