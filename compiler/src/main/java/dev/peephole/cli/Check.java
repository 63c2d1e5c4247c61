package dev.peephole.cli;

import dev.peephole.check.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Linker;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.Json;
import dev.peephole.runtime.opencl.Device;
import dev.peephole.runtime.train.Console;
import dev.peephole.runtime.train.Plan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    description = {
      "Finds the errors in model files, and does nothing else.",
      "Data need not be there; where it is, its columns are compared with the model.",
      "With --device opencl the driver compiles the kernels too, and makes room for a batch."
    },
    footer = {"", "Example:", "  nnc check samples/*/*.nn"})
final class Check implements Callable<Integer>, JsonOption.Taker {
  private final Console console;
  private final Report report;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "the model files")
  private List<Path> files;

  @Mixin private DataOption data;

  @Mixin private DeviceOption device;

  @Mixin private JsonOption json;

  Check(Console console) {
    this.console = console;
    this.report = new Report(console);
  }

  @Override
  public Integer call() {
    int errors = files.stream().mapToInt(this::check).sum();
    if (errors > 0) {
      report.count(errors);
    }
    return errors == 0 ? Nnc.SUCCESS : Nnc.FAILURE;
  }

  /** Checks a file; returns how many errors it has. */
  private int check(Path file) {
    int errors = 1;
    try {
      DataAccess access = DataAccess.ifThere(data.of(file));
      Compilation compilation = Frontend.compile(file, access);
      errors = compilation.errors().size();
      report.errors(compilation.errors(), json());
      if (errors == 0) {
        device.openCl().ifPresent(name -> fit(compilation, name));
      }
    } catch (DataException unreadable) {
      errors = 1;
      report.problem(unreadable, json());
    }
    if (json()) {
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("event", "result");
      event.put("file", file.toString());
      event.put("ok", errors == 0);
      console.out().println(Json.object(event));
    } else if (errors == 0) {
      console.out().println(file + ": ok");
    }
    return errors;
  }

  /** Tries whether a device takes the networks of a file. */
  private static void fit(Compilation compilation, String device) {
    for (Network network : compilation.networks()) {
      Linker.OnDevice there = Linker.onDevice(network, Style.FAST, Device.open(device));
      there.model().reserve(there.plan().map(Plan::batch).orElse(1));
      there.model().release();
    }
  }

  @Override
  public boolean json() {
    return json.asked();
  }
}
