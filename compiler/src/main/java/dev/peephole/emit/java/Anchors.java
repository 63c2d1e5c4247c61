package dev.peephole.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.peephole.loop.Printed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Marks code while it is written. JavaPoet does not say on which line a statement comes to stand,
 * so a line of its own before and behind the statements says where they come from; these lines are
 * taken out when the text is whole.
 */
final class Anchors {
  /** A character for private use, which no model and no Java has. */
  private static final String ANCHOR = "\uE000";

  private final List<Printed.Mark> marks = new ArrayList<>();

  /** The code with anchors around it. */
  CodeBlock around(Printed.Mark mark, CodeBlock code) {
    String anchor = ANCHOR + marks.size();
    marks.add(mark);
    return CodeBlock.builder().add("$L\n", anchor).add(code).add("$L\n", anchor).build();
  }

  /** The text without the anchors, and the lines that stood between them. */
  Printed printed(String anchored) {
    StringBuilder text = new StringBuilder();
    List<Printed.Piece> pieces = new ArrayList<>();
    Map<Integer, Integer> begun = new HashMap<>();
    int lines = 0;
    for (String line : anchored.split("\n", -1)) {
      String anchor = line.strip();
      if (anchor.startsWith(ANCHOR)) {
        int number = Integer.parseInt(anchor.substring(ANCHOR.length()));
        Integer from = begun.remove(number);
        if (from == null) {
          begun.put(number, lines + 1);
        } else if (from <= lines) {
          pieces.add(new Printed.Piece(marks.get(number), from, lines));
        }
      } else {
        text.append(lines == 0 ? "" : "\n").append(line);
        lines++;
      }
    }
    return new Printed(text.toString(), pieces);
  }
}
