package dev.peephole.explain;

import dev.peephole.check.scope.Library;
import dev.peephole.explain.Trace.Place;
import dev.peephole.explain.Trace.Source;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Program;
import dev.peephole.source.SourceFile;
import dev.peephole.source.Span;
import dev.peephole.syntax.Declaration.Callable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The texts that a network comes from: the model files, and of the library the declarations that it
 * applies, each of which becomes a source of its own when a place in it is first asked for.
 */
final class Places {
  private final Library library = new Library();
  private final List<Source> sources = new ArrayList<>();
  private final List<SourceFile> files = new ArrayList<>();

  Places(SourceFile main, List<SourceFile> imports) {
    add(main);
    imports.forEach(this::add);
  }

  private void add(SourceFile file) {
    files.add(file);
    sources.add(new Source(file.shortName(), file.shortName(), false, 1, file.text()));
  }

  /** What was asked for, the model file first. */
  List<Source> sources() {
    return List.copyOf(sources);
  }

  /**
   * Where the model and the library say some equations; what lies within another is left out, and
   * what goes on for lines around others, such as a whole cell.
   */
  List<Place> of(Collection<Origin.Written> equations) {
    Set<Span> spans = new LinkedHashSet<>();
    equations.forEach(written -> spans.add(written.model()));
    equations.forEach(written -> written.library().ifPresent(spans::add));
    spans.removeIf(span -> goesOn(span) && spans.stream().anyMatch(o -> isWithin(o, span)));
    return spans.stream()
        .filter(span -> spans.stream().noneMatch(other -> isWithin(span, other)))
        .map(this::place)
        .toList();
  }

  /** Makes sources of the initializers of a network and of its optimizer. */
  void mention(Program checked) {
    Stream.concat(
            Stream.of(checked.parameters(), checked.states())
                .flatMap(List::stream)
                .map(Program.Parameter::initializer),
            checked.groups().stream().flatMap(group -> group.optimizer().functions().stream()))
        .flatMap(function -> function.equations().stream())
        .flatMap(equation -> equation.origin().written().stream())
        .forEach(written -> place(written.expression()));
  }

  private static boolean goesOn(Span span) {
    return span.file().line(span.end()) > span.line();
  }

  /** The same of what goes on for lines, of which the first is enough. */
  List<Place> beginnings(Collection<Origin.Written> equations) {
    return of(equations).stream()
        .map(
            place ->
                place.line() == place.endLine()
                    ? place
                    : new Place(
                        place.source(),
                        place.line(),
                        place.column(),
                        place.line(),
                        place.column() + 1))
        .toList();
  }

  private static boolean isWithin(Span span, Span other) {
    return span.file() == other.file()
        && span.start() >= other.start()
        && span.end() <= other.end()
        && span.end() - span.start() < other.end() - other.start();
  }

  /** A place, in the source that it lies in. */
  Place place(Span span) {
    int source = files.indexOf(span.file());
    SourceFile file = span.file();
    return new Place(
        source >= 0 ? source : declaration(span),
        span.line(),
        span.column(),
        file.line(span.end()),
        file.column(span.end()));
  }

  /** The declaration of the library that a place lies in, as a source. */
  private int declaration(Span span) {
    for (int i = 0; i < sources.size(); i++) {
      Source known = sources.get(i);
      long lines = known.text().lines().count();
      boolean inside = span.line() >= known.firstLine() && span.line() < known.firstLine() + lines;
      if (known.library() && known.file().equals(span.file().name()) && inside) {
        return i;
      }
    }
    Callable callable =
        library
            .around(span)
            .orElseThrow(
                () -> new IllegalStateException("in no declaration of the library: " + span));
    sources.add(source(callable));
    return sources.size() - 1;
  }

  /** With the documentation above it. */
  private static Source source(Callable callable) {
    String title = callable.kind() + " " + callable.name().name();
    int first = callable.span().line() - callable.doc().size();
    return new Source(callable.span().file().name(), title, true, first, callable.source());
  }
}
