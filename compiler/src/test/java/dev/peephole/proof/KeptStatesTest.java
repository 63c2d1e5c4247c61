package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.ir.Program;
import dev.peephole.ir.Role;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.kernel.Mode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * States that layers keep: steps of training one after another, and what evaluation makes of them.
 */
class KeptStatesTest {
  private static final int BATCH = 4;
  private static final double ROUNDING = 1e-12;

  /** A counter, a mean that depends on what is trained, and one that begins with random numbers. */
  private static final String TEXT =
      """
      layer centred(x: [n], decay = 0.75, drifting: bool = false) {
        param aim: [n] = 0.5
        state steps = 0
        state centre: [n] = uniform
        state drift: [n] = 0 when drifting
        steps = prev steps + 1
        centre = decay * prev centre + (1 - decay) * aim / steps
        drift = if drifting then prev drift + centre else 0
        return aim * (x - centre) + drift
      }

      network Kept {
        input x: [3]
        state greatest: [] = -10
        shared = centred(decay: 0.5)
        h = x |> shared |> tanh |> shared |> centred(drifting: true)
        greatest = max(prev greatest, 2)
        output h
        loss sum(h ^ 2) + 0 * greatest
      }
      """;

  private static Program program() {
    return Texts.network(TEXT).program();
  }

  /** The states after so many steps of training, beginning with those of the point. */
  private static List<Results> interpreted(Program program, Point point, Mode... modes) {
    int states = point.values().size() - program.states().size();
    List<Results> all = new ArrayList<>();
    Point now = point;
    for (Mode mode : modes) {
      Results results = Results.interpreted(program, program.step(), now, mode);
      all.add(results);
      for (int s = 0; s < program.states().size(); s++) {
        String path = program.states().get(s).path();
        now = now.with(states + s, results.values().get("state " + path));
      }
    }
    return all;
  }

  @Test
  void styleByStyleTheyAreTheEvaluatorsStepForStep() {
    Program program = program();
    Point point = Point.random(program, BATCH, 1);
    Mode[] modes = {new Mode(0, 1), new Mode(0, 2), new Mode(0, 3), new Mode()};
    List<Results> expected = interpreted(program, point, modes);
    for (Variant variant : List.of(Variant.TEXTBOOK, Variant.FAST)) {
      Model model = Generated.model(program, variant);
      Results.set(model, program, point);
      for (int i = 0; i < modes.length; i++) {
        model.mode().copyFrom(modes[i]);
        double loss = model.loss(BATCH);
        assertThat(model.loss(BATCH)).as("again").isEqualTo(loss);
        model.backward(BATCH);
        model.carry(BATCH);
        assertThat(loss).isCloseTo(expected.get(i).loss(), within(ROUNDING));
        Results step = expected.get(i);
        model
            .states()
            .forEach(
                s ->
                    assertThat(Results.numbers(s, s.length()))
                        .as(s.name())
                        .containsExactly(step.values().get("state " + s.name()), within(ROUNDING)));
      }
    }
  }

  @Test
  void evaluationLeavesThemAndALayerAppliedTwiceChangesThemTwice() {
    Program program = program();
    Point point = Point.random(program, BATCH, 1);
    int steps = program.step().inputs().indexOf(program.step().inputs(Role.STATE).get(1));
    Point counted = point.with(steps, 0.0);
    String name = "state " + program.states().get(1).path();
    assertThat(name).isEqualTo("state shared.steps");
    List<Results> all =
        interpreted(program, counted, new Mode(0, 1), new Mode(0, 2), new Mode(), new Mode(0, 3));
    assertThat(all.stream().map(r -> r.values().get(name)[0])).containsExactly(2.0, 4.0, 4.0, 6.0);
  }
}
