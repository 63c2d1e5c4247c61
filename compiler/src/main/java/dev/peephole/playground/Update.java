package dev.peephole.playground;

import dev.peephole.explain.UpdateRule;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the next step does to one number of a parameter.
 *
 * @param optimizer what the library calls it
 * @param constants those that the formulas name
 */
record Update(String optimizer, Map<String, Double> constants, List<UpdateRule.Line> lines) {

  static Update of(Player player, int parameter, int place) {
    Run run = player.run();
    Model model = run.model();
    if (parameter < 0
        || parameter >= model.parameters().size()
        || place < 0
        || place >= model.parameters().get(parameter).length()) {
      throw DataException.of("there is no such number", "");
    }
    List<Double> numbers = new ArrayList<>();
    numbers.add(model.parameters().get(parameter).get(place));
    numbers.add(player.look().gradient(parameter, place));
    numbers.add((double) (run.steps().done() + 1));
    List<Tensor> states = model.optimizerStates();
    int each = states.size() / model.parameters().size();
    for (int s = 0; s < each; s++) {
      numbers.add(states.get(parameter * each + s).get(place));
    }
    UpdateRule rule = new UpdateRule(run.network().program().optimizer().orElseThrow());
    return new Update(rule.name(), rule.constants(), rule.lines(numbers));
  }
}
