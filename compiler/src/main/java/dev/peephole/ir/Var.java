package dev.peephole.ir;

import dev.peephole.source.Span;
import java.util.Objects;
import java.util.Optional;

/**
 * A value of the program, computed once. Two values are the same only if they are one object; names
 * are for readers and need not be unique before {@code pass.Name} makes them so.
 */
public final class Var {
  private static final char WISH = '~';

  private final String name;
  private final Shape shape;
  private final Element element;
  private final int classes;
  private final Object identity;
  private final boolean given;
  private final Optional<Span> place;

  private Var(String name, Shape shape, Element element, int classes) {
    this(name, new Type(shape, element, classes), new Object(), false, Optional.empty());
  }

  private Var(String name, Type type, Object identity, boolean given, Optional<Span> place) {
    this.name = Objects.requireNonNull(name);
    this.shape = type.shape();
    this.element = type.element();
    this.classes = type.classes();
    this.identity = identity;
    this.given = given;
    this.place = place;
  }

  /** A real value; an empty name if the model gives it none. */
  public static Var real(String name, Shape shape) {
    return new Var(name, shape, Element.REAL, 0);
  }

  /** Labels out of {@code classes}. */
  public static Var label(String name, Shape shape, int classes) {
    return new Var(name, shape, Element.LABEL, classes);
  }

  public static Var of(String name, Type type) {
    return new Var(name, type.shape(), type.element(), type.classes());
  }

  /** The name, empty if it has none. */
  public String name() {
    return named() ? name : "";
  }

  public boolean named() {
    return !name.isEmpty() && !isWish(name);
  }

  /** A label for a value without a name that would like to be called so, should it need one. */
  public static String wish(String name) {
    return WISH + name;
  }

  /** Whether a label is a wish and no name. */
  public static boolean isWish(String label) {
    return !label.isEmpty() && label.charAt(0) == WISH;
  }

  /** What it would like to be called if it has no name; empty if it does not mind. */
  public String wish() {
    return named() || name.isEmpty() ? "" : name.substring(1);
  }

  /** The name or the wish, as {@link #renamed} takes it. */
  public String label() {
    return name;
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
    return new Var(newName, type(), identity, given && newName.equals(name), place);
  }

  /** The same value, its name being what the user wrote: all others give way to it. */
  public Var given() {
    return new Var(name, type(), identity, true, place);
  }

  /** The same value, which the model declares at a place. */
  public Var declared(Span at) {
    return new Var(name, type(), identity, given, Optional.of(at));
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
    return new Var(newName, shape, element, classes);
  }

  /** Whether the two are one value, perhaps before and after a pass that names it. */
  public boolean is(Var other) {
    return identity == other.identity;
  }

  @Override
  public String toString() {
    return name + type();
  }
}
