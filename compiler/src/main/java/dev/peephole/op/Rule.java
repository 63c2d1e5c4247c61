package dev.peephole.op;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Var;

/** What a derivative is written with: the gradient of the output, the output and the inputs. */
record Rule(Backward back) {

  /** The gradient of the output. */
  Term d() {
    return term(back.d());
  }

  /** The output. */
  Term y() {
    return term(back.y());
  }

  /** The first input. */
  Term a() {
    return term(back.x(0));
  }

  /** The second input. */
  Term b() {
    return term(back.x(1));
  }

  Term number(double value) {
    return d().number(value);
  }

  Term number(Constant constant) {
    return d().number(constant);
  }

  /**
   * All of the gradient where {@code first} is ahead of {@code second}, half where they are equal.
   */
  Term shared(Elementwise ahead, Term first, Term second) {
    Term half = d().times(number(0.5)).where(first.apply(Elementwise.EQUAL, second));
    return d().where(first.apply(ahead, second), half);
  }

  private Term term(Var var) {
    return new Term(back.builder(), var);
  }
}
