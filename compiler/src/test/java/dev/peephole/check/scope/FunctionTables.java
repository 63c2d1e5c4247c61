package dev.peephole.check.scope;

import dev.peephole.source.SourceFile;
import dev.peephole.syntax.Declaration.Callable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The functions of the language and the declarations of the library, as tables in Markdown. */
public final class FunctionTables {
  private static final Pattern SIGNATURE =
      Pattern.compile("^\\w+ +(?<signature>.+?\\)) *(=|\\{)", Pattern.DOTALL);

  private FunctionTables() {}

  /** A row a function of the language; those with one meaning share a row. */
  public static String primitives() {
    Map<String, String> forms = new LinkedHashMap<>();
    Primitives.all()
        .values()
        .forEach(p -> forms.merge(p.meaning(), forms(p.signature()), (a, b) -> a + ", " + b));
    return "| function | gives |\n|---|---|\n"
        + forms.entrySet().stream()
            .map(e -> "| %s | %s |\n".formatted(e.getValue(), e.getKey()))
            .collect(Collectors.joining());
  }

  /** {@code max(x) max(a, b)} as two pieces of code. */
  private static String forms(String signature) {
    return Pattern.compile(" {2,}")
        .splitAsStream(signature)
        .map(form -> "`" + form + "`")
        .collect(Collectors.joining(", "));
  }

  /** A table a file of the library. */
  public static String library() {
    Library library = new Library();
    Map<SourceFile, List<String>> rows = new LinkedHashMap<>();
    for (String name : library.names()) {
      Optional<Callable> found = library.find(name);
      Callable declared = found.orElseThrow();
      rows.computeIfAbsent(declared.span().file(), file -> new ArrayList<>())
          .add(
              "| %s | `%s` | %s |"
                  .formatted(
                      declared.kind(),
                      signature(declared),
                      String.join(" ", declared.doc()).strip()));
    }
    return rows.entrySet().stream()
        .map(
            file ->
                "**%s**\n\n| | | |\n|---|---|---|\n%s\n"
                    .formatted(file.getKey().name(), String.join("\n", file.getValue())))
        .collect(Collectors.joining("\n"));
  }

  private static String signature(Callable callable) {
    Matcher matcher = SIGNATURE.matcher(callable.span().text());
    if (!matcher.find()) {
      throw new IllegalStateException(callable.span().text());
    }
    return matcher.group("signature").replaceAll("\\s+", " ");
  }
}
