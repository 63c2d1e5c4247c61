package dev.peephole.check.scope;

import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.source.SourceFile;
import dev.peephole.syntax.ClauseForms;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Parser;
import dev.peephole.syntax.SyntaxTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The declarations that ship with the compiler, written in the language: the files {@code
 * std/*.nn}. A file is parsed when one of its names is first asked for.
 */
public final class Library {
  /** The files, in the order that a reader would go through them. */
  public static final List<String> FILES =
      List.of(
          "arithmetic.nn",
          "activations.nn",
          "losses.nn",
          "initializers.nn",
          "layers.nn",
          "recurrent.nn",
          "regularization.nn",
          "optimizers.nn");

  private static final Pattern DECLARATION =
      Pattern.compile(
          "(?m)^(?:function|layer|cell|optimizer|initializer) +(\\p{L}[\\p{L}\\p{N}_]*)");

  private final Map<String, SourceFile> sources = new LinkedHashMap<>();
  private final Map<SourceFile, SyntaxTree> parsed = new HashMap<>();

  public Library() {
    for (String name : FILES) {
      SourceFile file = new SourceFile("std/" + name, read(name));
      Matcher declared = DECLARATION.matcher(file.text());
      while (declared.find()) {
        sources.put(declared.group(1), file);
      }
    }
  }

  private static String read(String name) {
    try (InputStream in = Library.class.getResourceAsStream("/std/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The declaration of a name, if the library has it. */
  public Optional<Declaration.Callable> find(String name) {
    return Optional.ofNullable(sources.get(name))
        .flatMap(
            file ->
                parse(file).declarations().stream()
                    .filter(Declaration.Callable.class::isInstance)
                    .map(Declaration.Callable.class::cast)
                    .filter(c -> c.name().name().equals(name))
                    .findFirst());
  }

  private SyntaxTree parse(SourceFile file) {
    return parsed.computeIfAbsent(
        file,
        f -> {
          Diagnostics errors = new Diagnostics();
          SyntaxTree tree = Parser.parse(f, ClauseForms.NONE, errors);
          if (errors.hasErrors()) {
            throw new IllegalStateException(errors.errors().toString());
          }
          return tree;
        });
  }

  /** All names, in the order of the files. */
  public Set<String> names() {
    return sources.keySet();
  }

  boolean holds(SourceFile file) {
    return sources.containsValue(file);
  }
}
