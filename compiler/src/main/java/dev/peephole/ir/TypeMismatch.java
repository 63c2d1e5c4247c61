package dev.peephole.ir;

/** Inputs that an operation cannot take; the message says why, in the reader's terms. */
public final class TypeMismatch extends RuntimeException {
  private final String reason;

  /**
   * @param message what is wrong
   * @param reason why: the rule that the inputs break
   */
  public TypeMismatch(String message, String reason) {
    super(message);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
