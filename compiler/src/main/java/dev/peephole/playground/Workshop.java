package dev.peephole.playground;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.FirstStep;
import dev.peephole.driver.JavaSources;
import dev.peephole.driver.Network;
import dev.peephole.explain.Html;
import dev.peephole.explain.Page;
import dev.peephole.explain.Trace;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Checks models, and makes runs of them, which it keeps for their pages. */
final class Workshop implements AutoCloseable {
  private static final int SECONDS = 15;
  private static final int AT_ONCE = 3;
  private static final int MOST_RUNS = 12;
  private static final long MOST_STEPS = 1_000_000;

  private final Given given;
  private final Supplier<String> names;
  private final Limited limited = new Limited(SECONDS, AT_ONCE);
  private final Map<String, Player> players = new LinkedHashMap<>();

  /**
   * @param names gives a name that nobody guesses
   */
  Workshop(Given given, Supplier<String> names) {
    this.given = given;
    this.names = names;
  }

  /** What there is to say of a model: {@code {"problems": […]}}. */
  String check(Draft draft) {
    return limited.run(
        () -> {
          try (Folder folder = draft.folder(given)) {
            return problems(Draft.problems(draft.compile(folder)));
          }
        });
  }

  private static String problems(List<Problem> problems) {
    return "{\"problems\":" + Problem.array(problems) + "}";
  }

  /**
   * Makes a run of a model, at the step that is asked for, and says what does not change in it; or
   * what is wrong with the model.
   */
  String open(Asked asked) {
    Draft draft = asked.draft();
    OptionalLong seed = asked.number("seed");
    long step = asked.number("step").orElse(0);
    if (step > MOST_STEPS) {
      throw DataException.of(
          "step " + step + " is too far away to be computed again", "at most " + MOST_STEPS);
    }
    return limited.run(
        () -> {
          try (Folder folder = draft.folder(given)) {
            Compilation compilation = draft.compile(folder);
            List<Problem> problems = Draft.problems(compilation);
            if (problems.stream().anyMatch(Problem::error)) {
              return problems(problems);
            }
            Network network = Draft.trained(compilation).orElseThrow();
            Run run = new Run(compilation, network, folder.data(), seed);
            if (asked.fields().get("instead") instanceof String before) {
              close(before);
            }
            return opened(run, problems, step);
          }
        });
  }

  private String opened(Run run, List<Problem> problems, long step) {
    Look look = new Look(run);
    FirstStep first = look.firstExample();
    Trace trace = Page.trace(run.compilation(), run.network(), Optional.of(first));
    Player player = new Player(run, look);
    if (step > 0) {
      player.goTo(step);
    }
    return "{\"problems\":%s,\"run\":\"%s\",\"fixed\":%s,\"trace\":%s}"
        .formatted(
            Problem.array(problems), keep(player), Html.json(Fixed.of(player)), Html.json(trace));
  }

  /**
   * What does not change while a network learns.
   *
   * @param parameters their paths, in the order of the trace's values
   * @param examples of the training part
   */
  record Fixed(
      String network,
      long seed,
      int batches,
      int examples,
      String data,
      List<String> parameters,
      Plane.Fixed plane) {

    static Fixed of(Player player) {
      Run run = player.run();
      return new Fixed(
          run.network().name(),
          run.plan().seed(),
          run.steps().perEpoch(),
          run.data().training().rows().length,
          run.plan().data().name(),
          run.model().parameters().stream().map(Tensor::name).toList(),
          player.look().plane().orElse(null));
    }
  }

  private synchronized String keep(Player player) {
    players.values().removeIf(Player::isClosed);
    while (players.size() >= MOST_RUNS) {
      close(players.keySet().iterator().next());
    }
    String name = names.get();
    players.put(name, player);
    return name;
  }

  private synchronized void close(String name) {
    Player player = players.remove(name);
    if (player != null) {
      player.close();
    }
  }

  /** The run of a page. */
  synchronized Player player(String name) {
    Player player = players.get(name);
    if (player == null || player.isClosed()) {
      throw DataException.of("this run is over", "load the page again");
    }
    return player;
  }

  /** Does what a page's buttons ask for. */
  String tell(Asked asked) {
    Player player = player(asked.text("run"));
    long count = asked.number("count").orElse(1);
    switch (asked.text("what")) {
      case "start" -> player.start();
      case "pause" -> player.pause();
      case "step" -> player.take(count);
      case "go" -> player.goTo(count);
      case "reset" -> player.reset();
      case "pace" -> player.pace((int) Math.min(count, Integer.MAX_VALUE));
      default -> throw DataException.of("a run cannot " + asked.text("what"), "");
    }
    return problems(List.of());
  }

  /** What the optimizer is about to do with one number of a parameter. */
  String update(Asked asked) {
    Player player = player(asked.text("run"));
    int parameter = (int) asked.number("parameter").orElse(0);
    int place = (int) asked.number("place").orElse(0);
    return Html.json(player.ask(() -> Update.of(player, parameter, place)));
  }

  /** The page that explains the network, with the numbers of the next step. */
  String explained(String name) {
    Player player = player(name);
    return player.ask(
        () -> {
          Run run = player.run();
          return Page.of(run.compilation(), run.network(), player.look().firstExample());
        });
  }

  /** A generated file. */
  record CodeFile(String name, String text) {}

  /** The class of a run's network, in a style. */
  CodeFile code(String name, String style) {
    Network network = player(name).run().network();
    for (Style each : Style.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(style)) {
        JavaSources sources = JavaSources.of(network, each);
        String file = sources.model() + ".java";
        return new CodeFile(file, sources.files().get(file));
      }
    }
    throw DataException.of("there is no style " + style, "textbook or fast");
  }

  @Override
  public synchronized void close() {
    players.values().forEach(Player::close);
    players.clear();
  }
}
