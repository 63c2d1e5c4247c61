package dev.peephole.emit.java.print;

import com.palantir.javapoet.CodeBlock;
import dev.peephole.loop.Code;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lets long expressions go on in the next line, at the outermost places that are enough for it. */
final class Wrapped {
  /** Shorter expressions stay together. */
  private static final int LONG = 70;

  /** A part of so many letters fits in no line, and is broken, too. */
  private static final int TOO_LONG = 88;

  private Wrapped() {}

  /** The expression as code that may be broken. */
  static CodeBlock code(Code expression) {
    CodeBlock.Builder code = CodeBlock.builder();
    int start = 0;
    for (Code.Break place : places(expression)) {
      String part = expression.text().substring(start, place.at());
      code.add(place.blank() ? "$L$W" : "$L$Z", part);
      start = place.next();
    }
    return code.add("$L", expression.text().substring(start)).build();
  }

  private static List<Code.Break> places(Code expression) {
    boolean isLong = expression.text().length() >= LONG;
    List<Code.Break> breaks =
        expression.breaks().stream().filter(b -> isLong || !b.blank()).toList();
    List<Code.Break> places = new ArrayList<>();
    choose(breaks, 0, expression.text().length(), places);
    places.sort(Comparator.comparingInt(Code.Break::at));
    return places;
  }

  /** The outermost breaks between two places, and those of parts that are still too long. */
  private static void choose(List<Code.Break> breaks, int from, int to, List<Code.Break> chosen) {
    List<Code.Break> inside = breaks.stream().filter(b -> b.at() > from && b.at() < to).toList();
    int least = inside.stream().mapToInt(Code.Break::depth).min().orElse(0);
    List<Code.Break> here = inside.stream().filter(b -> b.depth() == least).toList();
    chosen.addAll(here);
    int start = from;
    for (int i = 0; i <= here.size() && !here.isEmpty(); i++) {
      int end = i < here.size() ? here.get(i).at() : to;
      if (end - start > TOO_LONG) {
        choose(breaks, start, end, chosen);
      }
      start = end;
    }
  }
}
