package dev.peephole.emit;

import dev.peephole.kernel.Kernel;
import dev.peephole.loop.Expr;

/** Where the positions of nested loops begin, such as behind what vectors have done of them. */
public interface RowStarts {

  /**
   * Where nested loops begin.
   *
   * @param outermost the first position of the outermost loop, if there is more than one
   * @param innermost the first position of the innermost loop; all between begin at 0
   */
  record Starts(Expr outermost, Expr innermost) {

    /** All loops begin at 0. */
    public static final Starts ZERO = rows(Expr.whole(0));

    /** Rows begin somewhere. */
    public static Starts rows(Expr innermost) {
      return new Starts(Expr.whole(0), innermost);
    }
  }

  /** At 0, always. */
  RowStarts ZERO =
      new RowStarts() {
        @Override
        public Starts of(Kernel.Loop loop, Scope scope) {
          return Starts.ZERO;
        }

        @Override
        public Starts inPlace(Kernel.Reduce reduce, Scope scope) {
          return Starts.ZERO;
        }

        @Override
        public Starts each(Kernel.Reduce reduce, Scope scope) {
          return Starts.ZERO;
        }
      };

  Starts of(Kernel.Loop loop, Scope scope);

  /** The same for a reduction that is built up where its result is. */
  Starts inPlace(Kernel.Reduce reduce, Scope scope);

  /** The same for the loops over the axes that a reduction keeps, one result after another. */
  Starts each(Kernel.Reduce reduce, Scope scope);
}
