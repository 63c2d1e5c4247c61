package dev.peephole.kernel;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Index;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes kernels as text: under the equations of each, with the line of the model, its loops and
 * what they compute.
 *
 * <pre>
 *   // h = tanh(xW + b)                                            fever.nn:6
 *   for n &lt; N, k &lt; 8
 *     h[n, k] = tanh(xW[n, k] + b[k])
 * </pre>
 *
 * {@code N} is the size of the batch, {@code T} the length of open axes, and {@code t} the time
 * step of the recurrence around a loop. {@code let} marks a number that only its loop reads.
 */
public final class KernelPrinter {
  private static final String TIME = Axes.time(letter -> false);

  private final StringBuilder text = new StringBuilder();
  private boolean isInTime;

  private KernelPrinter() {}

  /** The text of kernels, in their order. */
  public static String print(List<Kernel> kernels) {
    KernelPrinter printer = new KernelPrinter();
    kernels.forEach(kernel -> printer.kernel(kernel, "  "));
    return printer.text.toString();
  }

  private void kernel(Kernel kernel, String indent) {
    if (kernel instanceof Kernel.Recurrence recurrence) {
      recurrence(recurrence, indent);
      return;
    }
    heading(kernel, indent);
    if (kernel instanceof Kernel.Loop loop) {
      loop(loop, indent);
    } else if (kernel instanceof Kernel.Reduce reduce) {
      reduce(reduce, indent);
    } else if (kernel instanceof Kernel.Call call) {
      String inputs =
          call.equation().inputs().stream().map(Var::name).collect(Collectors.joining(", "));
      String of = inputs.isEmpty() ? "" : " of " + inputs;
      line(indent + typed(call.equation().out()) + " = " + call.equation().op().describe() + of);
    } else if (kernel instanceof Kernel.Alias alias) {
      line(indent + typed(alias.out()) + " is " + typed(alias.of()));
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void heading(Kernel kernel, String indent) {
    String before = "";
    for (Caption caption : kernel.captions()) {
      String place = caption.of().isEmpty() ? kernel.origin().place() : caption.origin().place();
      String origin = place.equals(before) ? "" : place;
      line("%-76s  %s".formatted(indent + "// " + caption.text(), origin).stripTrailing());
      before = place;
    }
  }

  private static String typed(Var var) {
    return var.name() + ": " + var.shape();
  }

  private void loop(Kernel.Loop loop, String indent) {
    Positions here = positions(loop.domain());
    String inside = open(here, loop.domain(), all(loop.domain()), indent);
    for (Kernel.Statement s : loop.body()) {
      String let = s.stored() ? "" : "let ";
      line(inside + let + here.text(s.load()) + " = " + here.text(s.value()));
    }
    String out = loop.last().out().name();
    loop.function().ifPresent(op -> line(indent + out + " = " + op.describe() + " of " + out));
  }

  private static List<Integer> all(Shape domain) {
    return IntStream.range(0, domain.rank()).boxed().toList();
  }

  /** Writes the head of the loops over some axes; gives the indent of what is inside. */
  private String open(Positions positions, Shape domain, List<Integer> axes, String indent) {
    String head = positions.ranges(domain, axes);
    if (head.isEmpty()) {
      return indent;
    }
    line(indent + "for " + head);
    return indent + "  ";
  }

  private void reduce(Kernel.Reduce reduce, String indent) {
    Positions here = positions(reduce.domain());
    List<Integer> kept = reduce.domain().others(reduce.op().axes());
    String inside = open(here, reduce.domain(), kept, indent);
    List<Index> at = kept.stream().map(a -> Kernel.position(reduce.domain(), a)).toList();
    String out = here.text(new Scalar.Load(reduce.out(), at));
    String over = here.ranges(reduce.domain(), reduce.op().axes());
    String joined =
        reduce.op().joined()
            + (over.isEmpty() ? "" : " over " + over)
            + " of "
            + here.expression(reduce.value()).within(Formula.PRODUCT, Set.of());
    if (reduce.finish().equals(Kernel.Reduce.JOINED)) {
      line(inside + out + " = " + joined);
    } else {
      line(inside + "let joined = " + joined);
      line(inside + out + " = " + here.pick(kept).text(reduce.finish()));
    }
  }

  private void recurrence(Kernel.Recurrence recurrence, String indent) {
    Recurrence parts = recurrence.parts();
    String way = parts.reversed() ? ", from the last" : "";
    String pieces = parts.piece() == 0 ? "" : ", in pieces of " + parts.piece();
    line(indent + "for " + TIME + " < " + Shape.text(parts.length()) + way + pieces);
    String inside = indent + "  ";
    for (Kernel.State state : recurrence.states()) {
      Var before = state.before();
      String first = positions(before.shape()).text(state.first());
      String then = state.all().name() + " of the step before";
      line(inside + typed(before) + " is at first " + first + ", then " + then);
    }
    parts.sequences().forEach(input -> line(inside + given(input) + "[" + TIME + "]"));
    parts.constants().forEach(input -> line(inside + given(input)));
    for (Recurrence.Result result : parts.all()) {
      line(inside + typed(result.each()) + " is " + result.all().name() + "[" + TIME + "]");
    }
    isInTime = true;
    recurrence.body().forEach(kernel -> kernel(kernel, inside));
    isInTime = false;
  }

  private String given(Recurrence.Input input) {
    return typed(input.formal()) + " is " + input.given().name();
  }

  private Positions positions(Shape domain) {
    return new Positions(Axes.of(domain, letter -> isInTime && letter.equals(TIME)));
  }

  /** What the positions along the axes of a domain are called. */
  private record Positions(List<String> names) {

    Positions pick(List<Integer> axes) {
      return new Positions(axes.stream().map(names::get).toList());
    }

    /** Those axes that are looped over, with their lengths. */
    String ranges(Shape domain, List<Integer> axes) {
      return axes.stream()
          .filter(axis -> domain.axis(axis) != 1)
          .map(axis -> names.get(axis) + " < " + Shape.text(domain.axis(axis)))
          .collect(Collectors.joining(", "));
    }

    String text(Scalar scalar) {
      return expression(scalar).text();
    }

    /** The number in the notation of its ops, none of which asks for the equation here. */
    private Expression expression(Scalar scalar) {
      if (scalar instanceof Scalar.Apply apply) {
        return apply.op().formula(apply.inputs().stream().map(this::expression).toList(), null);
      } else if (scalar instanceof Scalar.WhereSame where) {
        String same = text(where.left()) + " = " + text(where.right());
        return where(same, where.then(), where.otherwise());
      } else if (scalar instanceof Scalar.WhereWithin where) {
        String step = where.step() == 1 ? "" : ", a multiple of " + where.step();
        String within = where.from() + " ≤ " + text(where.position()) + " < " + where.to() + step;
        return where(within, where.then(), where.otherwise());
      } else if (scalar instanceof Scalar.Before before) {
        String compared = text(before.position()) + " < " + text(before.limit());
        return new Expression.Literal(compared, Formula.COMPARISON);
      }
      return new Expression.Literal(atom(scalar), Formula.ATOM);
    }

    private Expression where(String condition, Scalar then, Scalar otherwise) {
      String tight = expression(then).within(Formula.COMPARISON, Set.of());
      return new Expression.Literal(
          tight + " if " + condition + " else " + text(otherwise), Formula.LOOSEST);
    }

    private String atom(Scalar scalar) {
      if (scalar instanceof Scalar.Load load) {
        return load.at().isEmpty()
            ? load.var().name()
            : load.at().stream()
                .map(this::text)
                .collect(Collectors.joining(", ", load.var().name() + "[", "]"));
      } else if (scalar instanceof Scalar.Number number) {
        return Optional.of(number.name()).filter(n -> !n.isEmpty()).orElse("" + number.value());
      } else if (scalar instanceof Scalar.Local local) {
        return local.name();
      }
      return scalar instanceof Scalar.BatchSize ? "N" : "training";
    }

    private String text(Index index) {
      StringBuilder sum = new StringBuilder();
      index
          .factors()
          .forEach(
              (variable, factor) ->
                  add(
                      sum,
                      factor,
                      (factor == 1 || factor == -1 ? "" : Math.abs(factor) + " ")
                          + text(variable)));
      if (index.constant() != 0 || sum.isEmpty()) {
        add(sum, index.constant(), "" + Math.abs(index.constant()));
      }
      return sum.toString();
    }

    private static void add(StringBuilder sum, int sign, String term) {
      String plus = sum.isEmpty() ? "" : " + ";
      sum.append(sign >= 0 ? plus : sum.isEmpty() ? "−" : " − ").append(term);
    }

    private String text(Index.Variable variable) {
      if (variable instanceof Index.Loop loop) {
        return names.get(loop.axis());
      } else if (variable instanceof Index.Label label) {
        return text(label.label());
      } else if (variable instanceof Index.Quotient quotient) {
        return "(" + text(quotient.of()) + ") / " + quotient.by();
      }
      return variable instanceof Index.Time ? TIME : "T";
    }
  }
}
