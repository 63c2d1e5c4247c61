package dev.peephole.runtime.train.report.answer;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.kernel.Sequences;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.Feed;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.metric.Answers;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.report.chart.Scale;
import dev.peephole.runtime.train.report.record.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Goes through examples of a part with a trained network, and sees what it answers. */
public final class Answering {
  private static final int PAIRS = 4000;
  private static final int CANDIDATES = 100;
  private static final int WORST = 8;

  /** Of an example so many answers are shown at most. */
  private static final int ANSWERS = 64;

  private static final int FEW = 3;

  private final Model model;
  private final Plan plan;
  private final Naming naming;
  private final Part part;
  private final Feed feed;
  private final List<Confusion> confusions = new ArrayList<>();
  private final List<Pairs> pairs = new ArrayList<>();
  private final List<Integer> wrong = new ArrayList<>();

  /**
   * Computes the answers, without noise.
   *
   * @param model with room for the plan's batches
   * @param whole the part
   * @param most how many of its examples are taken, if it has more
   */
  public Answering(Model model, Plan plan, TrainingData data, Part whole, int most) {
    this.model = model;
    this.plan = plan;
    this.naming = new Naming(plan, data);
    boolean inOrder = plan.windowStep().isPresent();
    this.part = inOrder ? Sample.first(whole, most) : Sample.of(whole, most);
    this.feed = new Feed(part.examples(), model, TrainingData.tensors(model));
    for (int k = 0; k < model.outputs().size(); k++) {
      Tensor output = model.outputs().get(k);
      model.answered(k).ifPresent(target -> prepare(output, target));
    }
    model.mode().evaluate();
    if (!confusions.isEmpty() || !pairs.isEmpty()) {
      gather();
    }
  }

  private void prepare(Tensor output, Tensor target) {
    Answers answers = Answers.of(output, target, model.lengths());
    if (answers.fit() && (target.classes() > 0 || isTruths(target))) {
      confusions.add(new Confusion(answers, naming.classes(target)));
    } else if (Pairs.fit(output, target)) {
      pairs.add(new Pairs(output, target, model.lengths(), naming));
    }
  }

  /** Whether a target has zeros and ones alone, as they are in the data. */
  private boolean isTruths(Tensor target) {
    List<Tensor> tensors = part.examples().tensors();
    int k =
        IntStream.range(0, tensors.size())
            .filter(i -> tensors.get(i).name().equals(target.name()))
            .findFirst()
            .orElseThrow();
    float[] numbers = (float[]) part.examples().arrays().get(k);
    for (float number : numbers) {
      if (number != 0 && number != 1) {
        return false;
      }
    }
    return true;
  }

  private void gather() {
    Batches batches = Batches.measuring(part, plan);
    for (int b = 0; b < batches.count(); b++) {
      int n = batches.size(b);
      feed.fill(batches, b);
      model.predict(n);
      boolean[] mistaken = new boolean[n];
      for (Confusion confusion : confusions) {
        boolean[] more = confusion.add(n);
        for (int i = 0; i < n; i++) {
          mistaken[i] |= more[i];
        }
      }
      for (int i = 0; i < n; i++) {
        int row = batches.example(b, i);
        if (mistaken[i]) {
          wrong.add(row);
        }
        for (Pairs each : pairs) {
          if (each.all().size() < PAIRS) {
            each.add(i, n, row + 1);
          }
        }
      }
      model.carry(n);
    }
  }

  /** How many examples were gone through. */
  public int examples() {
    return part.rows().length;
  }

  /** What was taken for what, for each target with classes. */
  public List<Confusion> confusions() {
    return confusions;
  }

  /** What was wanted and what was said, for each target with numbers. */
  public List<Pairs> pairs() {
    return pairs;
  }

  /** How many examples have a wrong answer. */
  public int mistaken() {
    return wrong.size();
  }

  /** How many examples {@link #worst} chooses from: of those with a wrong answer, or of all. */
  public int candidates() {
    return Math.min(CANDIDATES, wrong.isEmpty() ? part.rows().length : wrong.size());
  }

  /** The examples with the greatest loss among those with a wrong answer, or among all. */
  public List<Worst> worst() {
    Part from =
        wrong.isEmpty()
            ? part
            : new Part(part.examples(), wrong.stream().mapToInt(row -> row).toArray());
    record Loss(int row, double loss) {}
    List<Loss> losses = new ArrayList<>();
    for (int row : Sample.of(from, candidates()).rows()) {
      fill(row);
      losses.add(new Loss(row, model.loss(1)));
    }
    return losses.stream()
        .sorted(Comparator.comparing(Loss::loss).reversed())
        .limit(WORST)
        .map(loss -> worst(loss.row(), loss.loss()))
        .toList();
  }

  private void fill(int row) {
    feed.fill(Batches.whole(new Part(part.examples(), new int[] {row})), 0);
  }

  private Worst worst(int row, double loss) {
    fill(row);
    model.predict(1);
    List<Exhibit> inputs =
        IntStream.range(0, model.inputs().size())
            .mapToObj(k -> Exhibit.of(part.examples(), k, row, naming))
            .toList();
    List<Worst.Reply> replies = new ArrayList<>();
    for (int k = 0; k < model.outputs().size(); k++) {
      Tensor output = model.outputs().get(k);
      model.answered(k).flatMap(target -> reply(output, target)).ifPresent(replies::add);
    }
    return new Worst(row + 1, loss, inputs, replies);
  }

  private Optional<Worst.Reply> reply(Tensor output, Tensor target) {
    Answers answers = Answers.of(output, target, model.lengths());
    if (answers.fit() && (target.classes() > 0 || isTruths(target))) {
      return Optional.of(labels(answers, target));
    }
    return Pairs.fit(output, target) ? Optional.of(numbers(output, target)) : Optional.empty();
  }

  private Worst.Reply labels(Answers answers, Tensor target) {
    List<String> names = naming.classes(target);
    int count = answers.count(0);
    List<String> wanted = new ArrayList<>();
    List<String> given = new ArrayList<>();
    List<Integer> wrongs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int truth = (int) target.get(i);
      wanted.add(names.get(truth));
      given.add(names.get(answers.get(i)));
      if (truth != answers.get(i)) {
        wrongs.add(i);
      }
    }
    boolean apart = answers.open() && answers.width() > 1;
    double probability = count == 1 ? probability(answers, (int) target.get(0)) : Double.NaN;
    return new Worst.Reply(
        target.name(),
        apart ? count + " numbers" : Exhibit.joined(wanted, ANSWERS),
        count > 1 && wrongs.isEmpty()
            ? "the same"
            : apart ? places(answers, target, given, wrongs) : Exhibit.joined(given, ANSWERS),
        probability,
        wrongs.size(),
        count);
  }

  /** The first mistakes among the numbers of many steps. */
  private String places(Answers answers, Tensor target, List<String> given, List<Integer> wrongs) {
    List<String> columns = naming.columns(target);
    return wrongs.stream()
        .limit(FEW)
        .map(
            i ->
                "%s at step %s: %s"
                    .formatted(
                        columns.get(i % answers.width()), i / answers.width() + 1, given.get(i)))
        .collect(Collectors.joining("; "));
  }

  /** What an output gives to a class, if its numbers are not negative and add up to 1. */
  private static double probability(Answers answers, int label) {
    double sum = 0;
    for (int c = 0; c < answers.choices(); c++) {
      double p = answers.output().get(c);
      sum += p < 0 ? Double.NaN : p;
    }
    return answers.choices() > 1 && Math.abs(sum - 1) < 1e-3
        ? answers.output().get(label)
        : Double.NaN;
  }

  private Worst.Reply numbers(Tensor output, Tensor target) {
    int width = target.size();
    int steps = target.open() ? Sequences.longest(model.lengths(), 1) : 1;
    List<String> wanted = new ArrayList<>();
    List<String> given = new ArrayList<>();
    for (int i = 0; i < Math.min(8, steps * width); i++) {
      wanted.add(Scale.label(naming.unscaled(target, i % width, target.get(i))));
      given.add(Scale.label(naming.unscaled(target, i % width, output.get(i))));
    }
    return new Worst.Reply(
        target.name(),
        String.join(" ", wanted),
        String.join(" ", given),
        Double.NaN,
        0,
        steps * width);
  }

  /** What the network says all over the plane, if it takes two numbers and nothing else. */
  public Optional<Regions> regions() {
    return Regions.of(model, part, naming);
  }

  /** The symbols of an input of an example, a time step each; empty if no input has some. */
  public static List<String> symbols(Model model, Plan plan, TrainingData data, Part part, int i) {
    Naming naming = new Naming(plan, data);
    int row = part.rows()[i];
    List<Tensor> tensors = part.examples().tensors();
    for (int k = 0; k < model.inputs().size(); k++) {
      Tensor tensor = tensors.get(k);
      if (tensor.classes() > 0
          && (tensor.open() ? tensor.size() == 1 : tensor.shape().length == 1)) {
        int[] labels = (int[]) part.examples().arrays().get(k);
        int count = tensor.open() ? part.examples().steps(row) : tensor.size();
        int start = tensor.open() ? part.examples().starts()[row] : row * count;
        List<String> names = naming.classes(tensor);
        return IntStream.range(start, start + count).mapToObj(j -> names.get(labels[j])).toList();
      }
    }
    return List.of();
  }
}
