package dev.peephole.runtime.train;

/** A run was asked to stop, and did after its step; its folder holds all of it. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The exit status of a command that was interrupted, as shells give it. */
  public static final int STATUS = 130;

  StoppedException(String message) {
    super(message);
  }
}
