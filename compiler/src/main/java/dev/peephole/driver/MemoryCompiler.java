package dev.peephole.driver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles generated Java with the JDK's own compiler, from memory to memory. */
public final class MemoryCompiler {
  private static final List<String> OPTIONS =
      List.of("-proc:none", "-Xlint:none", "-source", "17", "-target", "17");

  private MemoryCompiler() {}

  /**
   * Compiles files against the runtime.
   *
   * @param sources texts by file name, such as {@code Fever.java}; what is no Java lies beside the
   *     classes
   * @throws dev.peephole.runtime.data.DataException if this Java lacks the compiler, or what reads
   *     jars for it
   * @throws IllegalStateException if the compiler finds anything wrong: then a class was generated
   *     badly
   */
  public static CompiledClasses compile(Map<String, String> sources) {
    JdkModules.require("java.compiler", "jdk.compiler", "jdk.zipfs");
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    Map<String, String> texts = new TreeMap<>(sources);
    texts.keySet().removeIf(MemoryCompiler::isJava);
    List<Source> units = new ArrayList<>();
    VectorSignatures.files().forEach((name, text) -> units.add(new Source(name, text)));
    sources.forEach(
        (name, text) -> {
          if (isJava(name)) {
            units.add(new Source(name, text));
          }
        });
    Map<String, ByteArrayOutputStream> written = new TreeMap<>();
    try (StandardJavaFileManager files =
        javac.getStandardFileManager(problems, null, StandardCharsets.UTF_8)) {
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, RuntimeClasses.locations());
      JavaFileManager memory = new Memory(files, written);
      if (!javac.getTask(null, memory, problems, OPTIONS, null, units).call()) {
        throw new IllegalStateException(messages(problems));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, byte[]> classes = new TreeMap<>();
    written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    classes.keySet().removeIf(name -> name.startsWith(VectorSignatures.PACKAGE + "."));
    return new CompiledClasses(classes, texts);
  }

  private static boolean isJava(String file) {
    return file.endsWith(".java");
  }

  private static String messages(DiagnosticCollector<JavaFileObject> problems) {
    return problems.getDiagnostics().stream()
        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
        .map(MemoryCompiler::message)
        .collect(Collectors.joining("\n"));
  }

  private static String message(Diagnostic<? extends JavaFileObject> problem) {
    String file = problem.getSource() == null ? "" : problem.getSource().getName() + ":";
    return file + problem.getLineNumber() + ": " + problem.getMessage(Locale.ROOT);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("memory:///" + name), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Target extends SimpleJavaFileObject {
    private final OutputStream out;

    Target(String className, OutputStream out) {
      super(URI.create("memory:///" + className + ".class"), Kind.CLASS);
      this.out = out;
    }

    @Override
    public OutputStream openOutputStream() {
      return out;
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written;

    Memory(JavaFileManager files, Map<String, ByteArrayOutputStream> written) {
      super(files);
      this.written = written;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new Target(
          className, written.computeIfAbsent(className, name -> new ByteArrayOutputStream()));
    }
  }
}
