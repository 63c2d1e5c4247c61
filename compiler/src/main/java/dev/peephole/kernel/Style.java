package dev.peephole.kernel;

/** For whom code is written. */
public enum Style {
  /** One loop or one call an equation, in the order of the derivation: for readers. */
  TEXTBOOK,
  /** Equations together in one loop, buffers used again: for machines. */
  FAST
}
