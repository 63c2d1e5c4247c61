package dev.peephole.playground;

import dev.peephole.explain.Html;
import dev.peephole.explain.Page;
import dev.peephole.runtime.file.ProgramText;
import dev.peephole.syntax.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The page, its modules and its libraries, by the paths that the server has them at. */
final class Resources {
  private static final List<String> MODULES =
      List.of(
          "playground.js",
          "server.js",
          "editor.js",
          "losses.js",
          "problems.js",
          "plot.js",
          "plane.js",
          "series.js",
          "network.js",
          "cells.js",
          "pointed.js",
          "data.js",
          "address.js");

  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";

  private final Map<String, Resource> byPath = new LinkedHashMap<>();
  private final String importMap;

  /** A text with its type. */
  record Resource(String type, String text) {}

  Resources() {
    Map<String, String> imports = new TreeMap<>();
    libraries()
        .forEach(
            (name, file) -> {
              String path = "/lib/" + name + ".js";
              imports.put((String) name, path);
              add(path, JAVASCRIPT, read("/META-INF/resources/webjars/" + file));
            });
    importMap = Html.json(Map.of("imports", imports));
    MODULES.forEach(name -> add("/" + name, JAVASCRIPT, read("/playground/" + name)));
    add("/formulas.js", JAVASCRIPT, Page.formulas());
    add("/words.js", JAVASCRIPT, "export const WORDS = " + Html.json(Vocabulary.words()) + ";\n");
    add("/theme.css", CSS, Page.theme());
    add("/playground.css", CSS, read("/playground/playground.css"));
  }

  private void add(String path, String type, String text) {
    byPath.put(path, new Resource(type, text));
  }

  private static Properties libraries() {
    try (InputStream in = Resources.class.getResourceAsStream("/playground/libraries.properties")) {
      Properties libraries = new Properties();
      libraries.load(in);
      return libraries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(String name) {
    return ProgramText.of(Resources.class, name);
  }

  /** What is at a path, or {@code null}. */
  Resource at(String path) {
    return byPath.get(path);
  }

  /**
   * The page.
   *
   * @param nonce what its policy allows the editor's style by
   * @param given what the command line named, as JSON
   */
  Resource page(String nonce, String given) {
    String text =
        read("/playground/playground.html")
            .replace("/* import map */", importMap)
            .replace("/* nonce */", nonce)
            .replace("/* given */", given);
    return new Resource("text/html; charset=utf-8", text);
  }

  /** The page loads nothing but what is here, and runs no script that came in otherwise. */
  String policy(String nonce) {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self' '" + Html.hash(importMap) + "'",
        "style-src 'self' 'nonce-" + nonce + "'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'");
  }
}
