package dev.peephole.docs.library;

import dev.peephole.check.scope.Library;
import dev.peephole.source.SourceFile;
import dev.peephole.syntax.Declaration.Callable;

/** The first page: all declarations, by the file that they are in. */
final class LibraryIndex {
  private static final String HEAD =
      """
      # The standard library

      What ships with the compiler is written in the language that you write in: read it, copy it,
      change it. `nnc std NAME` prints a declaration. Each page has the source, what it takes, the
      equations that the compiler makes of a small application and of its gradients, and a picture
      where there is a function of one number, a distribution or a way to be seen. The pages are
      generated from the declarations; a test fails when they are out of date, and
      `./mvnw -pl compiler -am test -Dtest=LibraryPagesTest -Dsurefire.failIfNoSpecifiedTests=false
      -Dgolden.rewrite=true` writes them anew. What is built into the language itself, such as
      `tanh`, `sigmoid` and `relu`, is on the page of the [ops](../ops.md).
      """;

  private LibraryIndex() {}

  static String text(Library library) {
    StringBuilder page = new StringBuilder(HEAD);
    SourceFile file = null;
    for (String name : library.names()) {
      Callable callable = library.find(name).orElseThrow();
      if (callable.span().file() != file) {
        file = callable.span().file();
        page.append("\n## %s\n\n| | | |\n|---|---|---|\n".formatted(file.name()));
      }
      page.append(
          "| [%s](%s.md) | %s | %s |\n"
              .formatted(name, name, callable.kind(), LibraryPage.doc(callable)));
    }
    return page.toString();
  }
}
