package dev.peephole.ir;

import dev.peephole.source.Span;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A value of the program, computed once. Two values are the same only if they are one object; names
 * are for readers and need not be unique before {@code pass.naming.UniqueNames} makes them so.
 */
public final class Var {
  private final Label label;
  private final Shape shape;
  private final Element element;
  private final int classes;
  private final Object identity;
  private final boolean given;
  private final Optional<Span> place;

  private Var(Label label, Type type) {
    this(label, type, new Object(), false, Optional.empty());
  }

  private Var(Label label, Type type, Object identity, boolean given, Optional<Span> place) {
    this.label = Objects.requireNonNull(label);
    this.shape = type.shape();
    this.element = type.element();
    this.classes = type.classes();
    this.identity = identity;
    this.given = given;
    this.place = place;
  }

  /** A real value; an empty name if the model gives it none. */
  public static Var real(String name, Shape shape) {
    return of(name, Type.real(shape));
  }

  /** Labels out of {@code classes}. */
  public static Var label(String name, Shape shape, int classes) {
    return of(name, new Type(shape, Element.LABEL, classes));
  }

  public static Var of(String name, Type type) {
    return of(Label.name(name), type);
  }

  public static Var of(Label label, Type type) {
    return new Var(label, type);
  }

  /** The name, empty if it has none. */
  public String name() {
    return named() ? label.text() : "";
  }

  public boolean named() {
    return label.isName();
  }

  /** What to call it if it has no name but needs one; empty if nobody says. */
  public String hint() {
    return named() ? "" : label.text();
  }

  /** The name or the hint. */
  public Label label() {
    return label;
  }

  public Shape shape() {
    return shape;
  }

  public Element element() {
    return element;
  }

  /** The number of classes of a label, 0 otherwise. */
  public int classes() {
    return classes;
  }

  public boolean real() {
    return element == Element.REAL;
  }

  public Type type() {
    return new Type(shape, element, classes);
  }

  /** The same value under another name, to be put in place of this one everywhere. */
  public Var renamed(String newName) {
    return labelled(Label.name(newName));
  }

  /** The same value under another name or hint. */
  public Var labelled(Label other) {
    return new Var(other, type(), identity, given && other.equals(label), place);
  }

  /** The same value, some of whose axes are known to be time, in so many recurrences. */
  public Var timed(Set<Integer> axes, int recurrences) {
    Type timed = new Type(shape.timed(axes, recurrences), element, classes);
    return new Var(label, timed, identity, given, place);
  }

  /** The same value, its name being what the user wrote: all others give way to it. */
  public Var given() {
    return new Var(label, type(), identity, true, place);
  }

  /** The same value, which the model declares at a place. */
  public Var declared(Span at) {
    return new Var(label, type(), identity, given, Optional.of(at));
  }

  /** Where the model declares it, if it does and computes it by no equation: an input, a target. */
  public Optional<Span> declaration() {
    return place;
  }

  /** Whether the user wrote the name. */
  public boolean isGiven() {
    return given;
  }

  /** Another value of the same type. */
  public Var another(String newName) {
    return of(newName, type());
  }

  /** Another value of the same type, called the same. */
  public Var another() {
    return another(type());
  }

  /** Another value of another type, called the same. */
  public Var another(Type other) {
    return of(label, other);
  }

  /** Whether the two are one value, perhaps before and after a pass that names it. */
  public boolean is(Var other) {
    return identity == other.identity;
  }

  @Override
  public String toString() {
    return label.text() + type();
  }
}
