package dev.peephole.check.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.source.SourceFile;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Parser;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the language's page and messages show of clauses can be written. */
class ClausesTest {

  static Stream<String> examples() {
    return Clauses.all().stream().flatMap(clause -> clause.form().examples().stream());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isReadAsTheClauseThatItBelongsTo(String example) {
    Diagnostics errors = new Diagnostics();
    SourceFile file = new SourceFile("a.nn", "train A {\n  " + example + "\n}\n");
    List<Declaration> plan = Parser.parse(file, Clauses.forms(), errors).declarations();
    assertThat(errors.errors()).isEmpty();
    assertThat(((Declaration.Train) plan.get(0)).clauses())
        .singleElement()
        .satisfies(clause -> assertThat(clause.form().examples()).contains(example));
  }
}
