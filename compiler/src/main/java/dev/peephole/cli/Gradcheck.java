package dev.peephole.cli;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.Gradients;
import dev.peephole.driver.Network;
import dev.peephole.runtime.file.Json;
import dev.peephole.runtime.train.Console;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    description = {
      "Compares every derived gradient with central differences.",
      "It runs the generated code in double precision on random examples, and needs no data."
    },
    footer = {"", "Example:", "  nnc gradcheck fever.nn --style textbook"})
final class Gradcheck implements Callable<Integer>, JsonOption.Taker {
  private final Console console;

  @Mixin private ModelOptions model;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "what parameters and examples are drawn from")
  private long seed;

  @Mixin private JsonOption json;

  Gradcheck(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Compilation compilation = model.compile();
    Network network = model.choose(compilation);
    List<Gradients.Agreement> agreements = Gradients.compare(network, model.style(), seed);
    boolean ok = agreements.stream().allMatch(Gradients.Agreement::ok);
    if (json()) {
      agreements.forEach(a -> console.out().println(Json.object(event(a))));
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("event", "result");
      result.put("ok", ok);
      console.out().println(Json.object(result));
    } else {
      print(network, agreements);
    }
    return ok ? Nnc.SUCCESS : Nnc.FAILURE;
  }

  private static Map<String, Object> event(Gradients.Agreement agreement) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "parameter");
    event.put("name", agreement.parameter());
    event.put("max_relative_error", agreement.maxRelativeError());
    event.put("ok", agreement.ok());
    return event;
  }

  private void print(Network network, List<Gradients.Agreement> agreements) {
    int width = agreements.stream().mapToInt(a -> a.parameter().length()).max().orElse(0);
    for (Gradients.Agreement agreement : agreements) {
      String name = agreement.parameter() + " ".repeat(width - agreement.parameter().length());
      String error = String.format(Locale.ROOT, "%.1e", agreement.maxRelativeError());
      console.out().println(name + "  " + error + "  " + (agreement.ok() ? "ok" : "WRONG"));
    }
    long wrong = agreements.stream().filter(a -> !a.ok()).count();
    console.out().println();
    console
        .out()
        .println(
            wrong == 0
                ? "%s: all gradients agree with central differences".formatted(network.name())
                : "%s: %d of %d gradients disagree with central differences"
                    .formatted(network.name(), wrong, agreements.size()));
  }

  @Override
  public boolean json() {
    return json.asked();
  }
}
