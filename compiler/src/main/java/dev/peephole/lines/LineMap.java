package dev.peephole.lines;

import dev.peephole.loop.Printed;
import dev.peephole.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * Which lines of the generated files come from which equations of the model, and back. {@link
 * LineMapper} makes it, {@link LineMapJson} prints it.
 *
 * @param network what the model file calls it
 * @param sources what the model says, in the order of their numbers
 * @param files the generated files
 */
public record LineMap(String network, List<Source> sources, List<File> files) {
  public LineMap {
    sources = List.copyOf(sources);
    files = List.copyOf(files);
  }

  /** Whose equation it is. */
  public enum Kind {
    /** The network's: outputs and loss, layers and cells included. */
    EQUATION,
    /** That of a parameter's first value. */
    INITIALIZER,
    /** The optimizer's, for one number of a parameter. */
    OPTIMIZER,
    /** No equation, but an input that is declared. */
    INPUT,
    /** A target that is declared. */
    TARGET,
    /** A parameter, or a state of a layer, that is declared. */
    PARAMETER
  }

  /**
   * An equation as the model says it, or the library where the model applies it; or a declaration
   * of what no equation computes.
   *
   * @param number by which pieces mention it, counted from 1
   * @param name that of the value, empty if it has none
   * @param op what computes it, empty if nothing does
   * @param model the place in the user's files
   * @param library the place in the library that says it, if one does
   */
  public record Source(
      int number, Kind kind, String name, String op, Span model, Optional<Span> library) {}

  /** What the lines of a file are. */
  public enum Target {
    /** A Java class in the textbook style. */
    TEXTBOOK,
    /** A Java class in the fast style. */
    FAST,
    /** Kernels in OpenCL C. */
    OPENCL,
    /** The Java class that puts the kernels into a device's queue. */
    DEVICE
  }

  /**
   * A generated file.
   *
   * @param name such as {@code Fever.java}
   * @param pieces sorted by where they begin, the longer one first where two begin together; they
   *     lie in each other or apart
   */
  public record File(String name, Target target, String text, List<Piece> pieces) {
    public File {
      pieces = List.copyOf(pieces);
    }
  }

  /**
   * A stretch of lines that come from somewhere.
   *
   * @param from the first line, counted from 1
   * @param to the last line
   * @param kind what stands there
   * @param computes the names of the values that are there after it, or that it is about
   * @param sources the numbers of the equations that it computes, or whose derivatives it computes,
   *     and of the declarations of what it is about
   * @param gradientOf the values that it computes the whole gradients of
   * @param shares the shares of gradients that it computes
   * @param passes the passes of the compiler that made it, the last one first
   */
  public record Piece(
      int from,
      int to,
      Printed.Kind kind,
      List<String> computes,
      List<Integer> sources,
      List<String> gradientOf,
      List<Share> shares,
      List<String> passes) {
    public Piece {
      computes = List.copyOf(computes);
      sources = List.copyOf(sources);
      gradientOf = List.copyOf(gradientOf);
      shares = List.copyOf(shares);
      passes = List.copyOf(passes);
    }
  }

  /**
   * What equations hand on to the gradient of an input.
   *
   * @param forward the numbers of the equations whose derivative it is
   * @param rule the name of the op
   * @param input which of its inputs; empty for a recurrence, whose step has its own shares
   */
  public record Share(List<Integer> forward, String rule, Optional<Integer> input) {
    public Share {
      forward = List.copyOf(forward);
    }
  }

  /** Lines of a file. */
  public record Lines(String file, Target target, int from, int to) {}

  /** The lines that come from an equation; none if it was simplified away, or nothing needs it. */
  public List<Lines> linesOf(Source source) {
    return files.stream()
        .flatMap(
            file ->
                file.pieces().stream()
                    .filter(piece -> piece.sources().contains(source.number()))
                    .map(piece -> new Lines(file.name(), file.target(), piece.from(), piece.to())))
        .toList();
  }
}
