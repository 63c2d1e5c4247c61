package dev.peephole.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void writesObjectsOnOneLine() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", "epoch \"1\"\n");
    fields.put("epoch", 1);
    fields.put("loss", 0.1);
    fields.put("ok", true);
    assertThat(Json.object(fields))
        .isEqualTo("{\"event\":\"epoch \\\"1\\\"\\n\",\"epoch\":1,\"loss\":0.1,\"ok\":true}");
  }

  /** JDK 17 writes these with more digits than they need. */
  @Test
  void numbersHaveTheFewestDigitsOnEveryJdk() {
    assertThat(Json.array(List.of(2e23, 8.41e21, 4.9e-324, 2.0e-3)))
        .isEqualTo("[2.0E23,8.41E21,4.9E-324,0.002]");
    assertThat(Json.number(1.17549435E-38f)).isEqualTo("1.1754944E-38");
  }

  @Test
  void readsArraysBack() throws IOException {
    assertThat(Json.elements(Json.array(List.of("a,\"b", "", "ü"))))
        .containsExactly("a,\"b", "", "ü");
    assertThat(Json.elements("[1.5, -2]")).containsExactly("1.5", "-2");
    assertThat(Json.elements("[]")).isEmpty();
  }

  @Test
  void refusesWhatIsNoArray() {
    for (String text : List.of("", "{}", "[1", "[[1]]", "3")) {
      assertThatThrownBy(() -> Json.elements(text)).isInstanceOf(IOException.class);
    }
  }
}
