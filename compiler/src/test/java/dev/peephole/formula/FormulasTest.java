package dev.peephole.formula;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Network;
import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Axes;
import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Caption;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.op.Constant;
import dev.peephole.pass.lower.ToKernels;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.proof.RandomProgram;
import dev.peephole.proof.Texts;
import dev.peephole.recurrent.RandomCell;
import dev.peephole.runtime.kernel.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every printed formula says what its equation computes: it is read back from its text and
 * evaluated, and compared with the equation as the reference evaluator computes it.
 */
class FormulasTest {
  private static final int PROGRAMS = Integer.getInteger("proof.programs", 60);
  private static final int BATCH = 3;
  private static final int STEPS = 4;

  /** Formulas show numbers with six digits. */
  private static final double PRINTED = 1e-4;

  private static int formulas;

  @AfterAll
  static void report() {
    System.out.println("Formulas read back and evaluated: " + formulas);
  }

  static List<String> programs() {
    List<String> names =
        new ArrayList<>(Texts.samples().stream().map(f -> f.getFileName().toString()).toList());
    IntStream.range(0, TimePrograms.texts().size()).forEach(i -> names.add("time program " + i));
    IntStream.range(0, PROGRAMS)
        .forEach(
            seed -> {
              names.add("random program " + seed);
              names.add("random cell " + seed);
            });
    return names;
  }

  private static Network network(String name) {
    if (name.startsWith("time program")) {
      return Texts.network(TimePrograms.texts().get(number(name)));
    } else if (name.startsWith("random")) {
      int seed = number(name);
      boolean cell = name.startsWith("random cell");
      return Texts.network(cell ? RandomCell.text(seed) : RandomProgram.text(seed));
    }
    Path sample =
        Texts.samples().stream()
            .filter(f -> f.getFileName().toString().equals(name))
            .findFirst()
            .orElseThrow();
    return name.equals("lenet5.nn")
        ? Texts.network(Texts.read(sample).replace("28, 28", "12, 12"))
        : Texts.network(sample);
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(name.lastIndexOf(' ') + 1));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void sayWhatTheirEquationsCompute(String name) {
    Program program = network(name).program();
    for (Style style : Style.values()) {
      ToKernels.Network printed = Pipeline.lower(program, Optimization.of(style));
      List<Kernel> kernels = printed.phases().values().stream().flatMap(List::stream).toList();
      check(printed.program().step(), false, kernels, name + ", " + style);
    }
  }

  private void check(Function function, boolean isStep, List<Kernel> kernels, String where) {
    List<double[]> inputs = inputs(function, new Random(3));
    Interpreter interpreter = new Interpreter(BATCH, new Mode(5, 1));
    interpreter.run(function, inputs);
    Map<String, Numbers> values = values(function, isStep, interpreter);
    Map<String, Var> vars = new HashMap<>();
    all(function).forEach(v -> vars.putIfAbsent(v.name(), v));
    for (Kernel kernel : kernels) {
      if (kernel instanceof Kernel.Recurrence recurrence) {
        check(recurrence.parts().function(), true, recurrence.body(), where);
        checkStates(recurrence, values, interpreter, where);
        continue;
      }
      for (Caption caption : kernel.captions()) {
        caption
            .equality()
            .ifPresent(
                equality -> {
                  check(caption.text(), values, vars, interpreter, where);
                  String math = LinearMath.text(equality);
                  check(math, values, vars, interpreter, where + ", in MathML");
                });
      }
    }
  }

  private void check(
      String formula,
      Map<String, Numbers> values,
      Map<String, Var> vars,
      Interpreter interpreter,
      String where) {
    int equals = formula.indexOf(" = ");
    assertThat(equals).as(where + ": " + formula).isPositive();
    String left = withBrackets(formula.substring(0, equals));
    int bracket = left.indexOf('[');
    Var out = vars.get(bracket < 0 ? left : left.substring(0, bracket));
    Map<String, Numbers> known = new HashMap<>(values);
    known.put("U(0, 1)", numbers(out, interpreter));
    known.put("N(0, 1)", numbers(out, interpreter));
    String right = formula.substring(equals + 3);
    Numbers read;
    try {
      read = bracket < 0 ? read(right, known, out) : indexed(left, right, known, out);
    } catch (RuntimeException e) {
      throw new AssertionError(where + ": " + formula + "\n" + vars(vars), e);
    }
    assertClose(interpreter.value(out), read.data(), where + ": " + formula + "\n" + vars(vars));
    formulas++;
  }

  /** A single place on the left, which MathML has as an index, in brackets. */
  private static String withBrackets(String left) {
    int last = left.length() - 1;
    String letter = Axes.letter(left.charAt(last));
    return letter.isEmpty() ? left : left.substring(0, last) + "[" + letter + "]";
  }

  private static Numbers read(String right, Map<String, Numbers> known, Var out) {
    return assigned(new FormulaReader(right, known, BATCH, STEPS).value(), out);
  }

  /** {@code y[n, u] = x[n, u + 1]}. */
  private static Numbers indexed(String left, String right, Map<String, Numbers> known, Var out) {
    List<String> letters =
        List.of(left.substring(left.indexOf('[') + 1, left.length() - 1).split(", "));
    List<Integer> shape = out.shape().forBatch(BATCH, STEPS).axes();
    Map<String, Integer> places = PlaceText.lengths(letters, shape, right, known);
    Numbers read = new FormulaReader(right, known, BATCH, STEPS, places).value();
    return Numbers.filled(letters, shape, place -> read.at(letters, place));
  }

  /** What a time step gets is what the one before gave, and the initial state at first. */
  private void checkStates(
      Kernel.Recurrence recurrence,
      Map<String, Numbers> values,
      Interpreter interpreter,
      String where) {
    boolean reversed = recurrence.parts().reversed();
    for (Kernel.State state : recurrence.states()) {
      Var before = state.before();
      double[] initial = interpreter.value(state.of().initial());
      checkState(state.begins(), before, initial, values, 0, where);
      double[] all = interpreter.value(state.all());
      int size = before.shape().forBatch(BATCH, STEPS).size();
      int steps = all.length / size;
      for (int t = reversed ? 0 : 1; t < (reversed ? steps - 1 : steps); t++) {
        int from = (reversed ? t + 1 : t - 1) * size;
        double[] one = Arrays.copyOfRange(all, from, from + size);
        checkState(state.follows(), before, one, values, t, where);
      }
    }
  }

  private void checkState(
      Caption caption,
      Var before,
      double[] expected,
      Map<String, Numbers> values,
      int t,
      String where) {
    Map<String, Numbers> known = new HashMap<>(values);
    known.put("t", Numbers.scalar(t));
    String formula = caption.text();
    assertThat(formula).startsWith(before.name() + " = ");
    for (String right :
        List.of(
            formula.substring(before.name().length() + 3),
            LinearMath.text(caption.equality().orElseThrow()).split(" = ", 2)[1])) {
      Numbers read = new FormulaReader(right, known, BATCH, STEPS).value();
      assertClose(expected, assigned(read, before).data(), where + ": " + formula);
      formulas++;
    }
  }

  private static String vars(Map<String, Var> vars) {
    return vars.values().stream().map(Var::toString).collect(Collectors.joining(", "));
  }

  /** As many axes as on the left are those on the left in their order, whatever their letters. */
  private static Numbers assigned(Numbers right, Var out) {
    Shape shape = out.shape().forBatch(BATCH, STEPS);
    List<String> axes = Axes.of(out.shape());
    List<String> left =
        IntStream.range(0, axes.size())
            .filter(i -> shape.axis(i) != 1)
            .mapToObj(axes::get)
            .toList();
    List<String> longer = right.axes().stream().filter(axis -> right.length(axis) != 1).toList();
    Map<String, String> renamed = new LinkedHashMap<>();
    if (longer.size() == left.size() && !left.containsAll(longer)) {
      IntStream.range(0, left.size()).forEach(i -> renamed.put(longer.get(i), left.get(i)));
    }
    List<String> letters =
        right.axes().stream()
            .map(a -> right.length(a) == 1 && !axes.contains(a) ? a : renamed.getOrDefault(a, a))
            .toList();
    Numbers named = right.along(letters);
    for (String axis : longer) {
      assertThat(axes).as("axes of the left side").contains(renamed.getOrDefault(axis, axis));
    }
    return Numbers.filled(axes, shape.axes(), place -> named.at(axes, place));
  }

  private static void assertClose(double[] expected, double[] actual, String what) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    double scale = 1;
    for (double e : expected) {
      scale = Double.isFinite(e) ? Math.max(scale, Math.abs(e)) : scale;
    }
    for (int i = 0; i < expected.length; i++) {
      boolean same = Double.compare(expected[i], actual[i]) == 0;
      assertThat(same || Math.abs(expected[i] - actual[i]) < PRINTED * scale)
          .as("%s%nat %s: %s, read as %s", what, i, expected[i], actual[i])
          .isTrue();
    }
  }

  private static List<Var> all(Function function) {
    List<Var> all = new ArrayList<>(function.inputs());
    function.equations().forEach(e -> all.addAll(e.outs()));
    return all.stream().filter(v -> !v.name().isEmpty()).toList();
  }

  private static Map<String, Numbers> values(
      Function function, boolean isStep, Interpreter interpreter) {
    Map<String, Numbers> values = new HashMap<>();
    all(function).forEach(v -> values.putIfAbsent(v.name(), numbers(v, interpreter)));
    for (Equation e : function.equations()) {
      if (e.op() instanceof Constant constant && !constant.label().isEmpty()) {
        Numbers before = values.put(constant.label(), Numbers.scalar(constant.value()));
        assertThat(before == null || before.at() == constant.value())
            .as("two constants are called %s", constant.label())
            .isTrue();
      }
    }
    values.put("N", Numbers.scalar(BATCH));
    values.put("π", Numbers.scalar(Math.PI));
    values.put("training", Numbers.scalar(1));
    double[] times = IntStream.range(0, STEPS).asDoubleStream().toArray();
    String axis = isStep ? "s" : "t";
    values.put(
        values.containsKey(axis) ? axis + "′" : axis,
        new Numbers(List.of(axis), List.of(STEPS), times));
    if (isStep) {
      values.put("t", Numbers.scalar(0));
    }
    return values;
  }

  private static Numbers numbers(Var var, Interpreter interpreter) {
    Shape shape = var.shape().forBatch(BATCH, STEPS);
    return new Numbers(Axes.of(var.shape()), shape.axes(), interpreter.value(var))
        .labels(var.classes());
  }

  /** One value may be given to a step twice, under one name. */
  private static List<double[]> inputs(Function function, Random random) {
    Map<String, double[]> known = new HashMap<>();
    return function.inputs().stream()
        .map(v -> known.computeIfAbsent(v.name(), name -> numbers(v.type(), random)))
        .toList();
  }

  private static double[] numbers(Type type, Random random) {
    int size = type.shape().forBatch(BATCH, STEPS).size();
    if (type.element() == Element.COUNT) {
      return new double[] {2, STEPS, 3};
    }
    return IntStream.range(0, size)
        .mapToDouble(
            i ->
                switch (type.element()) {
                  case LABEL -> random.nextInt(type.classes());
                  case TRUTH -> random.nextInt(2);
                  default -> random.nextDouble() * 1.6 - 0.6;
                })
        .toArray();
  }
}
