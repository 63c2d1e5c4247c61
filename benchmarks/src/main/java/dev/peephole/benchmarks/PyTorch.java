package dev.peephole.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** PyTorch in a process of its own, with a number of threads; {@code pytorch.py} answers. */
final class PyTorch implements Side {
  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;

  /**
   * @param threads those of PyTorch and those of its matrix library
   */
  PyTorch(String python, Path script, int threads, int matrixThreads, Clock clock) {
    this(
        "pytorch, " + threads + (matrixThreads == 1 ? "" : ", BLAS " + matrixThreads),
        List.of(
            python,
            script.toString(),
            String.valueOf(threads),
            "cpu",
            clock.name().toLowerCase(Locale.ROOT)),
        threads,
        matrixThreads);
  }

  /** On a card of NVIDIA's, with cuDNN. */
  static PyTorch onCuda(String python, Path script) {
    return new PyTorch("pytorch, cuda", List.of(python, script.toString(), "1", "cuda"), 1, 1);
  }

  /** PyTorch 2 through the Deep Java Library: the jar of {@code benchmarks/peers}. */
  static PyTorch throughDjl(Path jar, int threads) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
            "-cp",
            jar.toString(),
            "dev.peephole.benchmarks.peers.Djl",
            String.valueOf(threads));
    return new PyTorch("pytorch 2, " + threads, command, threads, threads);
  }

  private PyTorch(String name, List<String> command, int threads, int matrixThreads) {
    this.name = name;
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
    builder.environment().put("OPENBLAS_NUM_THREADS", String.valueOf(matrixThreads));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    questions = process.outputWriter(StandardCharsets.UTF_8);
  }

  private String ask(String question) {
    try {
      questions.write(question + "\n");
      questions.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IOException("PyTorch ended at: " + question);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Which PyTorch it is. */
  String version() {
    return ask("version");
  }

  /** What it multiplies matrices with, and how fast that is here and now. */
  MatrixLibrary library() {
    return MatrixLibrary.parse(ask("library"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void open(Workload workload, Path start) {
    ask("open " + workload.model() + " " + workload.kind() + " " + start);
  }

  @Override
  public List<Double> losses(int steps) {
    return Arrays.stream(ask("losses " + steps).split(" ")).map(Double::valueOf).toList();
  }

  @Override
  public double time(double seconds) {
    return Double.parseDouble(ask("time " + seconds));
  }

  /** The most memory that the process ever had, in KiB. */
  long peakKib() {
    return Long.parseLong(ask("memory"));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
