package dev.peephole.emit.opencl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A function that OpenCL C lacks, with those that it calls, all of which stand before it. Its text
 * is a resource of the compiler, {@code opencl/NAME.cl}.
 */
enum Function {
  MAXIMUM,
  MINIMUM,
  SQUARE,
  SIGNUM,
  SIGMOID,
  SOFTPLUS(MAXIMUM),
  LOAD4,
  STORE4,
  SHARE(LOAD4),
  MULTIPLY(SHARE, STORE4),
  SUM_LABELLED,
  PHILOX,
  UNIFORM_NUMBER(PHILOX),
  NORMAL_NUMBER(PHILOX);

  private final List<Function> called;

  Function(Function... called) {
    this.called = List.of(called);
  }

  /** What all of them are called. */
  static Set<String> names() {
    return Arrays.stream(values()).map(Function::toString).collect(Collectors.toSet());
  }

  /** The texts of those among the names, and of those that they call. */
  static String texts(Set<String> names) {
    Set<Function> wanted = EnumSet.noneOf(Function.class);
    Arrays.stream(values()).filter(f -> names.contains(f.toString())).forEach(f -> f.add(wanted));
    return wanted.stream().map(Function::text).collect(Collectors.joining("\n"));
  }

  private void add(Set<Function> wanted) {
    wanted.add(this);
    called.forEach(f -> f.add(wanted));
  }

  /** Those that its text calls. */
  List<Function> called() {
    return called;
  }

  /** Its text, with what is said of it. */
  String text() {
    try (InputStream in = Function.class.getResourceAsStream("/opencl/" + this + ".cl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its name in OpenCL C. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
