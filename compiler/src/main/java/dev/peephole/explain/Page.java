package dev.peephole.explain;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.FirstStep;
import dev.peephole.driver.Network;
import dev.peephole.driver.Resized;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Style;
import dev.peephole.op.Elementwise;
import java.util.List;
import java.util.Optional;
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
          "theme.js",
          "model.js",
          "real.js",
          "compute.js",
          "numbers.js",
          "cells.js",
          "pictures.js",
          "put-in.js",
          "ways.js",
          "update.js",
          "element.js",
          "walk.js",
          "tour.js",
          "math.js",
          "pieces.js",
          "parts.js",
          "coloured.js",
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
    return page(trace(compilation, network, Optional.of(step)));
  }

  /**
   * The page of a network with the numbers of a smaller one, which is easier to read.
   *
   * @param small the network of the same name in other sizes
   * @param step its numbers
   * @return nothing if the two have not the same equations
   */
  public static Optional<String> of(
      Compilation compilation, Network network, Resized small, Network read, FirstStep step) {
    Trace real = trace(compilation, network, Optional.empty());
    Trace shown = trace(small.compilation(), read, Optional.of(step));
    return real.hasEquationsOf(shown)
        ? Optional.of(page(real.inSizesOf(shown, small.said())))
        : Optional.empty();
  }

  private static String page(Trace trace) {
    return Html.of("page.html", STYLES, scripts(SCRIPTS), trace);
  }

  /** The page of two networks, the second beside the first. */
  public static String of(
      Compilation left, Network leftNetwork, Compilation right, Network rightNetwork) {
    Comparison comparison =
        Compare.of(
            trace(left, leftNetwork, Optional.empty()),
            trace(right, rightNetwork, Optional.empty()));
    return Html.of(
        "compare.html",
        List.of("page.css", "compare.css"),
        Html.texts(
            List.of(
                "dom.js",
                "tabs.js",
                "theme.js",
                "math.js",
                "pieces.js",
                "parts.js",
                "coloured.js",
                "compare.js")),
        comparison);
  }

  /**
   * What the page shows, as data.
   *
   * @param step its numbers, if it has any
   */
  public static Trace trace(Compilation compilation, Network network, Optional<FirstStep> step) {
    Program textbook = network.program(Style.TEXTBOOK);
    Places places = new Places(compilation.main(), compilation.imports());
    Equations equations = new Equations(network, textbook, places);
    List<Trace.Equation> all = equations.all();
    Trace.Program computed = equations.computed();
    Trace.Graph graph =
        Graph.of(
            network.checked(),
            equations.program(),
            equations.values(),
            equations.entries(),
            places);
    places.mention(network.checked());
    return new Trace(
        network.name(),
        String.join("\n", network.checked().doc()),
        "",
        places.sources(),
        equations.values().all(),
        all,
        CodeFiles.of(network, textbook, equations.entries()),
        graph,
        FirstValues.of(equations.program(), equations.values()),
        computed,
        step.map(
                numbers ->
                    Given.of(numbers, equations.program(), network.checked(), equations.values()))
            .orElse(Trace.Example.none("")));
  }

  /** The colours and letters of the page, for other pages that are to look alike. */
  public static String theme() {
    return Html.texts(List.of(Html.THEME));
  }

  /** What writes formulas of a {@link Trace}, as a module of JavaScript. */
  public static String formulas() {
    return "let values = [];\n"
        + Html.texts(List.of("dom.js", "math.js"))
        + "const of = trace => { values = trace.values; };\n"
        + "export { of, make, makeMath, setFormula, setName, setTree };\n";
  }

  /** Some of the page's scripts, behind the ops that they compute with. */
  static String scripts(List<String> names) {
    return ops() + Html.texts(names);
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
}
