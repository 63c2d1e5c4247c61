package dev.peephole.ir;

import dev.peephole.source.Span;
import java.util.Optional;

/**
 * One application of a layer, a cell or a function. Two are the same if they stand at the same
 * place, in bodies that are applied at the same places.
 *
 * @param kind what is applied, as its declaration says: {@code layer}
 * @param name what its declaration calls it
 * @param declaration where that is
 * @param call where it is applied
 * @param around the application in whose body the call stands; empty in the network's own
 */
public record Application(
    String kind, String name, Span declaration, Span call, Optional<Application> around) {}
