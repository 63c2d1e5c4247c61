package dev.peephole.explain;

import dev.peephole.explain.Trace.Equation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which equation of one network is meant to be the same as which of another: the one with its id;
 * of what is left, the one that says the same of values that belong together.
 */
final class Matching {
  private final Trace left;
  private final Trace right;
  private final Map<Integer, Integer> rights = new HashMap<>();
  private final Map<Integer, Integer> lefts = new HashMap<>();

  Matching(Trace left, Trace right) {
    this.left = left;
    this.right = right;
    Map<String, Integer> byId = new HashMap<>();
    for (int i = 0; i < right.equations().size(); i++) {
      byId.put(right.equations().get(i).id(), i);
    }
    for (int i = 0; i < left.equations().size(); i++) {
      Integer same = byId.get(left.equations().get(i).id());
      if (same != null && isAlike(i, same)) {
        match(i, same);
      }
    }
    for (int i = 0; i < left.equations().size(); i++) {
      if (!rights.containsKey(i)) {
        sayingTheSame(i);
      }
    }
  }

  private void match(int leftNumber, int rightNumber) {
    rights.put(leftNumber, rightNumber);
    lefts.put(rightNumber, leftNumber);
  }

  /** Whether both are computed at the same time, in recurrences that belong together. */
  private boolean isAlike(int leftNumber, int rightNumber) {
    Equation one = left.equations().get(leftNumber);
    Equation other = right.equations().get(rightNumber);
    return one.part().equals(other.part())
        && (one.value() < 0) == (other.value() < 0)
        && (one.loop() < 0
            ? other.loop() < 0
            : Objects.equals(rights.get(one.loop()), other.loop()));
  }

  private void sayingTheSame(int leftNumber) {
    Object said = left(rightSide(left.equations().get(leftNumber)));
    for (int i = 0; i < right.equations().size(); i++) {
      Object other = right(rightSide(right.equations().get(i)));
      if (!lefts.containsKey(i) && isAlike(leftNumber, i) && said.equals(other)) {
        match(leftNumber, i);
        return;
      }
    }
  }

  /** What an equation says of its value, without the value itself. */
  private static List<Object> rightSide(Equation equation) {
    List<Object> formula = equation.formula();
    return formula.isEmpty() ? formula : formula.subList(2, formula.size());
  }

  /** The right equation that belongs to a left one; {@code null} if none does. */
  Integer right(int leftNumber) {
    return rights.get(leftNumber);
  }

  /** The left equation that belongs to a right one; {@code null} if none does. */
  Integer left(int rightNumber) {
    return lefts.get(rightNumber);
  }

  /** A left formula as the right network would name its values. */
  Object left(Object tree) {
    return named(tree, this::leftName);
  }

  /** A right formula with the names of its values. */
  Object right(Object tree) {
    return named(tree, number -> right.values().get(number).name());
  }

  private String leftName(int number) {
    Trace.Value value = left.values().get(number);
    Integer equation = value.equation() < 0 ? null : rights.get(value.equation());
    boolean computed = equation != null && left.equations().get(value.equation()).value() == number;
    return computed
        ? right.values().get(right.equations().get(equation).value()).name()
        : value.name();
  }

  private static Object named(Object tree, java.util.function.IntFunction<String> names) {
    if (tree instanceof Integer number) {
      return "value " + names.apply(number);
    } else if (tree instanceof List<?> list) {
      List<Object> named = new ArrayList<>();
      list.forEach(part -> named.add(named(part, names)));
      return named;
    }
    return tree;
  }
}
