package dev.peephole.cli;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.Gradients;
import dev.peephole.driver.Gradients.Agreement;
import dev.peephole.driver.Network;
import dev.peephole.runtime.file.Json;
import dev.peephole.runtime.opencl.Device;
import dev.peephole.runtime.train.progress.Console;
import java.util.ArrayList;
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
      "It runs the generated code in double precision on random examples, and needs no data.",
      "With --device opencl it compares the device's gradients, in single precision."
    },
    footer = {"", "Example:", "  nnc gradcheck fever.nn --style textbook"})
final class Gradcheck implements Callable<Integer>, JsonOption.Taker {
  private final Console console;

  @Mixin private ModelOptions model;

  @Mixin private StyleOption style;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "what parameters and examples are drawn from")
  private long seed;

  @Mixin private DeviceOption device;

  @Mixin private JsonOption json;

  Gradcheck(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Compilation compilation = model.compile(console, json());
    boolean ok = true;
    for (Network network : model.chooseAll(compilation)) {
      List<Agreement> agreements = compare(whole(network));
      ok &= agreements.stream().allMatch(Agreement::ok);
      if (json()) {
        agreements.forEach(a -> console.out().println(event(a)));
      } else {
        table(network, agreements).forEach(console.out()::println);
      }
    }
    if (json()) {
      console.out().println("{\"event\":\"result\",\"ok\":" + ok + "}");
    }
    return ok ? Nnc.SUCCESS : Nnc.FAILURE;
  }

  private List<Agreement> compare(Network network) {
    return device
        .openCl()
        .map(name -> Gradients.compare(network, style.style(), seed, Device.open(name)))
        .orElseGet(() -> Gradients.compare(network, style.style(), seed));
  }

  /** A truncated gradient is not the slope of the loss. */
  private Network whole(Network network) {
    if (network.program().truncation() == 0) {
      return network;
    }
    console
        .err()
        .println(network.name() + " is checked without `truncate`, which changes the gradients");
    return network.untruncated();
  }

  private static String event(Agreement agreement) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "parameter");
    event.put("name", agreement.parameter());
    event.put("max_relative_error", agreement.maxRelativeError());
    event.put("ok", agreement.ok());
    return Json.object(event);
  }

  private static List<String> table(Network network, List<Agreement> agreements) {
    int width = agreements.stream().mapToInt(a -> a.parameter().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (Agreement agreement : agreements) {
      lines.add(("  %-" + width + "s  %s").formatted(agreement.parameter(), verdict(agreement)));
    }
    long wrong = agreements.stream().filter(a -> !a.ok()).count();
    lines.add(
        wrong == 0
            ? network.name() + ": the gradients agree with central differences"
            : "%s: %s of %s gradients disagree with central differences"
                .formatted(network.name(), wrong, agreements.size()));
    return lines;
  }

  private static String verdict(Agreement agreement) {
    return String.format(Locale.ROOT, "%.1e", agreement.maxRelativeError())
        + (agreement.ok() ? "  ok" : "  WRONG");
  }

  @Override
  public boolean json() {
    return json.asked();
  }
}
