package dev.peephole.emit.java.print;

import com.palantir.javapoet.JavaFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lays out lines of Java: without the empty ones that JavaPoet puts where a reader would rather see
 * more at once, between fields and within braces, and comments of one line in one line. It reads
 * text, which is all that JavaPoet gives, and changes its layout alone.
 */
public final class Tidy {
  private final List<String> given;
  private final Set<Integer> fields;
  private final List<String> lines = new ArrayList<>();
  private final int[] numbers;
  private boolean afterField;

  /**
   * @param fields the numbers of the lines that declare fields, counted from 1
   */
  Tidy(List<String> given, Set<Integer> fields) {
    this.given = given;
    this.fields = fields;
    this.numbers = new int[given.size() + 1];
    for (int i = 0; i < given.size(); i++) {
      i = isShortComment(i) ? comment(i) : line(i);
    }
  }

  /** The text of a file whose fields, if it has any, stay apart. */
  public static String text(JavaFile file) {
    return new Tidy(List.of(file.toString().split("\n", -1)), Set.of()).text();
  }

  String text() {
    return String.join("\n", lines);
  }

  /** The number that a line has now, or the line before it if it is left out. */
  int number(int line) {
    return numbers[line];
  }

  private int line(int i) {
    String line = given.get(i);
    if (!line.isEmpty() || isWanted(i)) {
      lines.add(line);
    }
    numbers[i + 1] = lines.size();
    afterField = fields.contains(i + 1) || line.isEmpty() && afterField;
    return i;
  }

  /** Whether an empty line is of use to readers. */
  private boolean isWanted(int i) {
    if (i == given.size() - 1 || lines.isEmpty()) {
      return true;
    }
    int next = i + 1;
    while (next < given.size() - 1 && given.get(next).isEmpty()) {
      next++;
    }
    boolean begins = lines.get(lines.size() - 1).endsWith("{");
    boolean ends = given.get(next).strip().startsWith("}");
    int declared = isShortComment(next) ? next + 3 : next;
    return !begins && !ends && !(afterField && fields.contains(declared + 1));
  }

  /** Whether a comment begins that is three lines long, of which two say nothing. */
  private boolean isShortComment(int i) {
    return i + 2 < given.size()
        && given.get(i).strip().equals("/**")
        && given.get(i + 2).strip().equals("*/");
  }

  private int comment(int i) {
    String begin = given.get(i);
    lines.add(begin + given.get(i + 1).strip().substring(1) + " */");
    for (int each = i; each < i + 3; each++) {
      numbers[each + 1] = lines.size();
    }
    afterField = false;
    return i + 2;
  }
}
