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

    /** Windows, and the value that they are of. */
    private record Found(Var value, WindowGrid grid) {}

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

    /** What windows were taken of, axis after axis. */
    private Optional<Found> windows(Var taken) {
      Map<Integer, Windows> along = new TreeMap<>();
      Var value = taken;
      for (var e = definition(value, Windows.class);
          e.isPresent();
          e = definition(value, Windows.class)) {
        Windows windows = (Windows) e.get().op();
        if (along.put(windows.axis(), windows) != null) {
          return Optional.empty();
        }
        value = e.get().input(0);
      }
      List<Windows> all = List.copyOf(along.values());
      List<Integer> within = all.stream().map(Windows::within).toList();
      return definition(value, Broadcast.class)
          .filter(e -> ((Broadcast) e.op()).fresh().equals(within))
          .filter(e -> followEachOther(all.stream().map(Windows::axis).toList(), within))
          .flatMap(
              e ->
                  grid(
                          e.input(0).shape(),
                          all.get(0).axis(),
                          e.out().shape().pick(within).axes(),
                          all.stream().map(Windows::stride).toList(),
                          all.stream().map(Windows::dilation).toList())
                      .map(grid -> new Found(e.input(0), grid)));
    }

    /** Whether axes follow each other, and behind them those of a window's places. */
    private static boolean followEachOther(List<Integer> axes, List<Integer> within) {
      int count = axes.size();
      return count > 0
          && count <= 2
          && IntStream.range(0, count)
              .allMatch(
                  i -> axes.get(i) == axes.get(0) + i && within.get(i) == axes.get(0) + count + i);
    }

    /** Windows over images with one axis of channels, and no open axis. */
    private static Optional<WindowGrid> grid(
        Shape images,
        int first,
        List<Integer> sizes,
        List<Integer> strides,
        List<Integer> dilations) {
      Shape image = images.last(images.rank() - first);
      return image.rank() == sizes.size() + 1 && image.fixed()
          ? Optional.of(new WindowGrid(image, sizes, strides, dilations))
          : Optional.empty();
    }

    Optional<Equation> sum(Equation e, Sum sum) {
      Map<Integer, FromWindows> along = new TreeMap<>();
      Var value = e.input(0);
      for (var back = definition(value, FromWindows.class);
          back.isPresent();
          back = definition(value, FromWindows.class)) {
        FromWindows windows = (FromWindows) back.get().op();
        if (along.put(windows.axis(), windows) != null) {
          return Optional.empty();
        }
        value = back.get().input(0);
      }
      List<FromWindows> all = List.copyOf(along.values());
      List<Integer> axes = all.stream().map(FromWindows::axis).toList();
      List<Integer> within = all.stream().map(FromWindows::within).toList();
      if (!followEachOther(axes, within) || !sum.axes().equals(within)) {
        return Optional.empty();
      }
      Var taken = value;
      return grid(
              e.out().shape(),
              axes.get(0),
              taken.shape().pick(within).axes(),
              all.stream().map(FromWindows::stride).toList(),
              all.stream().map(FromWindows::dilation).toList())
          .map(grid -> new Equation(e.out(), new OverlapAdd(grid), List.of(taken), e.origin()));
    }
  }
}
