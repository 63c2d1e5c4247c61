package dev.peephole.explain;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import dev.peephole.explain.Comparison.Half;
import dev.peephole.explain.Comparison.Row;
import dev.peephole.explain.Trace.Equation;
import dev.peephole.explain.Trace.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Puts the equations and the code of two networks side by side. */
final class Compare {
  /** Elements of MathML that hold a text. */
  private static final Set<String> TEXTS = Set.of("mi", "mn", "mo", "mtext");

  private final Trace left;
  private final Trace right;
  private final Matching matching;
  private final List<Row> rows = new ArrayList<>();
  private final Map<Integer, Integer> leftRows = new HashMap<>();
  private final Map<Integer, Integer> rightRows = new HashMap<>();

  private Compare(Trace left, Trace right) {
    this.left = left;
    this.right = right;
    this.matching = new Matching(left, right);
  }

  static Comparison of(Trace left, Trace right) {
    Compare compare = new Compare(left, right);
    compare.equations();
    List<Value> values = new ArrayList<>(left.values());
    values.addAll(right.values());
    return new Comparison(
        side(left),
        side(right),
        values,
        List.copyOf(compare.rows),
        compare.partners(),
        new TextComparison(left, compare.leftRows, right, compare.rightRows).texts());
  }

  private static Comparison.Side side(Trace trace) {
    return new Comparison.Side(trace.sources().get(0).file(), trace.network());
  }

  /**
   * Those of the right network in their order, each behind what only the left one has before it.
   */
  private void equations() {
    int next = 0;
    for (int i = 0; i < right.equations().size(); i++) {
      Integer other = matching.left(i);
      if (other == null) {
        rightRows.put(i, add(right.equations().get(i), rightRows, List.of(), List.of(half(i))));
        continue;
      }
      next = leftUpTo(other, next);
      pair(other, i);
    }
    leftUpTo(left.equations().size(), next);
  }

  private int leftUpTo(int end, int from) {
    for (int i = from; i < end; i++) {
      if (matching.right(i) == null) {
        Equation equation = left.equations().get(i);
        Half half = half(left, equation, equation.formula());
        leftRows.put(i, add(equation, leftRows, List.of(half), List.of()));
      }
    }
    return Math.max(from, end);
  }

  private Half half(int rightNumber) {
    Equation equation = right.equations().get(rightNumber);
    return half(right, equation, behind(equation.formula()));
  }

  private int add(Equation of, Map<Integer, Integer> loops, List<Half> one, List<Half> other) {
    rows.add(new Row(of.part(), loops.getOrDefault(of.loop(), -1), false, one, other));
    return rows.size() - 1;
  }

  private void pair(int leftNumber, int rightNumber) {
    Equation one = left.equations().get(leftNumber);
    Equation other = right.equations().get(rightNumber);
    List<Object> ones = leaves(matching.left(one.formula()));
    List<Object> others = leaves(matching.right(other.formula()));
    Set<Integer> onlyLeft = new HashSet<>();
    Set<Integer> onlyRight = new HashSet<>();
    for (AbstractDelta<Object> delta : DiffUtils.diff(ones, others).getDeltas()) {
      onlyLeft.addAll(places(delta.getSource()));
      onlyRight.addAll(places(delta.getTarget()));
    }
    Half leftHalf = half(left, one, marked(one.formula(), onlyLeft));
    Half rightHalf = half(right, other, behind(marked(other.formula(), onlyRight)));
    boolean same =
        ones.equals(others)
            && leftHalf.shape().equals(rightHalf.shape())
            && (one.value() >= 0 || leftHalf.text().equals(rightHalf.text()));
    int loop = rightRows.getOrDefault(other.loop(), -1);
    rows.add(new Row(other.part(), loop, same, List.of(leftHalf), List.of(rightHalf)));
    leftRows.put(leftNumber, rows.size() - 1);
    rightRows.put(rightNumber, rows.size() - 1);
  }

  private static Set<Integer> places(Chunk<Object> chunk) {
    Set<Integer> places = new HashSet<>();
    for (int i = 0; i < chunk.size(); i++) {
      places.add(chunk.getPosition() + i);
    }
    return places;
  }

  private static Half half(Trace trace, Equation equation, List<Object> formula) {
    boolean recurrence = equation.value() < 0;
    return new Half(
        equation.id(),
        formula,
        recurrence ? Recurrences.said(trace, equation) : equation.text(),
        recurrence ? "" : trace.values().get(equation.value()).shape(),
        equation.reasons());
  }

  /** A right formula with the numbers that its values have behind the left ones. */
  private List<Object> behind(List<Object> tree) {
    List<Object> moved = new ArrayList<>();
    for (Object part : tree) {
      if (part instanceof Integer number) {
        moved.add(left.values().size() + number);
      } else {
        moved.add(part instanceof List<?> list ? behind(List.<Object>copyOf(list)) : part);
      }
    }
    return moved;
  }

  private static boolean isLeaf(Object tree) {
    return !(tree instanceof List<?> list) || !list.isEmpty() && TEXTS.contains(list.get(0));
  }

  /** The signs and names of a formula, from left to right. */
  private static List<Object> leaves(Object tree) {
    if (isLeaf(tree)) {
      return List.of(tree);
    }
    List<Object> leaves = new ArrayList<>();
    List<?> list = (List<?>) tree;
    list.subList(Math.min(1, list.size()), list.size())
        .forEach(part -> leaves.addAll(leaves(part)));
    return leaves;
  }

  /** A formula in which some of its leaves are marked. */
  private static List<Object> marked(List<Object> formula, Set<Integer> places) {
    return formula.isEmpty() ? formula : asList(marked(formula, places, new int[1]));
  }

  private static Object marked(Object tree, Set<Integer> places, int[] next) {
    if (isLeaf(tree)) {
      return places.contains(next[0]++) ? List.of("mark", tree) : tree;
    }
    List<?> list = (List<?>) tree;
    List<Object> marked = new ArrayList<>(list.subList(0, 1));
    list.subList(1, list.size()).forEach(part -> marked.add(marked(part, places, next)));
    return marked;
  }

  private static List<Object> asList(Object tree) {
    return List.copyOf((List<?>) tree);
  }

  /** For each row those that belong to it. */
  private List<List<Integer>> partners() {
    List<Set<Integer>> partners = new ArrayList<>();
    rows.forEach(row -> partners.add(new TreeSet<>()));
    addPartners(left, leftRows, partners);
    addPartners(right, rightRows, partners);
    return partners.stream().map(List::copyOf).toList();
  }

  private static void addPartners(
      Trace trace, Map<Integer, Integer> rows, List<Set<Integer>> partners) {
    rows.forEach(
        (equation, row) ->
            trace
                .equations()
                .get(equation)
                .partners()
                .forEach(partner -> partners.get(row).add(rows.get(partner))));
  }
}
