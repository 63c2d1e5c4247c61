package dev.peephole.playground;

import dev.peephole.explain.UpdateRule;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
    Map<String, Tensor> states =
        model.optimizerStates().stream().collect(Collectors.toMap(Tensor::name, each -> each));
    String path = model.parameters().get(parameter).name();
    UpdateRule rule = new UpdateRule(run.network().program().optimizer(parameter).orElseThrow());
    List<UpdateRule.Line> lines =
        rule.lines(
            model.parameters().get(parameter).get(place),
            player.look().gradient(parameter, place),
            run.steps().now(),
            state -> states.get(path + "." + state).get(place));
    return new Update(rule.name(), rule.constants(), lines);
  }
}
