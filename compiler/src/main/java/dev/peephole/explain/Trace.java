package dev.peephole.explain;

import java.util.List;

/**
 * All that a page shows of a network, as data: the files, the values, the equations with their
 * places and gradients, and the generated code. Numbers in the lists are places in other lists;
 * whatever has an address in the page has an id, which stays while the model does.
 *
 * @param network what the model file calls it
 * @param doc its documentation
 * @param sizes what is smaller in it than in the generated code, in words; empty if nothing is
 * @param sources the model files, and the declarations of the library that it uses
 * @param values everything that equations name
 * @param equations in the order computed, those of a recurrence behind it
 * @param files the generated code
 * @param graph the network as a graph
 * @param first how parameters get their first values
 * @param program how all values are computed
 * @param example what they are computed of
 */
public record Trace(
    String network,
    String doc,
    String sizes,
    List<Source> sources,
    List<Value> values,
    List<Equation> equations,
    List<Code> files,
    Graph graph,
    List<First> first,
    Program program,
    Example example) {

  /**
   * The same of a network that differs in its sizes alone, beside the sources and the code of this
   * one.
   *
   * @param said how the sizes differ
   */
  Trace inSizesOf(Trace small, String said) {
    String sizes = "Shapes and numbers are those of a smaller network: " + said + ".";
    return new Trace(
        network,
        doc,
        sizes,
        sources,
        small.values,
        small.equations,
        files,
        small.graph,
        small.first,
        small.program,
        small.example);
  }

  /** Whether another network has the same equations, whatever their sizes. */
  boolean hasEquationsOf(Trace other) {
    return equations.stream()
        .map(Equation::id)
        .toList()
        .equals(other.equations.stream().map(Equation::id).toList());
  }

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
   * @param axes the same as lengths, those of a {@link dev.peephole.ir.Shape}
   * @param classes the number of classes of a label, 0 otherwise
   * @param note what else there is to say of it, such as the path of a parameter
   * @param equation the equation that computes it, −1 if none does
   * @param loop the recurrence in which it has other numbers at each time step, −1 if none
   */
  public record Value(
      String name,
      String shape,
      List<Integer> axes,
      int classes,
      Role role,
      String note,
      int equation,
      int loop) {}

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

  /**
   * What the model says, as a graph.
   *
   * @param edges between nodes that have no others in them
   */
  public record Graph(List<Node> nodes, List<Edge> edges) {}

  /**
   * An expression of the model; something that is applied, in which other nodes are; or an input, a
   * target or an output.
   *
   * @param id its address, empty if it has none
   * @param kind {@code equation}, {@code loss}, {@code input}, {@code target}, {@code output}, or
   *     what is applied: {@code layer}
   * @param text what the model says; of an input and the like its shape
   * @param parent the node that it is in, −1 if in none
   * @param equations what computes it, of an application its recurrence
   * @param parameters the parameters that it reads
   * @param places where it stands; of an application, where that is declared
   */
  public record Node(
      String id,
      String kind,
      String name,
      String text,
      int parent,
      List<Integer> equations,
      List<Integer> parameters,
      List<Place> places) {}

  /**
   * A value that goes from one node to another.
   *
   * @param value its name, empty if it has none
   * @param produced its shape where it is computed
   * @param handed its shape on the way, outside of the recurrences that the two nodes are in
   * @param read its shape where it is read
   * @param before whether it is read at the next time step
   */
  public record Edge(
      int from,
      int to,
      String value,
      String produced,
      String handed,
      String read,
      boolean before) {}

  /**
   * How a parameter gets its first numbers.
   *
   * @param lines one after another; in their formulas stand the parameter's number, and names
   */
  public record First(int parameter, List<Said> lines) {}

  /** A formula in MathML, and the same as text. */
  public record Said(List<Object> formula, String text) {}

  /**
   * How all values are computed.
   *
   * @param loss the value that is the loss
   * @param steps in order, as {@link Computations} writes them, each behind the number of its
   *     equation, −1 if the page has none
   * @param updates how a parameter is changed after that; nothing if there is no plan
   * @param ops the ops in them
   */
  public record Program(int loss, List<Object> steps, List<Update> updates, List<Notation> ops) {}

  /**
   * What an optimizer does with one number of a parameter.
   *
   * @param optimizer its name in the library
   * @param parameters those that it is for
   * @param given the parameter, its gradient, and the number of the step
   * @param begins what else there is before the first step: options that change, and what is
   *     remembered of the parameter's number
   */
  public record Update(
      String optimizer,
      List<Integer> parameters,
      List<Integer> given,
      List<Remembered> begins,
      List<UpdateLine> lines) {}

  /**
   * A number that an optimizer remembers, or an option that changes.
   *
   * @param initial what it is before the first step, or in it
   */
  public record Remembered(int value, double initial) {}

  /**
   * A line of an optimizer, as of an {@link Equation}.
   *
   * @param number how it is computed, as {@link Computations} writes it
   */
  public record UpdateLine(int value, List<Object> formula, String text, Object number) {}

  /**
   * How numbers are written that an op computes.
   *
   * @param name what the page's script calls it
   * @param template the text, with {@code {0}}, {@code {1}} … for the operands
   * @param binding how tightly it binds
   * @param operands how tightly each operand must bind to go without brackets
   */
  public record Notation(String name, String template, int binding, List<Integer> operands) {}

  /**
   * One example, with everything else that the computation begins with.
   *
   * @param from where it comes from, in words; or why there is none
   * @param steps how long open axes are
   * @param unlikeSlopes why gradients are not the slopes of the loss, empty if they are
   * @param given the numbers of what no equation computes; empty if there is no example
   */
  public record Example(String from, int steps, String unlikeSlopes, List<Numbers> given) {
    /** A page without numbers, and why. */
    static Example none(String why) {
      return new Example(why, 1, "", List.of());
    }
  }

  /**
   * The numbers of a value.
   *
   * @param numbers row after row in single precision, little-endian, in Base64
   */
  public record Numbers(int value, String numbers) {}
}
