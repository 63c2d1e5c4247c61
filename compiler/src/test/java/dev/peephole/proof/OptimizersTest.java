package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.driver.Network;
import dev.peephole.interpret.Interpreter;
import dev.peephole.interpret.Scheduled;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Optimizer.State;
import dev.peephole.ir.Program;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizers against their papers' formulas, step by step, for one number. */
class OptimizersTest {
  private static final double[] GRADIENTS = {0.5, -1.25, 0.25, 0, -0.75, 2};

  /** One optimizer in plain Java: the number after a step. */
  interface Rule {
    double step(double parameter, double gradient, int step);
  }

  record Case(String call, Rule rule) {
    @Override
    public String toString() {
      return call;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("sgd", (w, g, t) -> w - 0.01 * g),
        new Case("sgd(rate: 0.1)", (w, g, t) -> w - 0.1 * g),
        new Case("sgd(rate: 0.1, momentum: 0.9)", momentum(0.1, 0.9)),
        new Case("sgd(rate: 0.1, momentum: 0.9, nesterov: true)", nesterov(0.1, 0.9)),
        new Case("adam", adam(0.001, 0.9, 0.999, 1e-8)),
        new Case(
            "adam(rate: 0.05, beta1: 0.8, beta2: 0.95, epsilon: 0.01)",
            adam(0.05, 0.8, 0.95, 0.01)),
        new Case("adagrad(rate: 0.5)", adagrad(0.5, 1e-10)),
        new Case("rmsprop(decay: 0.8)", rmsprop(0.01, 0.8, 1e-8)),
        new Case("adadelta(decay: 0.7)", adadelta(0.7, 1e-6)),
        new Case("adamw(rate: 0.05, decay: 0.2)", adamw(0.05, 0.2)),
        new Case("frozen", (w, g, t) -> w),
        new Case("nadam(rate: 0.05)", nadam(0.05, 0.9, 0.999, 1e-8)));
  }

  /** v ← μv + g; w ← w − ηv. */
  private static Rule momentum(double rate, double momentum) {
    double[] v = {0};
    return (w, g, t) -> {
      v[0] = momentum * v[0] + g;
      return w - rate * v[0];
    };
  }

  /** v ← μv + g; w ← w − η(g + μv). */
  private static Rule nesterov(double rate, double momentum) {
    double[] v = {0};
    return (w, g, t) -> {
      v[0] = momentum * v[0] + g;
      return w - rate * (g + momentum * v[0]);
    };
  }

  /** The step is divided by the root of the sum of squares. */
  private static Rule adagrad(double rate, double epsilon) {
    List<Double> gradients = new ArrayList<>();
    return (w, g, t) -> {
      gradients.add(g);
      double squares = gradients.stream().mapToDouble(x -> x * x).sum();
      return w - rate * g / (Math.sqrt(squares) + epsilon);
    };
  }

  /** The running average of squares, written out as a sum over all steps. */
  private static Rule rmsprop(double rate, double decay, double epsilon) {
    List<Double> gradients = new ArrayList<>();
    return (w, g, t) -> {
      gradients.add(g);
      return w - rate * g / (Math.sqrt(average(gradients, decay)) + epsilon);
    };
  }

  private static double average(List<Double> numbers, double decay) {
    double sum = 0;
    for (int i = 0; i < numbers.size(); i++) {
      double age = numbers.size() - 1 - i;
      sum += (1 - decay) * Math.pow(decay, age) * numbers.get(i) * numbers.get(i);
    }
    return sum;
  }

  /** Algorithm 1 of the paper. */
  private static Rule adadelta(double decay, double epsilon) {
    List<Double> gradients = new ArrayList<>();
    List<Double> changes = new ArrayList<>();
    return (w, g, t) -> {
      gradients.add(g);
      double change =
          Math.sqrt(average(changes, decay) + epsilon)
              / Math.sqrt(average(gradients, decay) + epsilon)
              * g;
      changes.add(change);
      return w - change;
    };
  }

  /** Adam's step, and the parameter itself decays by the same rate. */
  private static Rule adamw(double rate, double decay) {
    Rule adam = adam(rate, 0.9, 0.999, 1e-8);
    return (w, g, t) -> adam.step(w, g, t) - rate * decay * w;
  }

  /** Algorithm 2 of the paper with a constant μ. */
  private static Rule nadam(double rate, double mu, double nu, double epsilon) {
    double[] m = {0};
    double[] n = {0};
    return (w, g, t) -> {
      m[0] = mu * m[0] + (1 - mu) * g;
      n[0] = nu * n[0] + (1 - nu) * g * g;
      double mHat = mu * m[0] / (1 - Math.pow(mu, t + 1)) + (1 - mu) * g / (1 - Math.pow(mu, t));
      double nHat = n[0] / (1 - Math.pow(nu, t));
      return w - rate * mHat / (Math.sqrt(nHat) + epsilon);
    };
  }

  /** The algorithm of the paper's first page. */
  private static Rule adam(double rate, double beta1, double beta2, double epsilon) {
    double[] m = {0};
    double[] v = {0};
    return (w, g, t) -> {
      m[0] = beta1 * m[0] + (1 - beta1) * g;
      v[0] = beta2 * v[0] + (1 - beta2) * g * g;
      double mHat = m[0] / (1 - Math.pow(beta1, t));
      double vHat = v[0] / (1 - Math.pow(beta2, t));
      return w - rate * mHat / (Math.sqrt(vHat) + epsilon);
    };
  }

  static Network network(String optimizer) {
    return Texts.network(
        OWN
            + """
            network Line {
              input  x: [2]
              target y: [1]
              output p = dense(x, 1)
              loss mse(p, y)
            }
            train Line {
              data      xor() { x = x   y = y }
              optimizer %s
            }
            """
                .formatted(optimizer));
  }

  /** Two lines of a plan. */
  static final String GROUPS = "sgd(rate: 0.1, momentum: 0.5)\n  optimizer adam(rate: 0.05) on b";

  /** Optimizers that read what was before after it has changed, in several orders. */
  private static final String OWN =
      """
      optimizer tangled(rate = 0.1, mix = 0.3) {
        state a, b = 0.5
        a = mix * prev b + gradient
        b = prev a + gradient * sqrt(step)
        parameter = parameter - rate * (a + prev b) / (1 + abs(b)) + 0.001 * parameter
      }

      optimizer moved_first(rate = 0.05) {
        state m = 1
        old = parameter
        parameter = parameter - rate * gradient * prev m
        m = 0.9 * prev m + 0.1 * (parameter - old) ^ 2
      }

      optimizer by_all(rate = 0.05) {
        state m = 0.25
        scale = sum(abs(prev m)) + mean(gradient ^ 2)
        m = 0.9 * prev m + gradient / scale
        far = norm(m) + norm(parameter)
        parameter = parameter - rate * m * (far + norm(prev m)) / (1 + max(m - prev m))
      }

      optimizer swapping(rate = 0.01) {
        state a, b
        a = prev b + gradient
        b = prev a - gradient
        parameter = parameter - rate * where(a > b, a, b) / step
      }

      """;

  static Stream<String> calls() {
    return Stream.concat(
        cases().map(Case::call),
        Stream.concat(
            TenStepsTest.calls().stream(),
            Stream.of(
                "tangled",
                "tangled(mix: 0.7)",
                "moved_first",
                "swapping",
                "by_all",
                "sgd(decay: 0.1, rate: 0.01 * progress + 0.01)")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equationsFollowTheRule(Case tested) {
    Optimizer optimizer = network(tested.call).program().optimizer().orElseThrow();
    double expected = 1.5;
    List<double[]> state = new ArrayList<>(List.of(new double[] {expected}));
    optimizer.states().forEach(s -> state.add(new double[] {s.initial()}));
    for (int t = 1; t <= GRADIENTS.length; t++) {
      double[] gradient = {GRADIENTS[t - 1]};
      List<double[]> inputs =
          Scheduled.inputs(
              optimizer,
              state.get(0),
              gradient,
              Moment.of(t),
              List.copyOf(state.subList(1, state.size())));
      List<double[]> after = new Interpreter(1, 0).run(optimizer.step(), inputs);
      state.clear();
      state.addAll(after);
      expected = tested.rule.step(expected, GRADIENTS[t - 1], t);
      assertThat(after.get(0)[0]).as("step %s", t).isCloseTo(expected, within(1e-14));
    }
  }

  /** For every number of every parameter, with gradients as they come. */
  @ParameterizedTest
  @MethodSource("calls")
  void generatedCodeFollowsTheEquations(String call) {
    Program program = network(call).program();
    Optimizer optimizer = program.optimizer().orElseThrow();
    Map<Variant, Model> models = Generated.models(List.of(program), Variant.all()).get(0);
    models.forEach(
        (variant, model) -> {
          model.initialize(1);
          Results.set(model, program, Point.random(program, 4, 3));
          List<List<double[]>> expected = states(model, optimizer);
          for (int t = 1; t <= 4; t++) {
            model.loss(4);
            model.backward(4);
            for (int i = 0; i < expected.size(); i++) {
              step(optimizer, expected.get(i), model.gradients().get(i), t);
            }
            model.update(Moment.of(t));
            boolean single = variant == Variant.FLOAT_FAST || variant == Variant.FLOAT_TEXTBOOK;
            for (int i = 0; i < expected.size(); i++) {
              Tensor parameter = model.parameters().get(i);
              assertThat(Results.numbers(parameter, parameter.length()))
                  .as("%s after step %s, %s", parameter.name(), t, variant)
                  .containsExactly(expected.get(i).get(0), within(single ? 1e-6 : 1e-14));
            }
          }
        });
  }

  /** Each parameter by the optimizer that is on it, with states of its own. */
  @Test
  void groupsMoveByTheirOwnOptimizers() {
    Program program = network(GROUPS).program();
    Generated.models(List.of(program), Variant.all())
        .get(0)
        .forEach(
            (variant, model) -> {
              model.initialize(1);
              Results.set(model, program, Point.random(program, 4, 3));
              List<List<double[]>> expected = new ArrayList<>();
              for (int i = 0; i < 2; i++) {
                expected.add(states(model, program.optimizer(i).orElseThrow()).get(i));
              }
              for (int t = 1; t <= 3; t++) {
                model.loss(4);
                model.backward(4);
                for (int i = 0; i < 2; i++) {
                  Optimizer rule = program.optimizer(i).orElseThrow();
                  step(rule, expected.get(i), model.gradients().get(i), t);
                }
                model.update(Moment.of(t));
              }
              for (int i = 0; i < 2; i++) {
                Tensor parameter = model.parameters().get(i);
                assertThat(Results.numbers(parameter, parameter.length()))
                    .as("%s, %s", parameter.name(), variant)
                    .containsExactly(expected.get(i).get(0), within(1e-6));
              }
              assertThat(model.optimizerStates())
                  .extracting(Tensor::name)
                  .containsExactly("dense.W.v", "dense.b.m", "dense.b.v");
            });
  }

  /** For each parameter its numbers, followed by what the optimizer remembers of them. */
  private static List<List<double[]>> states(Model model, Optimizer optimizer) {
    List<List<double[]>> all = new ArrayList<>();
    for (Tensor parameter : model.parameters()) {
      List<double[]> state = new ArrayList<>();
      state.add(Results.numbers(parameter, parameter.length()));
      for (State remembered : optimizer.states()) {
        double[] before = new double[parameter.length()];
        Arrays.fill(before, remembered.initial());
        state.add(before);
      }
      all.add(state);
    }
    return all;
  }

  private static void step(Optimizer optimizer, List<double[]> state, Tensor gradient, int step) {
    List<double[]> inputs =
        Scheduled.inputs(
            optimizer,
            state.get(0),
            Results.numbers(gradient, gradient.length()),
            Moment.of(step),
            List.copyOf(state.subList(1, state.size())));
    List<double[]> after = new Interpreter(gradient.length(), 0).run(optimizer.step(), inputs);
    state.clear();
    state.addAll(after);
  }

  @Test
  void initializingForgetsTheStates() {
    Program program = network("adam(rate: 0.1)").program();
    Model model = Generated.model(program, Variant.FLOAT_FAST);
    model.reserve(4);
    model.initialize(1);
    model.loss(4);
    model.backward(4);
    model.update(Moment.of(1));
    assertThat(model.optimizerStates())
        .extracting(Tensor::name)
        .containsExactly("dense.W.m", "dense.W.v", "dense.b.m", "dense.b.v");
    model.initialize(1);
    assertThat(model.optimizerStates())
        .allSatisfy(s -> assertThat(Results.numbers(s, s.length())).containsOnly(0));
  }

  @Test
  void statesThatNothingReadsAreDropped() {
    assertThat(network("sgd(rate: 0.1)").program().optimizer().orElseThrow().states()).isEmpty();
    assertThat(network("sgd(momentum: 0.5)").program().optimizer().orElseThrow().states())
        .extracting(State::name)
        .containsExactly("v");
  }
}
