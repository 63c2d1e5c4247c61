package dev.peephole.runtime.train.report.chart;

import java.util.List;

/**
 * A table of counts, the darker the more of its row are in a cell.
 *
 * @param title what the rows and columns are
 * @param names what both are called
 * @param counts row by row
 */
public record Matrix(String title, List<String> names, long[][] counts) implements Drawing {
  @Override
  public void drawTo(Markup page) {
    page.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", title);
    page.open("table", "class", "matrix", "aria-label", title);
    page.open("thead").open("tr").open("td").close();
    names.forEach(name -> page.text("th", Frame.cut(name, 14), "scope", "col"));
    page.close().close().open("tbody");
    for (int r = 0; r < names.size(); r++) {
      long all = 0;
      for (long count : counts[r]) {
        all += count;
      }
      page.open("tr").text("th", Frame.cut(names.get(r), 20), "scope", "row");
      for (int c = 0; c < names.size(); c++) {
        long level = all == 0 ? 0 : Math.round(8.0 * counts[r][c] / all);
        String kind =
            (r == c ? "right q" : "wrong q") + (counts[r][c] > 0 ? Math.max(1, level) : 0);
        page.text("td", counts[r][c] == 0 ? "·" : Long.toString(counts[r][c]), "class", kind);
      }
      page.close();
    }
    page.close().close().close();
    page.text("p", title + ".", "class", "note");
  }
}
