package dev.peephole.proof;

import dev.peephole.driver.Network;
import dev.peephole.ir.Role;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A function, layer or loss of the library in a network of its own whose arguments are parameters,
 * so that there are gradients for them. The loss is the sum of u ⊙ result for a given u.
 *
 * @param name what the library calls it
 * @param call how it is applied
 * @param result the shape of what comes out
 * @param low the least argument to draw
 * @param high the greatest argument to draw
 * @param arguments its arguments with their shapes, such as {@code x: [4]}
 */
record LibraryCase(
    String name, String call, String result, double low, double high, List<String> arguments) {

  static LibraryCase of(String call, String result, String... arguments) {
    return new LibraryCase(nameIn(call), call, result, -2, 2, List.of(arguments));
  }

  private static String nameIn(String call) {
    return call.replaceFirst("\\(.*", "").replaceFirst(".* ", "");
  }

  LibraryCase between(double least, double greatest) {
    return new LibraryCase(name, call, result, least, greatest, arguments);
  }

  String text() {
    StringBuilder layers = new StringBuilder();
    StringBuilder equations = new StringBuilder();
    for (String argument : arguments) {
      String x = argument.substring(0, argument.indexOf(':'));
      layers.append(
          "layer given_%s(one: []) {\n  param %s = 0\n  return %s * one\n}\n"
              .formatted(x, argument, x));
      equations.append("  %s = given_%s(one)\n".formatted(x, x));
    }
    return """
    %snetwork Tested {
      input  one: []
      input  label: class(4)
      target u: %s
    %s  output result = %s
      loss sum(u * result)
    }
    """
        .formatted(layers, result, equations, call);
  }

  Network network() {
    return Texts.network(text());
  }

  /**
   * Arguments out of the domain, states around 1, and 1 where it is asked for; all else as for any
   * network.
   */
  Point point(Network network, int batch, long seed) {
    Point random = Point.random(network.checked(), batch, seed);
    List<double[]> values = new ArrayList<>(random.values());
    Random more = new Random(seed);
    List<Var> inputs = network.checked().step().inputs();
    for (Var parameter : network.checked().weights()) {
      int i = inputs.indexOf(parameter);
      values.set(i, more.doubles(values.get(i).length, low, high).toArray());
    }
    for (Var state : network.checked().step().inputs(Role.STATE)) {
      int i = inputs.indexOf(state);
      values.set(i, more.doubles(values.get(i).length, 0.5, 1.5).toArray());
    }
    double[] ones = new double[batch];
    Arrays.fill(ones, 1);
    values.set(0, ones);
    return new Point(batch, values);
  }

  @Override
  public String toString() {
    return call;
  }
}
