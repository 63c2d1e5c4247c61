package dev.peephole.ir;

/**
 * What an input or an output of a function is for. Those of one role stand together, the roles in
 * this order.
 */
public enum Role {
  /** What a network is given for each example. */
  INPUT,
  /** What its outputs are compared with. */
  TARGET,
  /** How many time steps each example has. */
  LENGTHS,
  /** Which examples continue the ones before. */
  CONTINUES,
  /** A state that examples begin with where they continue. */
  CARRIED,
  /** What is trained. */
  PARAMETER,
  /** What a network predicts. */
  OUTPUT,
  /** A sequence, time first, whose last element is carried over, in the order of the states. */
  CARRIED_SEQUENCE,
  /** The batch's mean loss. */
  LOSS,
  /** The gradient of a parameter, in the order of the parameters. */
  GRADIENT,
  /** Which step of training it is, counted from 1. */
  STEP,
  /** An option of an optimizer that changes while training goes on. */
  OPTION,
  /**
   * What an optimizer or a layer keeps from step to step: before the step as an input, after it as
   * an output.
   */
  STATE
}
