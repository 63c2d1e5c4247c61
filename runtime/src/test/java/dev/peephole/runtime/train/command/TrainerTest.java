package dev.peephole.runtime.train.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.runtime.train.Bench;
import dev.peephole.runtime.train.Training;
import dev.peephole.runtime.train.plan.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs trainers as processes of their own, started without the vector module, as jars are. */
@Timeout(120)
class TrainerTest {
  @TempDir Path folder;

  @BeforeEach
  void setUp() throws IOException {
    Files.writeString(folder.resolve("line.csv"), "a,b\n0,1\n1,3\n2,5\n3,7\n-1,-1\n5,6\n7,8\n");
  }

  @Test
  void trainsInTheWorkingDirectoryAndPrintsATable() throws Exception {
    Finished run = run("--epochs", "2");
    assertThat(run.err()).contains("epoch 1/2  loss ").contains("epoch 2/2  loss ");
    assertThat(run.out())
        .matches("(?s) +loss\ntraining +\\d\\S+\nvalidation +\\d\\S+\n\nruns/Line-1\n");
    assertThat(run.status()).isZero();
    assertThat(folder.resolve("runs/Line-1/line.nn")).hasContent("network Line {}");
    assertThat(folder.resolve("runs/Line-1/java/Line.java")).hasContent("class Line {}");
  }

  @Test
  void runFoldersAreCounted() throws Exception {
    Files.createDirectories(folder.resolve("runs/Line-1"));
    assertThat(run("--epochs", "1", "--quiet").out()).endsWith("runs/Line-2\n");
  }

  @Test
  void eventsAreAllThatGoesToStandardOutput() throws Exception {
    Finished run = run("--epochs", "2", "--json", "--quiet", "--out", "here");
    String number = "\\d[\\d.E-]*";
    assertThat(run.out().lines())
        .hasSize(3)
        .first()
        .asString()
        .matches(
            ("\\{\"event\":\"epoch\",\"epoch\":1,\"loss\":N,\"validation_loss\":N,"
                    + "\"seconds\":N,\"examples_per_second\":N\\}")
                .replace("N", number));
    assertThat(run.out().lines().skip(2).findFirst().orElseThrow())
        .matches(
            ("\\{\"event\":\"result\",\"epochs\":2,\"loss\":N,\"validation_loss\":N,"
                    + "\"run\":\"here\",\"report_seconds\":N,\"report_once_seconds\":N\\}")
                .replace("N", number));
    assertThat(run.out()).isEqualTo(Files.readString(folder.resolve("here/log.jsonl")));
  }

  @Test
  void wrongUsageIsTwo() throws Exception {
    Finished run = run("--epoch", "2");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("did you mean --epochs?").doesNotContain("at dev.peephole");
  }

  @Test
  void wrongDataAreOne() throws Exception {
    Files.writeString(folder.resolve("line.csv"), "a,b\n0,1\n1,x\n");
    Finished run = run("--epochs", "2");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("error: line.csv:3: \"x\" in column \"b\" is not a number\n")
        .doesNotContain("at dev.peephole");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void helpSaysWhatThereIs() throws Exception {
    Finished run = run("--help");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("Line of line.nn", "-o, --out DIR", "example: java -jar");
    for (Option option : Option.values()) {
      assertThat(run.out()).contains(option.toString());
    }
  }

  /** The trainer has a second JVM do the work, which must not outlive it. */
  @Test
  void aKilledRunGoesOnToTheSameBits() throws Exception {
    Process process = start("--json", "--quiet", "--out", "run");
    try (BufferedReader out = process.inputReader()) {
      for (int epoch = 1; epoch <= 3; epoch++) {
        assertThat(out.readLine()).contains("\"epoch\":" + epoch);
      }
      List<ProcessHandle> workers = process.descendants().toList();
      assertThat(workers).isNotEmpty();
      process.destroyForcibly().waitFor();
      for (ProcessHandle worker : workers) {
        worker.onExit().get();
      }
    }
    Bench bench = new Bench(folder);
    Program program = bench.program(TrainerMain.plan(), TrainerMain::model);
    int epochs = 5 + Files.readAllLines(bench.path("run/log.jsonl")).size();
    Training.run(program, bench.resume("run", "--epochs=" + epochs), bench.console());
    Training.run(program, bench.into("whole", "--epochs=" + epochs), bench.console());
    assertThat(bench.log("run")).isEqualTo(bench.log("whole"));
    assertThat(bench.path("run/checkpoint.safetensors"))
        .hasSameBinaryContentAs(bench.path("whole/checkpoint.safetensors"));
  }

  private record Finished(int status, String out, String err) {}

  private Finished run(String... args) throws IOException, InterruptedException {
    Path err = folder.resolve("err.txt");
    Process process = builder(args).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.waitFor(), out, Files.readString(err));
  }

  private Process start(String... args) throws IOException {
    return builder(args).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private ProcessBuilder builder(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(TrainerMain.class.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command).directory(folder.toFile());
  }
}
