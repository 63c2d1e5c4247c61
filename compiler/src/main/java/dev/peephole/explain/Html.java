package dev.peephole.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.jr.ob.JSON;
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
 * One HTML file that needs nothing else. What comes of a model stands in it as data, which its
 * script puts into the page as text; none of it is ever markup, and no other script runs.
 */
public final class Html {
  /** The colours and letters of all pages. */
  static final String THEME = "theme.css";

  private Html() {}

  /**
   * A page.
   *
   * @param page the resource that has its markup
   * @param styles resources, which come behind the {@link #THEME}
   * @param script what runs in it
   * @param data what it shows
   */
  static String of(String page, List<String> styles, String script, Object data) {
    String style = texts(List.of(THEME)) + texts(styles);
    String whole = "\"use strict\";\n(() => {\n" + script + "})();\n";
    return resource(page)
        .replace("/* style hash */", hash(style))
        .replace("/* script hash */", hash(whole))
        .replace("/* styles */", style)
        .replace("/* scripts */", whole)
        .replace("/* data */", json(data));
  }

  /** By which the page says that it runs this text, and nothing else that might come into it. */
  public static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Some resources, one after another. */
  static String texts(List<String> names) {
    return String.join("\n", names.stream().map(Html::resource).toList());
  }

  private static String resource(String name) {
    try (InputStream in = Html.class.getResourceAsStream("/explain/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As JSON that may stand in a script element: no {@code <} and nothing that ends a line. */
  public static String json(Object data) {
    JsonFactory factory = new JsonFactory().setCharacterEscapes(new InScript());
    try {
      return JSON.builder(factory)
          .enable(JSON.Feature.FAIL_ON_UNKNOWN_TYPE_WRITE)
          .build()
          .asString(data);
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
