package dev.peephole.pass.lower;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Schedule;
import dev.peephole.op.Elementwise;
import dev.peephole.runtime.kernel.Mode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs kernels in double precision as printed code would, place by place. */
final class KernelRunner {
  private final int batch;
  private final Map<Var, double[]> buffers = new HashMap<>();
  private double joined;

  KernelRunner(int batch) {
    this.batch = batch;
  }

  /** The outputs of a schedule. */
  List<double[]> run(Schedule schedule, List<double[]> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      buffers.put(schedule.inputs().get(i), inputs.get(i));
    }
    schedule.kernels().forEach(this::run);
    return schedule.outputs().stream().map(buffers::get).toList();
  }

  private void run(Kernel kernel) {
    if (kernel instanceof Kernel.Loop loop) {
      loop.body().stream()
          .filter(s -> !buffers.containsKey(s.out()))
          .forEach(s -> allocate(s.out()));
      forEach(
          loop.domain(),
          at -> loop.body().forEach(s -> store(s.out(), places(s.at(), at), value(s.value(), at))));
      loop.function()
          .ifPresent(
              f -> {
                double[] values = buffers.get(loop.last().out());
                Arrays.setAll(values, k -> ((Elementwise) f).reference(values[k]));
              });
      loop.body().stream().filter(s -> !s.stored()).forEach(s -> buffers.remove(s.out()));
    } else if (kernel instanceof Kernel.Reduce reduce) {
      reduce(reduce);
    } else if (kernel instanceof Kernel.Call call) {
      call(call.equation());
    } else {
      Kernel.Alias alias = (Kernel.Alias) kernel;
      buffers.put(alias.out(), buffers.get(alias.of()));
    }
  }

  private void reduce(Kernel.Reduce reduce) {
    List<Integer> kept = reduce.domain().others(reduce.op().axes());
    allocate(reduce.out());
    Shape whole = reduce.out().shape();
    double[] sofar = new double[size(whole)];
    Arrays.fill(sofar, reduce.op().start());
    forEach(
        reduce.domain(),
        at -> {
          int place = offset(whole, kept.stream().mapToInt(a -> at[a]).toArray());
          Scalar next = Scalar.number(value(reduce.value(), at));
          sofar[place] = value(reduce.op().join(Scalar.number(sofar[place]), next), at);
        });
    forEach(
        whole,
        at -> {
          joined = sofar[offset(whole, at)];
          store(reduce.out(), at, value(reduce.finish(), at));
        });
  }

  private void call(Equation e) {
    List<double[]> inputs = e.inputs().stream().map(buffers::get).toList();
    List<Shape> shapes = e.inputs().stream().map(v -> concrete(v.shape())).toList();
    Shape shape = concrete(e.out().shape());
    buffers.put(e.out(), ((Op.Routine) e.op()).reference(inputs, shapes, shape, new Mode()));
  }

  private void allocate(Var var) {
    buffers.put(var, new double[size(var.shape())]);
  }

  private void store(Var var, int[] at, double value) {
    buffers.get(var)[offset(var.shape(), at)] = value;
  }

  private interface Place {
    void visit(int[] at);
  }

  private void forEach(Shape shape, Place place) {
    int[] at = new int[shape.rank()];
    for (int k = 0; k < size(shape); k++) {
      int rest = k;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        at[axis] = rest % length(shape, axis);
        rest /= length(shape, axis);
      }
      place.visit(at);
    }
  }

  private int[] places(List<Index> positions, int[] at) {
    return positions.stream().mapToInt(i -> position(i, at)).toArray();
  }

  private double value(Scalar scalar, int[] at) {
    if (scalar instanceof Scalar.Number number) {
      return number.value();
    } else if (scalar instanceof Scalar.Load load) {
      return buffers.get(load.var())[offset(load.var().shape(), places(load.at(), at))];
    } else if (scalar instanceof Scalar.Apply apply) {
      double[] inputs = apply.inputs().stream().mapToDouble(s -> value(s, at)).toArray();
      return ((Elementwise) apply.op()).reference(inputs);
    } else if (scalar instanceof Scalar.BatchSize) {
      return batch;
    } else if (scalar instanceof Scalar.WhereSame where) {
      boolean same = position(where.left(), at) == position(where.right(), at);
      return value(same ? where.then() : where.otherwise(), at);
    } else if (scalar instanceof Scalar.WhereWithin where) {
      int position = position(where.position(), at);
      boolean within =
          where.from() <= position && position < where.to() && position % where.step() == 0;
      return value(within ? where.then() : where.otherwise(), at);
    }
    if (scalar instanceof Scalar.Training) {
      return new Mode().training() ? 1 : 0;
    }
    return joined;
  }

  private int position(Index index, int[] at) {
    return index.at(
        variable ->
            variable instanceof Index.Loop loop
                ? at[loop.axis()]
                : (int) value(((Index.Label) variable).label(), at));
  }

  private Shape concrete(Shape shape) {
    return shape.batched() ? shape.with(0, batch) : shape;
  }

  private int length(Shape shape, int axis) {
    return shape.axis(axis) == Shape.BATCH ? batch : shape.axis(axis);
  }

  private int size(Shape shape) {
    return concrete(shape).size();
  }

  private int offset(Shape shape, int[] at) {
    int offset = 0;
    for (int axis = 0; axis < at.length; axis++) {
      offset = offset * length(shape, axis) + at[axis];
    }
    return offset;
  }
}
