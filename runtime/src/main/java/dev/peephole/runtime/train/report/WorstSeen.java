package dev.peephole.runtime.train.report;

import dev.peephole.runtime.train.report.answer.Exhibit;
import dev.peephole.runtime.train.report.answer.Worst;
import dev.peephole.runtime.train.report.chart.Drawing;
import dev.peephole.runtime.train.report.chart.Markup;
import dev.peephole.runtime.train.report.chart.Thumbnail;
import dev.peephole.runtime.train.report.record.Table;
import java.util.List;

/**
 * The examples that a network does worst with, one card each.
 *
 * @param mistaken how many of the examples have a wrong answer
 * @param examples how many were answered
 * @param computed for how many of them, or of those with a wrong answer, the loss is known
 */
record WorstSeen(List<Worst> worst, String part, int mistaken, int examples, int computed)
    implements Drawing {

  /** The cards, if there are any examples. */
  Figure figure() {
    return new Figure(
        "worst", "The worst examples", List.of(this), finding(), List.of(table().file()), true);
  }

  private String finding() {
    Worst first = worst.get(0);
    String which =
        mistaken == 0
            ? "Of %s of the %s part these have the greatest loss."
                .formatted(Words.count(computed, "example"), part)
            : "Of the %s looked at in the %s part, %s; these have the greatest loss of %s."
                .formatted(
                    Words.count(examples, "example"),
                    part,
                    mistaken == 1 ? "1 has a wrong answer" : mistaken + " have wrong answers",
                    computed == mistaken ? "them" : computed + " of them");
    return which
        + " That of example %s is %s.".formatted(first.number(), Words.number(first.loss()));
  }

  /** The same, a row an example and target. */
  Table table() {
    Table table = new Table("worst", "example", "loss", "target", "wanted", "answered");
    for (Worst each : worst) {
      for (Worst.Reply reply : each.replies()) {
        table.add(each.number(), each.loss(), reply.target(), reply.wanted(), reply.given());
      }
    }
    return table;
  }

  @Override
  public void drawTo(Markup page) {
    page.open("ol", "class", "cards");
    for (Worst each : worst) {
      page.open("li");
      page.open("p", "class", "which").text("strong", "example " + each.number());
      page.text(", loss " + Words.number(each.loss())).close();
      each.inputs().forEach(exhibit -> show(page, exhibit));
      page.open("dl");
      each.replies().forEach(reply -> show(page, reply));
      page.close().close();
    }
    page.close();
  }

  private static void show(Markup page, Exhibit exhibit) {
    if (exhibit.picture().length > 0) {
      new Thumbnail("the input " + exhibit.name(), exhibit.picture()).drawTo(page);
    } else {
      page.text("p", exhibit.text(), "class", "exhibit");
    }
  }

  private static void show(Markup page, Worst.Reply reply) {
    page.text("dt", reply.target()).text("dd", reply.wanted());
    String probability =
        Double.isNaN(reply.probability())
            ? ""
            : " (gave the right one " + Words.number(reply.probability()) + ")";
    String wrong =
        reply.all() > 1 && reply.wrong() > 0
            ? " (%s of %s wrong)".formatted(reply.wrong(), reply.all())
            : "";
    page.text("dt", "said").text("dd", reply.given() + probability + wrong);
  }
}
