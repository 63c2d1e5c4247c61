package dev.peephole.loop;

import dev.peephole.op.Elementwise;
import dev.peephole.op.Notation;

/** What a language that code is printed in writes otherwise than others. */
public interface Target {

  /** The type of a variable. */
  String type(Kind kind);

  /** How the declaration of a variable begins. */
  default String declares(Kind kind, boolean assigned) {
    return type(kind);
  }

  /** The function that writes a number in all places of an array. */
  default String fill() {
    throw new IllegalStateException("this target has no function that fills");
  }

  /** The function that copies numbers of an array. */
  default String copy() {
    throw new IllegalStateException("this target has no function that copies");
  }

  /** How the declaration of memory begins that the work items of a group share. */
  default String shared() {
    throw new IllegalStateException("this target has no work items");
  }

  /** The same language where numbers have double precision. */
  default Target wide() {
    throw new IllegalStateException("this target has no double precision");
  }

  /** A number that is no int: {@code 0.5f}. */
  String literal(double value);

  /** How an op is written, by default as it says itself. */
  default Notation notation(Elementwise op) {
    return op.code();
  }

  /** Whether this is a step of training. */
  String training();

  /** Whether a call takes an int where it wants a number with a fraction. */
  boolean callsTakeInts();
}
