package dev.peephole.diagnostic;

import dev.peephole.diagnostic.Renderer.Mark;
import dev.peephole.source.SourceFile;
import dev.peephole.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A line of source with the places on it underlined, and what to say about them: the words of the
 * rightmost place behind its underline, those of the others below, from right to left.
 */
final class MarkedLine {
  /** How many columns of a line are shown at most. */
  private static final int WIDTH = 100;

  private static final Comparator<Stretch> RIGHTMOST =
      Comparator.comparingInt(Stretch::end).thenComparingInt(Stretch::start);

  private final int number;
  private final String source;
  private final List<Stretch> stretches = new ArrayList<>();

  MarkedLine(SourceFile file, int number, List<Mark> marks) {
    this.number = number;
    SourceLine line = new SourceLine(file.lineText(number));
    for (Mark mark : marks) {
      stretches.add(stretch(mark, line));
    }
    int from = firstShown(line.width());
    this.source = line.part(from, from + WIDTH);
    stretches.replaceAll(stretch -> stretch.shifted(from));
  }

  /** Columns of the line as shown, the end not included. */
  private record Stretch(Mark mark, int start, int end) {
    Stretch shifted(int by) {
      int newStart = Math.min(Math.max(start - by, 0), WIDTH - 1);
      return new Stretch(mark, newStart, Math.min(Math.max(end - by, newStart + 1), WIDTH + 1));
    }
  }

  private static Stretch stretch(Mark mark, SourceLine line) {
    Span span = mark.span();
    int offset = span.column() - 1;
    int start = line.column(offset);
    int end = line.column(offset + span.end() - span.start());
    return new Stretch(mark, start, Math.max(end, start + 1));
  }

  /** The first column to show: 0, or one that has the places in the middle if the line is long. */
  private int firstShown(int width) {
    if (width <= WIDTH || stretches.isEmpty()) {
      return 0;
    }
    int start = stretches.stream().mapToInt(Stretch::start).min().orElseThrow();
    int end = stretches.stream().mapToInt(Stretch::end).max().orElseThrow();
    if (end - start > WIDTH - 2) {
      start = stretches.get(0).start();
      end = Math.min(stretches.get(0).end(), start + WIDTH - 2);
    }
    int centred = start - (WIDTH - (end - start)) / 2;
    return Math.max(0, Math.min(centred, width - WIDTH));
  }

  void write(Frame frame) {
    frame.line(number, source);
    if (stretches.isEmpty()) {
      return;
    }
    List<Stretch> labelled = new ArrayList<>(stretches);
    labelled.removeIf(stretch -> stretch.mark().text().isEmpty());
    labelled.sort(Comparator.comparingInt(Stretch::start).thenComparing(RIGHTMOST).reversed());
    Row row = underlines();
    Optional<Stretch> beside = beside();
    beside.ifPresent(
        stretch -> row.write(row.width() + 1, stretch.mark().text(), stretch.mark().ink()));
    beside.ifPresent(labelled::remove);
    frame.below(row);
    while (!labelled.isEmpty()) {
      frame.below(words(labelled));
      labelled.remove(0);
    }
  }

  /** The place whose words stand on the row of the underlines: the last, if it has any. */
  private Optional<Stretch> beside() {
    return stretches.stream().max(RIGHTMOST).filter(stretch -> !stretch.mark().text().isEmpty());
  }

  private Row underlines() {
    Row row = new Row();
    stretches.stream()
        .sorted(Comparator.comparing(stretch -> stretch.mark().primary()))
        .forEach(
            stretch -> {
              String line = stretch.mark().primary() ? "^" : "-";
              int length = stretch.end() - stretch.start();
              row.write(stretch.start(), line.repeat(length), stretch.mark().ink());
            });
    return row;
  }

  /** The words of the first place, below its start, and a line down to those still to come. */
  private static Row words(List<Stretch> labelled) {
    Row row = new Row();
    Stretch first = labelled.get(0);
    for (Stretch later : labelled) {
      if (later.start() < first.start()) {
        row.write(later.start(), "│", later.mark().ink());
      }
    }
    row.write(first.start(), first.mark().text(), first.mark().ink());
    return row;
  }
}
