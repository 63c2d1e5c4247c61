package dev.peephole.runtime.train.batch;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.data.generator.Adding;
import dev.peephole.runtime.train.Delegate;
import dev.peephole.runtime.train.LinearModel;
import dev.peephole.runtime.train.output.Weights;
import dev.peephole.runtime.train.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingDataTest {

  /** The same generator for both parts must not make the same examples twice. */
  @Test
  void aGeneratedTestPartHasExamplesOfItsOwn() {
    Plan plan =
        Plan.of("Sum")
            .data(new Adding(20, 2), bind("x", field("x")), bind("y", field("y")))
            .test(new Adding(20, 2))
            .seed(3)
            .build();
    DataFolder folder = DataFolder.of(Path.of(""));
    TrainingData data = TrainingData.load(plan, folder, model());
    float[] trained = (float[]) data.training().examples().arrays().get(1);
    float[] tested = (float[]) data.test().examples().arrays().get(1);
    assertThat(tested).hasSize(20).doesNotContain(trained);

    Weights weights = new Weights("Sum", 3, data.scalings(), data.labelNames());
    Part again = TrainingData.unseen(plan, folder, model(), weights).getValue();
    assertThat((float[]) again.examples().arrays().get(1)).isEqualTo(tested);
  }

  private static Model model() {
    return new Delegate(new LinearModel(1, 0)) {
      @Override
      public List<Tensor> inputs() {
        return List.of(Tensor.of("x", new float[4], 2, 2));
      }

      @Override
      public List<Tensor> targets() {
        return List.of(Tensor.of("y", new float[1], 1));
      }
    };
  }
}
