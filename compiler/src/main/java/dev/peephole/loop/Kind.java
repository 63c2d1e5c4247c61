package dev.peephole.loop;

/** What a variable holds. */
public enum Kind {
  /** A position, or a number of examples, time steps or places. */
  INT,
  /** One number with a fraction. */
  REAL,
  /** Several numbers that a machine computes at once. */
  VECTOR,
  /** Numbers in memory. */
  ARRAY,
  /** Whatever else a target knows by name. */
  OTHER
}
