package dev.peephole.explain;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.DeltaType;
import dev.peephole.explain.Comparison.Stretch;
import dev.peephole.explain.Comparison.Text;
import dev.peephole.explain.Comparison.Titled;
import dev.peephole.explain.Trace.Code;
import dev.peephole.explain.Trace.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The model files and the generated code of two networks, line by line. */
final class TextComparison {
  private static final Pattern NO_PLACE = Pattern.compile("(?!)");

  private final Trace left;
  private final Map<Integer, Integer> leftRows;
  private final Trace right;
  private final Map<Integer, Integer> rightRows;

  /**
   * @param leftRows the row of each equation of the left network
   */
  TextComparison(
      Trace left, Map<Integer, Integer> leftRows, Trace right, Map<Integer, Integer> rightRows) {
    this.left = left;
    this.leftRows = leftRows;
    this.right = right;
    this.rightRows = rightRows;
  }

  List<Text> texts() {
    List<Text> texts = new ArrayList<>();
    Trace.Source one = left.sources().get(0);
    Trace.Source other = right.sources().get(0);
    texts.add(
        new Text(
            "model",
            new Titled(one.title(), said(left, leftRows)),
            new Titled(other.title(), said(right, rightRows)),
            stretches(one.text(), NO_PLACE, other.text(), NO_PLACE)));
    for (int i = 0; i < left.files().size(); i++) {
      Code file = left.files().get(i);
      Code beside = right.files().get(i);
      texts.add(
          new Text(
              file.target(),
              new Titled(file.file(), computed(file, leftRows)),
              new Titled(beside.file(), computed(beside, rightRows)),
              stretches(file.text(), places(left), beside.text(), places(right))));
    }
    return texts;
  }

  /** The lines of a model file, with the rows of what they say. */
  private static List<Piece> said(Trace trace, Map<Integer, Integer> rows) {
    Map<Integer, Set<Integer>> byLine = new TreeMap<>();
    for (int i = 0; i < trace.equations().size(); i++) {
      int row = rows.get(i);
      for (Trace.Place place : trace.equations().get(i).places()) {
        for (int line = place.line(); place.source() == 0 && line <= place.endLine(); line++) {
          byLine.computeIfAbsent(line, l -> new TreeSet<>()).add(row);
        }
      }
    }
    return byLine.entrySet().stream()
        .map(e -> new Piece(e.getKey(), e.getKey(), List.copyOf(e.getValue())))
        .toList();
  }

  private static List<Piece> computed(Code file, Map<Integer, Integer> rows) {
    return file.pieces().stream()
        .map(
            piece ->
                new Piece(
                    piece.from(), piece.to(), piece.equations().stream().map(rows::get).toList()))
        .toList();
  }

  /** Places in a network's model files, as comments of the generated code say them. */
  private static Pattern places(Trace trace) {
    return Pattern.compile(
        trace.sources().stream()
            .filter(source -> !source.library())
            .map(source -> Pattern.quote(source.file()) + "(:\\d+)?")
            .collect(Collectors.joining("|")));
  }

  /**
   * Lines that are the same, and what stands in place of one another, in turns. Where the model
   * says something is no difference.
   */
  private static List<Stretch> stretches(
      String one, Pattern onePlaces, String other, Pattern otherPlaces) {
    List<String> ones = one.lines().toList();
    List<String> others = other.lines().toList();
    List<Stretch> stretches = new ArrayList<>();
    for (AbstractDelta<String> delta :
        DiffUtils.diff(without(onePlaces, ones), without(otherPlaces, others), true).getDeltas()) {
      Chunk<String> source = delta.getSource();
      Chunk<String> target = delta.getTarget();
      stretches.add(
          new Stretch(
              delta.getType() == DeltaType.EQUAL,
              source.getPosition() + 1,
              lines(ones, source),
              target.getPosition() + 1,
              lines(others, target)));
    }
    return stretches;
  }

  private static List<String> without(Pattern places, List<String> lines) {
    return lines.stream().map(line -> places.matcher(line).replaceAll("")).toList();
  }

  private static List<String> lines(List<String> all, Chunk<String> chunk) {
    return List.copyOf(all.subList(chunk.getPosition(), chunk.getPosition() + chunk.size()));
  }
}
