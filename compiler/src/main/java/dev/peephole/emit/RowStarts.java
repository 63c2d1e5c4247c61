package dev.peephole.emit;

import dev.peephole.ir.Index;
import dev.peephole.kernel.Kernel;
import dev.peephole.loop.Expr;
import java.util.List;

/** Where the innermost positions of loops begin. */
public interface RowStarts {

  /** At 0, always. */
  RowStarts ZERO =
      new RowStarts() {
        @Override
        public Expr of(Kernel.Loop loop, Scope scope) {
          return Expr.whole(0);
        }

        @Override
        public Expr of(Kernel.Reduce reduce, List<Index> at, Scope scope) {
          return Expr.whole(0);
        }
      };

  Expr of(Kernel.Loop loop, Scope scope);

  /** The same for a reduction that is built up in place {@code at} of its result. */
  Expr of(Kernel.Reduce reduce, List<Index> at, Scope scope);
}
