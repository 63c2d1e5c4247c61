package dev.peephole.runtime.train.report;

import dev.peephole.runtime.train.report.answer.Augmented;
import dev.peephole.runtime.train.report.answer.Exhibit;
import dev.peephole.runtime.train.report.chart.Drawing;
import dev.peephole.runtime.train.report.chart.Markup;
import dev.peephole.runtime.train.report.chart.Thumbnail;
import java.util.List;

/** What augmentation makes of a few inputs, a card each. */
record AugmentedSeen(List<Augmented> all) implements Drawing {

  /** The cards, if there is anything to look at. */
  List<Figure> figures() {
    List<Augmented> pictures =
        all.stream().filter(each -> each.before().picture().length > 0).toList();
    if (pictures.isEmpty()) {
      return List.of();
    }
    Augmented first = pictures.get(0);
    String finding =
        "First each input as it is in the data, behind it what it becomes in training: %s times anew."
            .formatted(first.after().size());
    return List.of(
        new Figure(
            "augmentation",
            "What training is shown",
            List.of(new AugmentedSeen(pictures)),
            finding,
            List.of(),
            true));
  }

  @Override
  public void drawTo(Markup page) {
    page.open("ol", "class", "cards");
    for (Augmented each : all) {
      String name = each.before().name();
      page.open("li").open("p", "class", "which");
      page.text("strong", "example " + each.number()).text(", " + name).close();
      page.open("div", "class", "strip");
      draw(page, "the input " + name, each.before());
      each.after().forEach(made -> draw(page, name + " in training", made));
      page.close().close();
    }
    page.close();
  }

  private static void draw(Markup page, String alternative, Exhibit exhibit) {
    new Thumbnail(alternative, exhibit.picture()).drawTo(page);
  }
}
