package dev.peephole.runtime.train.report;

import dev.peephole.runtime.file.ProgramText;
import dev.peephole.runtime.train.report.chart.Markup;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page of a report: one HTML file that needs nothing else and runs no script, as its security
 * policy says.
 */
final class Page {
  private final Markup page = new Markup();
  private final String folder;

  /**
   * @param folder where the tables are, as seen from the page
   */
  private Page(String folder) {
    this.folder = folder;
  }

  /** A part of the page. */
  record Section(String id, String title, List<Figure> figures) {}

  /**
   * The text of a page.
   *
   * @param network what it shows
   * @param state where the run stands, in a sentence
   * @param facts what the run is, by name
   * @param sections those without figures are left out
   */
  static String of(
      String folder,
      String network,
      String state,
      Map<String, String> facts,
      List<Section> sections) {
    return new Page(folder).html(network, state, facts, sections);
  }

  private String html(String network, String state, Map<String, String> facts, List<Section> all) {
    List<Section> sections = all.stream().filter(s -> !s.figures().isEmpty()).toList();
    String style = ProgramText.of(Page.class, "report.css");
    page.open("html", "lang", "en").line().open("head").line();
    page.empty("meta", "charset", "utf-8").line();
    String policy = "default-src 'none'; style-src '" + hash(style) + "'";
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy).line();
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    page.text("title", network + ": a training run").line().style(style).line().close().line();
    page.open("body").line().open("header");
    page.text("h1", network).text("p", state, "class", "state");
    page.open("dl", "class", "facts");
    facts.forEach((name, value) -> page.open("div").text("dt", name).text("dd", value).close());
    page.close().close().line();
    contents(sections);
    page.open("main");
    sections.forEach(this::section);
    page.close().line().close().line().close();
    return page.toString();
  }

  private void contents(List<Section> sections) {
    page.open("nav", "aria-label", "Parts of the page");
    sections.forEach(s -> page.text("a", s.title(), "href", "#" + s.id()));
    page.close().line();
  }

  private void section(Section section) {
    page.line().open("section", "id", section.id(), "aria-labelledby", section.id() + "-title");
    page.text("h2", section.title(), "id", section.id() + "-title");
    page.open("div", "class", "figures");
    section.figures().forEach(this::figure);
    page.close().close();
  }

  private void figure(Figure figure) {
    String kind = figure.wide() ? "wide" : "";
    page.line().open("figure", "id", figure.id(), "class", kind);
    page.text("h3", figure.title());
    page.open("div", "class", "drawing");
    figure.drawings().forEach(drawing -> drawing.drawTo(page));
    page.close();
    page.open("figcaption").text(figure.finding()).text(" ");
    figure.files().forEach(file -> page.text("a", file, "href", folder + "/" + file).text(" "));
    page.close().close();
  }

  /** By which the page says that it takes this style sheet and no other. */
  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Some facts in their order. */
  static Map<String, String> facts(String... namesAndValues) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (int k = 0; k < namesAndValues.length; k += 2) {
      if (!namesAndValues[k + 1].isEmpty()) {
        facts.put(namesAndValues[k], namesAndValues[k + 1]);
      }
    }
    return facts;
  }
}
