package dev.peephole.docs.library;

import dev.peephole.check.scope.Library;
import dev.peephole.docs.Page;
import dev.peephole.driver.Network;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Program;
import dev.peephole.ir.Scan;
import dev.peephole.proof.Texts;
import dev.peephole.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which declarations of the library samples and tutorial apply: those that their equations stand
 * in.
 */
final class UsedIn {
  private final Library library = new Library();
  private final Map<String, Set<String>> links = new HashMap<>();

  private UsedIn() {}

  /** For each name, links to what applies it, as the pages of the library write them. */
  static UsedIn samplesAndTutorial() {
    UsedIn all = new UsedIn();
    for (Path file : Texts.samples()) {
      String path = Page.ROOT.relativize(file).toString();
      all.add(Texts.network(file), "[%s](../../%s)".formatted(file.getFileName(), path));
    }
    Page tutorial = Page.of("docs/tutorial.md");
    tutorial
        .chapters()
        .forEach(
            (heading, chapter) -> {
              String link =
                  "the tutorial, [%s](../tutorial.md#%s)".formatted(heading, Page.anchor(heading));
              chapter.blocks("nn").forEach(block -> all.add(Texts.network(block.code()), link));
            });
    return all;
  }

  private void add(Network network, String link) {
    Program program = network.checked();
    Set<Span> places = new LinkedHashSet<>();
    collect(program.step(), places);
    program.parameters().forEach(parameter -> collect(parameter.initializer(), places));
    program.groups().stream()
        .flatMap(group -> group.optimizer().functions().stream())
        .forEach(function -> collect(function, places));
    for (String name : library.names()) {
      Span whole = library.find(name).orElseThrow().span();
      if (places.stream().anyMatch(place -> isWithin(place, whole))) {
        links.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(link);
      }
    }
  }

  private static void collect(Function function, Set<Span> places) {
    for (Equation e : function.equations()) {
      for (Origin.Written written : e.origin().written()) {
        Stream.concat(written.library().stream(), Stream.of(written.model())).forEach(places::add);
      }
      if (e.op() instanceof Scan scan) {
        collect(scan.step(), places);
      }
    }
  }

  /** Each compilation reads the files of the library anew. */
  private static boolean isWithin(Span place, Span whole) {
    return place.file().name().equals(whole.file().name())
        && place.start() >= whole.start()
        && place.end() <= whole.end();
  }

  List<String> of(String name) {
    return new ArrayList<>(links.getOrDefault(name, Set.of()));
  }
}
