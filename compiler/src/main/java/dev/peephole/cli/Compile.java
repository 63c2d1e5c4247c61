package dev.peephole.cli;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.JavaSources;
import dev.peephole.driver.JavaSources.Target;
import dev.peephole.driver.Network;
import dev.peephole.driver.TrainerJar;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.AtomicFile;
import dev.peephole.runtime.train.progress.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    description = {
      "Writes the generated Java, and a jar that trains the network with no nnc around;",
      "for OpenCL, the kernels too.",
      "On standard output it lists the files that it wrote."
    },
    footer = {"", "Example:", "  nnc compile fever.nn -o out && java -jar out/Fever.jar"})
final class Compile implements Runnable {
  private final Console console;

  @Mixin private ModelOptions model;

  @Mixin private StyleOption style;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "the folder to write to; made if it is not there")
  private Path out;

  @Mixin private DeviceOption device;

  Compile(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Compilation compilation = model.compile(console, false);
    Network network = model.choose(compilation, console);
    Target target = device.openCl().isPresent() ? Target.OPENCL : Target.CPU;
    JavaSources sources = JavaSources.of(network, style.style(), target);
    makeFolder();
    sources
        .files()
        .forEach(
            (name, text) -> {
              AtomicFile.write(out.resolve(name), text);
              console.out().println(out.resolve(name));
            });
    if (sources.training().isPresent()) {
      Path jar = out.resolve(network.name() + ".jar");
      TrainerJar.write(jar, compilation, sources);
      console.out().println(jar);
    } else {
      console.err().println("note: no jar, because no plan says how to train " + network.name());
    }
  }

  private void makeFolder() {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw DataException.in(out.toString(), "is a file, not a folder", "");
    }
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw AtomicFile.unwritable(out, e);
    }
  }
}
