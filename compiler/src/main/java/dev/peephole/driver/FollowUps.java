package dev.peephole.driver;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells errors in their own right from those that there are only because a statement or a file with
 * another error was left out.
 */
final class FollowUps {
  /** What the checker finds in a statement itself, whatever else there is. */
  private static final Set<Code> ALWAYS_OWN =
      EnumSet.of(Code.SHAPE, Code.OPTION, Code.DUPLICATE, Code.RECURSION);

  /** A line that declares a name: {@code h =}, {@code param W, b:}, {@code layer dense(}. */
  private static final String DECLARATION =
      "(?m)^ *(?:\\p{L}+ +)?(?:%1$s *, *)*%2$s(?: *, *%1$s)* *[=:]"
          + "|^ *(?!loss|output|return)\\p{L}+ +%2$s *\\(";

  private static final String WORD = "[\\p{L}\\p{N}_]+";

  private final List<Diagnostic> first;

  /**
   * @param first the errors because of which something was left out
   */
  FollowUps(List<Diagnostic> first) {
    this.first = first;
  }

  /** Whether a later error would be there without the first ones. */
  boolean isOwn(Diagnostic error) {
    if (ALWAYS_OWN.contains(error.code())) {
      return true;
    }
    return error.code() == Code.NAME && first.stream().noneMatch(f -> mayDeclare(f, error));
  }

  /** Whether what was left out because of an error may have declared a name that is missing. */
  private static boolean mayDeclare(Diagnostic leftOut, Diagnostic missing) {
    if (leftOut.code() == Code.IMPORT) {
      return true;
    }
    String name = Pattern.quote(missing.span().text());
    String line = leftOut.span().file().lineText(leftOut.span().line());
    return Pattern.compile("(?U)\\b" + name + "\\b").matcher(line).find()
        || Pattern.compile(DECLARATION.formatted(WORD, name))
            .matcher(leftOut.span().file().text())
            .find();
  }
}
