package dev.peephole.ir;

/**
 * Why an op is hardly meant for what it is given.
 *
 * @param input which of its inputs is not fit for it
 * @param message what can happen, a clause without capital and full stop
 * @param hint what to do
 */
public record Hazard(int input, String message, String hint) {}
