package dev.peephole.runtime.train.report;

import dev.peephole.runtime.train.report.chart.Drawing;
import java.util.List;

/**
 * One thing that a report shows.
 *
 * @param id its address in the page
 * @param drawings at least one
 * @param finding what is seen in this run, in a sentence or two
 * @param files the tables that it is drawn from
 * @param wide whether it takes the whole width of a page
 */
record Figure(
    String id,
    String title,
    List<Drawing> drawings,
    String finding,
    List<String> files,
    boolean wide) {
  Figure {
    drawings = List.copyOf(drawings);
    files = List.copyOf(files);
  }

  Figure(String id, String title, Drawing drawing, String finding, String file) {
    this(id, title, List.of(drawing), finding, List.of(file), false);
  }
}
