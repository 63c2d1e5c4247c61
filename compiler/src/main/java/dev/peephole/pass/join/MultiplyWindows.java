package dev.peephole.pass.join;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.FromWindows;
import dev.peephole.op.Matmul;
import dev.peephole.op.OverlapAdd;
import dev.peephole.op.Reshape;
import dev.peephole.op.Sum;
import dev.peephole.op.WindowGrid;
import dev.peephole.op.WindowMatmul;
import dev.peephole.op.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Multiplies windows where they lie, and adds them up there, so that the matrix of all windows,
 * which holds each number of an image many times, is not written.
 *
 * <pre>
 * before   patches = windows of x            z = reshape(patches) · W     dW = reshape(patches)ᵀ · dz
 *          dx = Σ from_windows of dpatches
 * after    z = window_matmul of x, W         dW = window_matmul_left_transposed of x, dz
 *          dx = overlap_add of dpatches
 * </pre>
 *
 * Recurrences are left alone.
 */
public final class MultiplyWindows implements Pass {

  @Override
  public Function run(Function function) {
    Map<Var, Equation> definitions = new HashMap<>();
    List<Equation> equations = new ArrayList<>();
    for (Equation e : function.equations()) {
      e.outs().forEach(out -> definitions.put(out, e));
      Search search = new Search(definitions);
      Optional<Equation> direct =
          e.op() instanceof Matmul product
              ? search.product(e, product)
              : e.op() instanceof Sum sum ? search.sum(e, sum) : Optional.empty();
      equations.add(direct.orElse(e));
    }
    return function.withEquations(equations);
  }

  /** An equation's way back to the images that windows were taken of. */
  private record Search(Map<Var, Equation> definitions) {

    private Optional<Equation> definition(Var var, Class<? extends Op> op) {
      return Optional.ofNullable(definitions.get(var)).filter(e -> op.isInstance(e.op()));
    }

    /** The value that was reshaped, or the value itself. */
    private Var unshaped(Var var) {
      return definition(var, Reshape.class).map(e -> e.input(0)).orElse(var);
    }

    Optional<Equation> product(Equation e, Matmul product) {
      boolean suits = product.shared() == 0 && product.form() != Matmul.Form.RIGHT_TRANSPOSED;
      Shape rows = e.input(0).shape();
      return Optional.of(unshaped(e.input(0)))
          .filter(windows -> suits)
          .flatMap(this::windows)
          .filter(found -> rows.last(1).size() == found.grid.window().size())
          .map(
              found -> {
                Op direct = new WindowMatmul(product.form(), found.grid);
                List<Var> inputs = List.of(found.value, e.input(1));
                return new Equation(e.out(), direct, inputs, e.origin());
              })
          .filter(direct -> isSame(direct, rows));
    }

    /** Whether the windows and the result have the axes that they had. */
    private static boolean isSame(Equation direct, Shape rows) {
      WindowGrid grid = ((WindowMatmul) direct.op()).grid();
      Shape images = direct.input(0).shape();
      Shape outer = images.first(images.rank() - grid.image().rank()).append(grid.windows());
      return rows.first(rows.rank() - 1).equals(outer);
    }

    /** What windows were taken of. */
    private Optional<Found> windows(Var taken) {
      Walk walk = walk(taken, op -> op instanceof Windows windows ? windows : null);
      return definition(walk.end, Broadcast.class)
          .filter(e -> ((Broadcast) e.op()).fresh().equals(walk.within()))
          .filter(e -> walk.areTogether())
          .flatMap(e -> walk.grid(e.input(0).shape(), e.out().shape(), e.input(0)));
    }

    /** Windows that are added up where they were taken from. */
    Optional<Equation> sum(Equation e, Sum sum) {
      Walk walk =
          walk(e.input(0), op -> op instanceof FromWindows windows ? windows.windows() : null);
      return Optional.of(walk)
          .filter(Walk::areTogether)
          .filter(w -> sum.axes().equals(w.within()))
          .flatMap(w -> w.grid(e.out().shape(), w.end.shape(), w.end))
          .map(
              found -> {
                Op direct = new OverlapAdd(found.grid);
                return new Equation(e.out(), direct, List.of(found.value), e.origin());
              });
    }

    /** Goes back over ops that are windows along an axis, each along another one. */
    private Walk walk(Var from, java.util.function.Function<Op, Windows> windowsOf) {
      Map<Integer, Windows> along = new TreeMap<>();
      Var value = from;
      while (true) {
        Equation e = definitions.get(value);
        Windows windows = e == null ? null : windowsOf.apply(e.op());
        if (windows == null || along.containsKey(windows.axis())) {
          return new Walk(List.copyOf(along.values()), value);
        }
        along.put(windows.axis(), windows);
        value = e.input(0);
      }
    }
  }

  /**
   * Windows along some axes, in the order of these.
   *
   * @param end the value before them
   */
  private record Walk(List<Windows> along, Var end) {
    List<Integer> within() {
      return along.stream().map(Windows::within).toList();
    }

    /** Whether the axes follow each other, and behind them those of a window's places. */
    boolean areTogether() {
      int count = along.size();
      return count > 0
          && count <= 2
          && IntStream.range(0, count)
              .allMatch(
                  i ->
                      along.get(i).axis() == along.get(0).axis() + i
                          && along.get(i).within() == along.get(0).axis() + count + i);
    }

    /**
     * The windows over images with one axis of channels, and no open axis.
     *
     * @param taken has the places of a window among its axes
     * @param value what the windows are found at
     */
    Optional<Found> grid(Shape images, Shape taken, Var value) {
      Shape image = images.last(images.rank() - along.get(0).axis());
      List<Integer> sizes = taken.pick(within()).axes();
      List<Integer> strides = along.stream().map(Windows::stride).toList();
      List<Integer> dilations = along.stream().map(Windows::dilation).toList();
      return image.rank() == sizes.size() + 1 && image.fixed()
          ? Optional.of(new Found(value, new WindowGrid(image, sizes, strides, dilations)))
          : Optional.empty();
    }
  }

  /** Windows, and the value that they are of. */
  private record Found(Var value, WindowGrid grid) {}
}
