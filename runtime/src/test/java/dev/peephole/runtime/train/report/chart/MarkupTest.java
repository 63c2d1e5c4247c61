package dev.peephole.runtime.train.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkupTest {
  @Test
  void textNeverBecomesMarkup() {
    Markup page = new Markup();
    page.open("p", "title", "\"><script>alert(1)</script>").text("<b>&amp; \u0007").close();
    assertThat(page)
        .hasToString(
            "<!doctype html>\n"
                + "<p title=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">"
                + "&lt;b&gt;&amp;amp; \uFFFD</p>\n");
  }

  @Test
  void coordinatesHaveATenthOfAPixel() {
    assertThat(Markup.number(12)).isEqualTo("12");
    assertThat(Markup.number(12.04)).isEqualTo("12");
    assertThat(Markup.number(-0.25)).isEqualTo("-0.2");
  }

  @Test
  void insistsOnEnds() {
    Markup page = new Markup().open("p");
    assertThatThrownBy(page::toString).hasMessage("p has no end");
  }
}
