package dev.peephole.syntax;

import dev.peephole.diagnostic.Diagnostic;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/** Which statements may stand in which bodies. */
final class Placement {
  private static final Set<String> NETWORK = Set.of("network");
  private static final Set<String> COMPUTING = Set.of("network", "function", "layer", "cell");
  private static final Set<String> ALL =
      Set.of("network", "function", "layer", "cell", "optimizer", "initializer");

  /** Where a statement may stand, by its first word; equations may stand everywhere. */
  private static final Map<String, Set<String>> OWNERS =
      Map.of(
          "input", NETWORK,
          "target", NETWORK,
          "output", NETWORK,
          "loss", NETWORK,
          "param", Set.of("network", "layer", "cell"),
          "state", Set.of("network", "layer", "cell", "optimizer"),
          "require", ALL,
          "expect", COMPUTING,
          "return", Set.of("function", "layer", "cell", "initializer"));

  private static final Map<String, String> CALLED =
      Map.of(
          "input", "inputs",
          "target", "targets",
          "output", "outputs",
          "loss", "a loss",
          "param", "params",
          "state", "states",
          "expect", "expectations",
          "return", "a return");

  private Placement() {}

  /**
   * The error if a statement stands where it may not.
   *
   * @param first the first word of the statement
   * @param owner the keyword of the declaration that it stands in
   */
  static Optional<Diagnostic> error(Token first, String owner, SyntaxErrors errors) {
    String word = first.getText();
    if (!Words.beginsStatement(first.getType()) || OWNERS.get(word).contains(owner)) {
      return Optional.empty();
    }
    String article = owner.matches("[aio].*") ? "an " : "a ";
    String message = article + owner + " cannot have " + CALLED.get(word);
    return Optional.of(errors.error(errors.span(first), message).hint(instead(word, owner)));
  }

  private static String instead(String word, String owner) {
    String result = owner.equals("optimizer") ? "`parameter = …`" : "`return …`";
    return switch (word) {
      case "input", "target" -> "what it takes stands in its brackets: `" + owner + " f(x)`";
      case "output" -> "its result is given by " + result;
      case "expect" -> "it is what networks compute that lies within a range";
      case "loss" -> "a loss belongs in a network";
      case "return" ->
          owner.equals("network")
              ? "what a network computes is shown by `output …`"
              : "its result is given by " + result;
      case "param" ->
          switch (owner) {
            case "function" -> "make it a layer: `layer f(x) { … }`";
            case "optimizer" -> "what an optimizer remembers is a `state`";
            default -> "only networks, layers and cells have params";
          };
      default ->
          switch (owner) {
            case "function" ->
                "make it a layer, whose states are kept from step to step of training,"
                    + " or a cell, whose states go from time step to time step";
            default -> "only networks, layers, cells and optimizers have states";
          };
    };
  }
}
