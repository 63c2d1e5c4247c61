package dev.peephole.explain;

import java.util.List;

/**
 * All that a page shows of a network, as data: the files, the values, the equations with their
 * places and gradients, and the generated code. Numbers in the lists are places in other lists;
 * whatever has an address in the page has an id, which stays while the model does.
 *
 * @param network what the model file calls it
 * @param doc its documentation
 * @param sources the model files, and the declarations of the library that it uses
 * @param values everything that equations name
 * @param equations in the order computed, those of a recurrence behind it
 * @param files the generated code
 */
public record Trace(
    String network,
    String doc,
    List<Source> sources,
    List<Value> values,
    List<Equation> equations,
    List<Code> files) {

  /**
   * A text that the model comes from.
   *
   * @param file what messages call the file
   * @param title what it is: the file, or {@code cell lstm}
   * @param library whether it stands in the library
   * @param firstLine the number of its first line in the file
   */
  public record Source(String file, String title, boolean library, int firstLine, String text) {}

  /**
   * A place in a source: lines and columns counted from 1, as in the file; the last column is not
   * part of it.
   */
  public record Place(int source, int line, int column, int endLine, int endColumn) {}

  /** What a value is to the network. */
  public enum Role {
    INPUT,
    TARGET,
    PARAMETER,
    /** How long examples are, and which of them go on. */
    GIVEN,
    /** A value of the forward pass. */
    VALUE,
    /** A value of the backward pass. */
    GRADIENT
  }

  /**
   * A value.
   *
   * @param shape {@code [N, 8]}
   * @param note what else there is to say of it, such as the path of a parameter
   * @param equation the equation that computes it, −1 if none does
   */
  public record Value(String name, String shape, Role role, String note, int equation) {}

  /**
   * An equation, or a recurrence whose equations follow.
   *
   * @param id its address, {@code lstm.i}
   * @param part when it is computed: {@code forward}, {@code outputs}, {@code loss}, {@code
   *     backward}
   * @param loop the recurrence that it stands in, −1 if none
   * @param formula in MathML, as {@link MathMl} writes it; empty of a recurrence
   * @param text the same as text
   * @param value what it computes
   * @param places where the model says so, the user's files first
   * @param reads the values that it names
   * @param partners of a forward equation those that compute its gradients, of a backward equation
   *     those that it is derived from
   * @param gradientOf the values that it computes the whole gradient of
   * @param shares the steps of the chain rule
   * @param reasons what a reader may ask of it, answered in sentences
   */
  public record Equation(
      String id,
      String part,
      int loop,
      List<Object> formula,
      String text,
      int value,
      List<Place> places,
      List<Integer> reads,
      List<Integer> partners,
      List<Integer> gradientOf,
      List<Share> shares,
      List<String> reasons) {}

  /**
   * What an op hands on to one of its inputs: y = f(a, b), and the gradient of a from that of y.
   *
   * @param equation the forward equation that the op stands in, −1 if none is left
   * @param op what it is called
   * @param forward y = f(a, b) in MathML
   * @param gradient da = … in MathML; empty if it cannot be said by itself
   */
  public record Share(int equation, String op, List<Object> forward, List<Object> gradient) {}

  /**
   * A generated file.
   *
   * @param target {@code textbook}, {@code fast} or {@code opencl}
   */
  public record Code(String file, String target, String text, List<Piece> pieces) {}

  /**
   * Lines of a file, counted from 1, with the equations that they compute; a piece within another
   * one says more.
   */
  public record Piece(int from, int to, List<Integer> equations) {}
}
