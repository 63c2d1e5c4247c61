package dev.peephole.check.evaluate;

import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Shape;
import dev.peephole.source.Span;
import dev.peephole.syntax.Declaration.Parameter;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits tensors to the shapes that a declaration writes: binds the names of axes, and hides the
 * leading axes that a body is applied along.
 */
final class ArgumentShapes {
  private final Context context;
  private final Expressions expressions;
  private final Frame inside;
  private final Map<String, Span> boundBy = new HashMap<>();
  private Shape lead = Shape.SCALAR;
  private Span leadBy;

  ArgumentShapes(Context context, Expressions expressions, Frame inside) {
    this.context = context;
    this.expressions = expressions;
    this.inside = inside;
  }

  /** How many leading axes the body is applied along. */
  int leadRank() {
    return lead.rank();
  }

  Value fit(Parameter parameter, Value value, Arguments.Argument argument) {
    Type type = parameter.type().orElseThrow();
    Span place = argument == null || argument.span() == null ? inside.call() : argument.span();
    Value.Tensor tensor = context.arithmetic().tensor(value);
    boolean labels = type instanceof Type.Labels;
    if (labels != (tensor.var().classes() > 0)) {
      throw mismatch(parameter, tensor, place, "it must be " + type.span().text());
    }
    List<Type.Axis> axes = labels ? ((Type.Labels) type).axes() : ((Type.Shape) type).axes();
    if (tensor.rank() < axes.size()) {
      throw mismatch(parameter, tensor, place, "it must have the shape " + type.span().text());
    }
    Shape outer = tensor.shape().first(tensor.rank() - axes.size());
    Shape own = tensor.shape().last(axes.size());
    alongSameAxes(parameter, tensor, outer, place);
    for (int i = 0; i < axes.size(); i++) {
      bindAxis(parameter, tensor, axes.get(i), own.axis(i), place);
    }
    if (labels) {
      Expr classes = ((Type.Labels) type).classes();
      bind(parameter, tensor, classes, tensor.var().classes(), place, "classes");
    }
    return new Value.Tensor(tensor.var(), axes.size());
  }

  private void alongSameAxes(Parameter parameter, Value.Tensor tensor, Shape outer, Span place) {
    if (outer.rank() > 0 && lead.rank() > 0 && !outer.equals(lead)) {
      throw new CheckException(
          context.traced(
              error(parameter, tensor, place)
                  .and(leadBy, "applied along " + lead)
                  .note("this one would be applied along " + outer),
              inside.caller()));
    }
    if (outer.rank() > 0) {
      lead = outer;
      leadBy = place;
    }
  }

  private void bindAxis(
      Parameter parameter, Value.Tensor tensor, Type.Axis axis, int length, Span place) {
    if (!axis.open()) {
      bind(parameter, tensor, axis.length().orElseThrow(), length, place, "places");
    }
  }

  private void bind(
      Parameter parameter, Value.Tensor tensor, Expr axis, int length, Span place, String what) {
    if (axis instanceof Expr.Name name
        && !inside.names().containsKey(name.name())
        && context.declarations().constant(name.ident()).isEmpty()) {
      inside.bind(name.name(), lengthOf(length), name.span());
      boundBy.put(name.name(), place);
      return;
    }
    int wanted = expressions.length(axis, inside);
    if (wanted != length) {
      String text = axis.span().text();
      Diagnostic error =
          error(parameter, tensor, place)
              .note(
                  "it must have "
                      + Shape.text(wanted)
                      + " "
                      + what
                      + " where it has "
                      + Shape.text(length));
      boolean named = axis instanceof Expr.Name && boundBy.containsKey(text);
      throw new CheckException(
          context.traced(
              named
                  ? error.and(boundBy.get(text), text + " is " + Shape.text(wanted) + " here")
                  : error,
              inside.caller()));
    }
  }

  private static Value lengthOf(int axis) {
    return axis == Shape.OPEN ? Value.Length.OF_SEQUENCE : Value.Number.of(axis, true);
  }

  private CheckException mismatch(
      Parameter parameter, Value.Tensor tensor, Span place, String note) {
    return new CheckException(
        context.traced(error(parameter, tensor, place).note(note), inside.caller()));
  }

  private Diagnostic error(Parameter parameter, Value.Tensor tensor, Span place) {
    String what = parameter.name() + ": " + parameter.type().orElseThrow().span().text();
    return Diagnostic.error(
            Code.SHAPE,
            place,
            "this does not fit '" + inside.callable().name() + "', which takes " + what)
        .labelled("this is " + tensor.describe());
  }
}
