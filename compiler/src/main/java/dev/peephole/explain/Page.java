package dev.peephole.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Network;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Style;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A page that shows a network, its mathematics and its code side by side: one HTML file that needs
 * nothing else. All that comes of the model stands in it as data, which the page's script puts into
 * the page as text; none of it is ever markup.
 */
public final class Page {
  private static final List<String> STYLES = List.of("page.css");
  private static final List<String> SCRIPTS =
      List.of("dom.js", "model.js", "math.js", "texts.js", "equations.js", "details.js", "page.js");

  private Page() {}

  /** The page of a network. */
  public static String of(Compilation compilation, Network network) {
    return html(trace(compilation, network));
  }

  /** What the page shows, as data. */
  public static Trace trace(Compilation compilation, Network network) {
    Program textbook = network.program(Style.TEXTBOOK);
    Places places = new Places(compilation.main(), compilation.imports());
    Equations equations = new Equations(network, textbook, places);
    List<Trace.Equation> all = equations.all();
    return new Trace(
        network.name(),
        String.join("\n", network.checked().doc()),
        places.sources(),
        equations.values().all(),
        all,
        CodeFiles.of(network, textbook, equations.entries()));
  }

  private static String html(Trace trace) {
    String styles = texts(STYLES);
    String scripts = "\"use strict\";\n(() => {\n" + texts(SCRIPTS) + "})();\n";
    return resource("page.html")
        .replace("/* style hash */", hash(styles))
        .replace("/* script hash */", hash(scripts))
        .replace("/* styles */", styles)
        .replace("/* scripts */", scripts)
        .replace("/* data */", json(trace));
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
