package dev.peephole.emit.java;

import com.palantir.javapoet.JavaFile;
import java.util.regex.Pattern;

/**
 * Takes out the empty lines that JavaPoet puts where a reader would rather see more at once:
 * between fields, and around comments of one line.
 */
final class Tidy {
  private static final Pattern SHORT_COMMENT =
      Pattern.compile("(?m)^( *)/\\*\\*\\n *\\* (.*)\\n *\\*/$");
  private static final Pattern BETWEEN_FIELDS =
      Pattern.compile(
          "(?m)^(  private .*;\\n)\\n"
              + "(?=(  /\\*\\* .* \\*/\\n)?  private ([^(\\n]*|final (Buffer|Arena) .*);)");
  private static final Pattern LEADING_BLANK = Pattern.compile("(\\{\\n)\\n+");
  private static final Pattern TRAILING_BLANK = Pattern.compile("\\n\\n+( *})");

  private Tidy() {}

  static String text(JavaFile file) {
    String text = SHORT_COMMENT.matcher(file.toString()).replaceAll("$1/** $2 */");
    text = BETWEEN_FIELDS.matcher(text).replaceAll("$1");
    text = LEADING_BLANK.matcher(text).replaceAll("$1");
    return TRAILING_BLANK.matcher(text).replaceAll("\n$1");
  }
}
