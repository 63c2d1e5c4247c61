package dev.peephole.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.FirstStep;
import dev.peephole.driver.Network;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Style;
import dev.peephole.op.Elementwise;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A page that shows a network, its mathematics and its code side by side: one HTML file that needs
 * nothing else. All that comes of the model stands in it as data, which the page's script puts into
 * the page as text; none of it is ever markup.
 */
public final class Page {
  private static final List<String> STYLES = List.of("page.css");
  private static final List<String> SCRIPTS =
      List.of(
          "dom.js",
          "tabs.js",
          "model.js",
          "real.js",
          "compute.js",
          "numbers.js",
          "cells.js",
          "put-in.js",
          "ways.js",
          "element.js",
          "walk.js",
          "tour.js",
          "math.js",
          "texts.js",
          "layered.js",
          "graph.js",
          "equations.js",
          "details.js",
          "page.js");

  private Page() {}

  /**
   * The page of a network.
   *
   * @param step the numbers that it shows
   */
  public static String of(Compilation compilation, Network network, FirstStep step) {
    return html(trace(compilation, network, step));
  }

  /** What the page shows, as data. */
  public static Trace trace(Compilation compilation, Network network, FirstStep step) {
    Program textbook = network.program(Style.TEXTBOOK);
    Places places = new Places(compilation.main(), compilation.imports());
    Equations equations = new Equations(network, textbook, places);
    List<Trace.Equation> all = equations.all();
    Trace.Graph graph =
        Graph.of(
            network.checked(),
            equations.program(),
            equations.values(),
            equations.entries(),
            places);
    return new Trace(
        network.name(),
        String.join("\n", network.checked().doc()),
        places.sources(),
        equations.values().all(),
        all,
        CodeFiles.of(network, textbook, equations.entries()),
        graph,
        equations.computed(),
        Given.of(step, equations.program(), network.checked(), equations.values()));
  }

  private static String html(Trace trace) {
    String styles = texts(STYLES);
    String scripts = "\"use strict\";\n(() => {\n" + scripts(SCRIPTS) + "})();\n";
    return resource("page.html")
        .replace("/* style hash */", hash(styles))
        .replace("/* script hash */", hash(scripts))
        .replace("/* styles */", styles)
        .replace("/* scripts */", scripts)
        .replace("/* data */", json(trace));
  }

  /** Some of the page's scripts, behind the ops that they compute with. */
  static String scripts(List<String> names) {
    return ops() + texts(names);
  }

  /** The elementwise ops as functions, each written by its declaration. */
  private static String ops() {
    return Elementwise.all().stream()
        .map(
            op -> {
              List<String> names = List.of("a", "b", "c").subList(0, op.arity());
              List<Formula> operands = names.stream().map(n -> Formula.atom(n, false)).toList();
              String body = op.code().write(operands).text();
              return "  %s: (%s) => %s,\n".formatted(op.name(), String.join(", ", names), body);
            })
        .collect(Collectors.joining("", "const OPS = {\n", "};\n"));
  }

  /** By which the page says that it runs this text, and nothing else that might come into it. */
  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String texts(List<String> names) {
    return String.join("\n", names.stream().map(Page::resource).toList());
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream("/explain/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As JSON that may stand in a script element: no {@code <} and nothing that ends a line. */
  static String json(Trace trace) {
    JsonFactory factory = new JsonFactory().setCharacterEscapes(new InScript());
    try {
      return JSON.builder(factory)
          .enable(JSON.Feature.FAIL_ON_UNKNOWN_TYPE_WRITE)
          .build()
          .asString(trace);
    } catch (IOException e) {
      throw new UncheckedIOException("a string can always be written to", e);
    }
  }

  private static final class InScript extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] escapes = standardAsciiEscapesForJSON();
      for (char c : "<>&".toCharArray()) {
        escapes[c] = ESCAPE_CUSTOM;
      }
      return escapes;
    }

    @Override
    public SerializableString getEscapeSequence(int c) {
      boolean escaped = c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029';
      return escaped ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", c)) : null;
    }
  }
}
