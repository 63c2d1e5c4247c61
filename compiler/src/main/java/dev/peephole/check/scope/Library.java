package dev.peephole.check.scope;

import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.source.SourceFile;
import dev.peephole.source.Span;
import dev.peephole.syntax.ClauseForms;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Parser;
import dev.peephole.syntax.SyntaxTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The declarations that ship with the compiler, written in the language: the files {@code
 * std/*.nn}.
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
          "convolution.nn",
          "normalization.nn",
          "recurrent.nn",
          "ctc.nn",
          "regularization.nn",
          "augmentation.nn",
          "optimizers.nn",
          "schedules.nn");

  private static final Map<String, Declaration.Callable> DECLARATIONS = new LinkedHashMap<>();
  private static final Map<String, Declaration.Const> CONSTANTS = new LinkedHashMap<>();

  static { // parsed once, as nothing changes them
    for (String name : FILES) {
      for (Declaration declared : parse(name).declarations()) {
        if (declared instanceof Declaration.Callable callable) {
          DECLARATIONS.put(callable.name().name(), callable);
        } else if (declared instanceof Declaration.Const constant) {
          CONSTANTS.put(constant.name().name(), constant);
        }
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

  private static SyntaxTree parse(String name) {
    Diagnostics errors = new Diagnostics();
    SourceFile file = new SourceFile("std/" + name, read(name));
    SyntaxTree tree = Parser.parse(file, ClauseForms.NONE, errors);
    if (errors.hasErrors()) {
      throw new IllegalStateException(errors.errors().toString());
    }
    return tree;
  }

  /** The declaration of a name, if the library has it. */
  public Optional<Declaration.Callable> find(String name) {
    return Optional.ofNullable(DECLARATIONS.get(name));
  }

  /** The declaration in which a place of the library lies. */
  public Optional<Declaration.Callable> around(Span place) {
    return DECLARATIONS.values().stream()
        .filter(declared -> declared.span().file() == place.file())
        .filter(declared -> declared.span().start() <= place.start())
        .filter(declared -> place.end() <= declared.span().end())
        .findFirst();
  }

  /** The constant of a name, if the library has one. */
  Optional<Declaration.Const> constant(String name) {
    return Optional.ofNullable(CONSTANTS.get(name));
  }

  /**
   * The names of all that is documented, in the order of the files; the rest is there for these,
   * and for who copies one of them.
   */
  public Set<String> names() {
    return DECLARATIONS.values().stream()
        .filter(declared -> !declared.doc().isEmpty())
        .map(declared -> declared.name().name())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  boolean holds(SourceFile file) {
    return DECLARATIONS.values().stream().anyMatch(d -> d.name().span().file().equals(file));
  }
}
