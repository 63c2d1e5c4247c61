package dev.peephole.diagnostic;

/**
 * Every kind of error and of warning; each has a page of this name in the folder of its severity.
 */
public enum Code {
  /** The text is not a program: a character, token or clause that does not belong there. */
  SYNTAX,
  /** A name that nothing declares, or that is not what its use asks for. */
  NAME,
  /** A name declared twice where only one can be meant. */
  DUPLICATE,
  /** Shapes that do not fit. */
  SHAPE,
  /** An argument or option that is missing, unknown, given twice or of the wrong kind. */
  OPTION,
  /** A loss that is missing, not a scalar, or does not depend on any parameter. */
  LOSS,
  /** A loss that depends on a parameter through something that has no derivative. */
  GRADIENT,
  /** A declaration that calls itself without end. */
  RECURSION,
  /** A file to import that is missing or cannot be read. */
  IMPORT,
  /** A training plan that does not fit its network. */
  PLAN,
  /** Data that is missing or does not fit the network. */
  DATA,
  /** Something that is declared or computed and that nothing reads, or that says nothing. */
  UNUSED(Severity.WARNING),
  /** A target that the loss compares with values that no output gives. */
  UNANSWERED(Severity.WARNING),
  /** A value that does not lie where a declaration expects it, such as probabilities for logits. */
  RANGE(Severity.WARNING),
  /** A function at a place where it has no value or no slope, or that sees one end of itself. */
  DOMAIN(Severity.WARNING),
  /** An output that lies between numbers beyond which its target goes. */
  REACH(Severity.WARNING),
  /** A value that is the same whatever is trained, so that no gradient goes through it. */
  FLAT(Severity.WARNING),
  /** A target that is compared with a value of another shape. */
  BROADCAST(Severity.WARNING);

  private final Severity severity;

  Code() {
    this(Severity.ERROR);
  }

  Code(Severity severity) {
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /** How messages and pages call it: {@code shape}. */
  public String slug() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
