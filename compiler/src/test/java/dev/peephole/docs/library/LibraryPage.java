package dev.peephole.docs.library;

import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Declaration.Kind;
import dev.peephole.syntax.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page of one declaration of the library, and its picture if it has one. */
final class LibraryPage {
  private final Callable callable;
  private final String name;
  private final Application application;
  private final Formulas formulas;
  private final StringBuilder page = new StringBuilder();

  LibraryPage(Callable callable) {
    this.callable = callable;
    this.name = callable.name().name();
    this.application = Application.of(callable, Map.of());
    this.formulas = Formulas.of(application);
  }

  /**
   * The text of the page.
   *
   * @param usedIn links to the models that apply it
   */
  String text(List<String> usedIn) {
    page.append("# %s\n\n%s of the library, in ".formatted(name, capital(callable.kind() + "")));
    page.append("`%s`. [All of them](README.md)\n\n".formatted(callable.span().file().name()));
    page.append("%s\n\n```nn\n%s```\n".formatted(doc(callable), callable.source()));
    arguments();
    example();
    gradients();
    variants();
    drawing();
    if (!usedIn.isEmpty()) {
      page.append("\n## At work\n\n");
      usedIn.forEach(link -> page.append("- " + link + "\n"));
    }
    return page.toString();
  }

  static String doc(Callable callable) {
    return callable.doc().stream().map(String::strip).collect(Collectors.joining(" "));
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private void arguments() {
    if (callable.parameters().isEmpty()) {
      return;
    }
    page.append("\n| | takes | if it is left out |\n|---|---|---|\n");
    for (Declaration.Parameter parameter : callable.parameters()) {
      String usual = parameter.standard().map(e -> code(e.span().text())).orElse("must be there");
      page.append(
          "| %s | %s | %s |\n".formatted(code(parameter.name().name()), takes(parameter), usual));
    }
    if (callable.kind() == Kind.CELL) {
      page.append("| `direction` | `forward` or `backward` | `forward` |\n");
      page.append("| %s | first values of the states | as declared |\n".formatted(states()));
    }
  }

  private String states() {
    return callable.body().stream()
        .filter(Statement.State.class::isInstance)
        .flatMap(statement -> ((Statement.State) statement).names().stream())
        .map(ident -> code(ident.name()))
        .collect(Collectors.joining(", "));
  }

  private String takes(Declaration.Parameter parameter) {
    return parameter
        .type()
        .map(type -> code(type.span().text()))
        .orElse(Application.isTensor(parameter, callable) ? "values of any shape" : "a number");
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }

  private void example() {
    page.append("\n## Formulas\n\n");
    switch (callable.kind()) {
      case INITIALIZER ->
          page.append("For a parameter `W: [60, 40]` by `%s`:\n".formatted(application.call()));
      case OPTIMIZER ->
          page.append(
              "A step of `%s`, for each number of a parameter: %s\n"
                  .formatted(name, formulas.isEmpty() ? "nothing." : "")
                  .replace(": \n", ":\n"));
      default -> {
        if (isSchedule()) {
          page.append("The rate of `sgd(rate: %s)`, once a step:\n".formatted(application.call()));
        } else {
          applied();
        }
      }
    }
    if (!formulas.isEmpty()) {
      block(formulas.forward());
    }
  }

  private void applied() {
    Program checked = application.checked();
    String inputs =
        application.inputs().entrySet().stream()
            .map(input -> "`" + input.getKey() + ": " + input.getValue() + "`")
            .collect(Collectors.joining(" and "));
    String result = checked.outputs().get(0).shape().example().toString();
    page.append(
        "`%s = %s` of %s is `%s`. A batch has N examples.\n"
            .formatted(application.result(), application.call(), inputs, result));
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < checked.parameters().size(); i++) {
      Program.Parameter parameter = checked.parameters().get(i);
      Var weight = checked.weights().get(i);
      if (!parameter.path().equals(Application.FACTOR)) {
        rows.add(
            "| `%s` | `%s` | `%s` |"
                .formatted(parameter.path(), weight.shape(), parameter.formula()));
      }
    }
    if (!rows.isEmpty()) {
      page.append("\n| parameter | shape | first value |\n|---|---|---|\n");
      rows.forEach(row -> page.append(row).append('\n'));
    }
  }

  private void gradients() {
    if (!formulas.backward().isEmpty()) {
      page.append(
          "\n## Gradients\n\n`d%s`, the gradient of the loss with respect to `%s`, is given. Beside each"
                  .formatted(application.result(), application.result())
              + " equation are its shape and\nthe [rules](../ops.md) that it follows from.\n");
      block(formulas.backward());
    }
  }

  private void block(List<Line> lines) {
    page.append("\n```text\n%s```\n".formatted(Line.text(lines)));
  }

  private void variants() {
    Map<String, String> all = Options.switched(callable);
    Map<Map<String, String>, Formulas> variants = new LinkedHashMap<>();
    for (String option : all.keySet()) {
      Map<String, String> alone = Map.of(option, all.get(option));
      if (!differs(alone, variants)) {
        differs(Options.upTo(option, all), variants);
      }
    }
    variants.forEach(
        (options, variant) -> {
          page.append("\n## With `%s`\n\nWhat differs.".formatted(Options.text(options)));
          List<String> gone = variant.gone(formulas);
          if (!gone.isEmpty()) {
            page.append(
                " No longer there: %s."
                    .formatted(
                        gone.stream().map(LibraryPage::code).collect(Collectors.joining(", "))));
          }
          page.append('\n');
          Formulas changed = variant.without(formulas);
          for (List<Line> lines : List.of(changed.forward(), changed.backward())) {
            if (!lines.isEmpty()) {
              block(lines);
            }
          }
        });
  }

  /** Notes what an option changes, if it does. */
  private boolean differs(
      Map<String, String> options, Map<Map<String, String>, Formulas> variants) {
    Formulas variant = Formulas.of(Application.of(callable, options));
    boolean differs = !variant.without(formulas).isEmpty();
    if (differs) {
      variants.put(options, variant);
    }
    return differs;
  }

  /** The picture: of a function of one number, of what is drawn, of the way that is taken. */
  Optional<String> svg() {
    return switch (callable.kind()) {
      case INITIALIZER -> Optional.of(Spread.of(application).svg(name));
      case OPTIMIZER ->
          formulas.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  Valley.svg(
                      Valley.shown(name).stream().map(o -> Application.of(callable, o)).toList()));
      default ->
          isSchedule()
              ? Optional.of(Course.svg(Application.of(callable, Course.shown(name))))
              : Curve.of(callable).map(curve -> curve.svg(name));
    };
  }

  private void drawing() {
    if (svg().isEmpty()) {
      return;
    }
    String what =
        switch (callable.kind()) {
          case INITIALIZER ->
              "What it draws for the 2,400 numbers of `W: [60, 40]` with seed 1. "
                  + Spread.of(application).sentence();
          case OPTIMIZER -> ways();
          default ->
              isSchedule()
                  ? course()
                  : "The function and its derivative, both computed from the equations above.";
        };
    page.append("\n## Picture\n\n%s\n\n![%s](%s.svg)\n".formatted(what, name, name));
  }

  private boolean isSchedule() {
    return Application.isSchedule(callable);
  }

  private String course() {
    Application shown = Application.of(callable, Course.shown(name));
    return "A run of %s epochs with `%s`%s."
        .formatted(
            Course.EPOCHS,
            shown.call(),
            name.equals("on_plateau")
                ? " whose validation loss falls for %s epochs and is level then"
                    .formatted(Course.FALLING)
                : "");
  }

  private String ways() {
    List<String> keys = List.of("solid", "dashed", "dotted");
    List<Map<String, String>> shown = Valley.shown(name);
    List<String> ways = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      ways.add("`%s` (%s)".formatted(Options.text(shown.get(i)), keys.get(i)));
    }
    return "%s steps down the valley f = x² + 10 y² from (−3, 1), a dot after each: %s."
        .formatted(Valley.STEPS, String.join(", ", ways));
  }
}
