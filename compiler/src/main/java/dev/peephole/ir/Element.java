package dev.peephole.ir;

/** What a value is made of. */
public enum Element {
  /** Real numbers; only these have gradients. */
  REAL,
  /** Labels: whole numbers from 0 to one less than the number of classes. */
  LABEL,
  /** True or false, what a comparison gives. */
  TRUTH,
  /** How many time steps an example has: whole numbers from 1. */
  COUNT
}
