package dev.peephole.cli;

import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Linker;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.Json;
import dev.peephole.runtime.opencl.Device;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.progress.Console;
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
      "Finds the errors in model files, and what is hardly meant, and does nothing else.",
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

  @Mixin private WarningsOption warnings;

  @Mixin private JsonOption json;

  Check(Console console) {
    this.console = console;
    this.report = new Report(console);
  }

  @Override
  public Integer call() {
    Found all = files.stream().map(this::check).reduce(new Found(0, 0), Found::plus);
    report.count(all.errors, all.warnings);
    return refused(all) ? Nnc.FAILURE : Nnc.SUCCESS;
  }

  /** How many errors and warnings there are. */
  private record Found(int errors, int warnings) {
    Found plus(Found other) {
      return new Found(errors + other.errors, warnings + other.warnings);
    }
  }

  private boolean refused(Found found) {
    return found.errors > 0 || warnings.asErrors() && found.warnings > 0;
  }

  /** Checks a file; returns what it found. */
  private Found check(Path file) {
    Found found = found(file);
    if (json()) {
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("event", "result");
      event.put("file", file.toString());
      event.put("ok", !refused(found));
      console.out().println(Json.object(event));
    } else if (!refused(found)) {
      console.out().println(file + ": ok");
    }
    return found;
  }

  private Found found(Path file) {
    try {
      DataAccess access = DataAccess.ifThere(data.of(file));
      Compilation compilation = Frontend.compile(file, access);
      report.diagnostics(compilation.errors(), json());
      report.diagnostics(compilation.warnings(), json());
      if (compilation.errors().isEmpty()) {
        device.openCl().ifPresent(name -> fit(compilation, name));
      }
      return new Found(compilation.errors().size(), compilation.warnings().size());
    } catch (DataException unreadable) {
      report.problem(unreadable, json());
      return new Found(1, 0);
    }
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
