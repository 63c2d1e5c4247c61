package dev.peephole.emit.opencl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The functions that OpenCL C lacks, from the compiler's {@code functions.cl}. */
final class Functions {
  private static final Pattern NAME = Pattern.compile("(?m)^(?:float4?|void|uint4) (\\w+)\\(");
  private static final Pattern CALL = Pattern.compile("\\b(\\w+)\\(");
  private static final Pattern COMMENT = Pattern.compile("//.*");
  private static final Map<String, String> ALL = read();

  private Functions() {}

  /** What they are called. */
  static Set<String> names() {
    return ALL.keySet();
  }

  /** The texts of the functions that a text calls, and of those that they call. */
  static String calledBy(String text) {
    Set<String> wanted = new HashSet<>();
    add(text, wanted);
    return ALL.entrySet().stream()
        .filter(function -> wanted.contains(function.getKey()))
        .map(Map.Entry::getValue)
        .collect(Collectors.joining("\n\n"));
  }

  private static void add(String text, Set<String> wanted) {
    Matcher called = CALL.matcher(COMMENT.matcher(text).replaceAll(""));
    while (called.find()) {
      String name = called.group(1);
      if (ALL.containsKey(name) && wanted.add(name)) {
        add(ALL.get(name), wanted);
      }
    }
  }

  /** The functions in the order of the file, which is one in which each may call those before. */
  private static Map<String, String> read() {
    try (InputStream in = Functions.class.getResourceAsStream("/opencl/functions.cl")) {
      Map<String, String> functions = new LinkedHashMap<>();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String function : text.strip().split("\n\n")) {
        Matcher name = NAME.matcher(function);
        name.find();
        functions.put(name.group(1), function);
      }
      return functions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
