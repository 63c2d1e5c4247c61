package dev.peephole.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of the documentation, and the blocks of code in it.
 *
 * @param path where it is
 * @param text its whole content
 */
public record Page(Path path, String text) {
  /** The project's own folder: the tests of a module run in the module's. */
  public static final Path ROOT = Path.of("..");

  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^(?<indent> *)```(?<info>[^\\n]*)\\n(?<code>.*?)^ *```$");

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /**
   * A block between fences.
   *
   * @param info what stands behind the opening fence, such as {@code nn wrong}
   * @param code the lines in it
   * @param line the line of the page that the code begins on
   */
  public record Block(String info, String code, int line) {
    @Override
    public String toString() {
      return info + ", line " + line;
    }
  }

  /** Reads a page by its path in the project, such as {@code docs/language.md}. */
  public static Page of(String path) {
    Path file = ROOT.resolve(path);
    try {
      return new Page(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      int line = (int) text.substring(0, matcher.start("code")).lines().count() + 1;
      blocks.add(new Block(matcher.group("info"), matcher.group("code"), line));
    }
    return blocks;
  }

  /** The blocks with this word behind their fence. */
  public List<Block> blocks(String info) {
    return blocks().stream().filter(block -> block.info().equals(info)).toList();
  }

  /** What a link to a heading ends in, by the rules of GitHub: lower case, with hyphens. */
  public static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  /** The anchors of all headings. */
  Set<String> anchors() {
    return HEADING
        .matcher(text)
        .results()
        .map(found -> anchor(found.group(1)))
        .collect(Collectors.toSet());
  }

  /** The parts of the page that begin with a heading of the second level, by their headings. */
  public Map<String, Page> chapters() {
    Map<String, Page> chapters = new LinkedHashMap<>();
    for (String chapter : text.split("(?m)^## ")) {
      int end = chapter.indexOf('\n');
      chapters.put(chapter.substring(0, end), new Page(path, chapter.substring(end)));
    }
    return chapters;
  }

  /** The text of the page with each block's code written anew. */
  String withBlocks(UnaryOperator<Block> change) {
    List<Block> blocks = blocks();
    int[] next = {0};
    return BLOCK
        .matcher(text)
        .replaceAll(
            (MatchResult found) -> {
              Block block = change.apply(blocks.get(next[0]++));
              String indent = found.group(1);
              return Matcher.quoteReplacement(
                  indent + "```" + block.info() + "\n" + block.code() + indent + "```");
            });
  }

  /** The page with what stands between two comments, {@code name} and {@code end}, replaced. */
  Page withSection(String name, String content) {
    String open = "<!-- " + name + " -->\n";
    int from = text.indexOf(open);
    int to = text.indexOf("<!-- end -->", from);
    if (from < 0 || to < 0) {
      throw new IllegalStateException(path + " has no section " + name);
    }
    String start = text.substring(0, from + open.length());
    return new Page(path, start + content + text.substring(to));
  }
}
