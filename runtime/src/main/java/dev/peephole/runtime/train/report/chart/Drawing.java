package dev.peephole.runtime.train.report.chart;

/** Something that a page shows: a chart, a table. */
public interface Drawing {

  /** Writes itself. */
  void drawTo(Markup page);
}
