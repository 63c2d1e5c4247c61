package dev.peephole.op;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;

/** A value with arithmetic, so that derivatives read like formulas; shapes must be the same. */
record Term(Builder builder, Var var) {

  Term plus(Term other) {
    return apply(Elementwise.ADD, other);
  }

  Term plus(double number) {
    return plus(number(number));
  }

  Term minus(Term other) {
    return apply(Elementwise.SUBTRACT, other);
  }

  Term minus(double number) {
    return minus(number(number));
  }

  Term times(Term other) {
    return apply(Elementwise.MULTIPLY, other);
  }

  Term over(Term other) {
    return apply(Elementwise.DIVIDE, other);
  }

  Term power(Term other) {
    return apply(Elementwise.POWER, other);
  }

  Term negated() {
    return apply(Elementwise.NEGATE);
  }

  Term squared() {
    return apply(Elementwise.SQUARE);
  }

  /** This where {@code test}, else 0. */
  Term where(Term test) {
    return where(test, number(0));
  }

  /** This where {@code test}, else {@code otherwise}. */
  Term where(Term test, Term otherwise) {
    return of(builder.apply(Elementwise.WHERE, test.var, var, otherwise.var));
  }

  /** 0 where {@code test}, else this. */
  Term whereNot(Term test) {
    return of(builder.apply(Elementwise.WHERE, test.var, number(0).var, var));
  }

  Term apply(Elementwise function) {
    return of(builder.apply(function, var));
  }

  Term apply(Elementwise op, Term other) {
    return of(builder.apply(op, var, other.var));
  }

  /** A constant in this value's shape. */
  Term number(double value) {
    return number(new Constant(value, ""));
  }

  /** A constant in this value's shape. */
  Term number(Constant constant) {
    return of(constant(builder, constant, var.shape()));
  }

  private Term of(Var other) {
    return new Term(builder, other);
  }

  /** A constant in every place of a shape. */
  static Var constant(Builder builder, double value, Shape shape) {
    return constant(builder, new Constant(value, ""), shape);
  }

  private static Var constant(Builder builder, Constant constant, Shape shape) {
    return Broadcast.lead(builder, builder.apply(constant), shape);
  }
}
