package dev.peephole.check.scope;

import dev.peephole.check.value.Instance;
import dev.peephole.check.value.Value;
import dev.peephole.ir.Application;
import dev.peephole.op.Draw;
import dev.peephole.source.Span;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Declaration.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names in sight inside one body while it is followed.
 *
 * @param callable whose body it is, {@code null} in a network
 * @param instance where parameters belong, {@code null} in a function
 * @param caller the frame that the call stands in, {@code null} at the top
 * @param call where the call stands
 * @param names what each name stands for
 * @param draws makes random numbers, in an initializer only
 * @param application the call, with those around it; empty at the top
 */
public record Frame(
    Callable callable,
    Instance instance,
    Frame caller,
    Span call,
    Map<String, Bound> names,
    Draws draws,
    Optional<Application> application)
    implements Value.Sight {

  /** A value and where its name was declared. */
  public record Bound(Value value, Span span) {}

  /** Makes random numbers in the shape of the parameter that is initialized. */
  public interface Draws {
    Value draw(Draw.Distribution distribution);
  }

  public static Frame top(Instance network) {
    return new Frame(null, network, null, null, new LinkedHashMap<>(), null, Optional.empty());
  }

  public Frame enter(Callable body, Instance owner, Span at) {
    return enter(body, owner, at, null);
  }

  /** The frame of an initializer that is applied here. */
  public Frame initialize(Callable initializer, Span at, Draws made) {
    return enter(initializer, null, at, made);
  }

  private Frame enter(Callable body, Instance owner, Span at, Draws made) {
    String kind = body.kind().toString();
    Application applied = new Application(kind, body.name().name(), body.span(), at, application);
    return new Frame(body, owner, this, at, new LinkedHashMap<>(), made, Optional.of(applied));
  }

  /** The same names in sight, and some more, where parameters belong to another instance. */
  public Frame within(Instance owner, Map<String, Bound> more) {
    Map<String, Bound> all = new LinkedHashMap<>(names);
    all.putAll(more);
    return new Frame(callable, owner, caller, call, all, draws, application);
  }

  public void bind(String name, Value value, Span span) {
    names.put(name, new Bound(value, span));
  }

  /** Whether what is followed here becomes equations of a network. */
  boolean inNetwork() {
    boolean apart = callable != null && callable.kind() == Kind.INITIALIZER;
    return caller == null ? instance != null : !apart && caller.inNetwork();
  }

  /** Whether what is followed here happens at a time step of a cell. */
  boolean isInStep() {
    return inCell() || caller != null && caller.isInStep();
  }

  /** Whether it is the body of a cell. */
  public boolean inCell() {
    return callable != null && callable.kind() == Kind.CELL;
  }

  public int depth() {
    return caller == null ? 0 : 1 + caller.depth();
  }
}
