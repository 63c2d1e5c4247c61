package dev.peephole.runtime.train.command;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.opencl.Device;
import dev.peephole.runtime.opencl.DeviceName;
import dev.peephole.runtime.train.StoppedException;
import dev.peephole.runtime.train.Training;
import dev.peephole.runtime.train.divergence.DivergenceException;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.progress.Console;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/** The command line of a trainer jar: what the {@code main} of generated code calls. */
public final class Trainer {
  private static final int SUCCESS = 0;
  private static final int FAILURE = 1;
  private static final int USAGE = 2;

  private static final StackWalker CALLER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private final Console console = Console.system();
  private final Plan plan;
  private final String device;
  private final Class<?> caller;

  private Trainer(Plan plan, String device, Class<?> caller) {
    this.plan = plan;
    this.device = device;
    this.caller = caller;
  }

  /**
   * Trains a network; the data are looked for in the working directory.
   *
   * <p>If the JVM was started without its vector instructions, which a jar cannot ask for, a second
   * one with them does the work.
   *
   * @param model makes the network to train
   * @param textbook makes the same network in code that keeps every named value
   * @return the exit status: 0 success, 1 the data or the training failed, 2 wrong usage
   */
  public static int main(
      Plan plan,
      Supplier<? extends Model> model,
      Supplier<? extends Model> textbook,
      String[] args) {
    Class<?> caller = CALLER.getCallerClass();
    Trainer trainer = new Trainer(plan, DeviceName.CPU, caller);
    return trainer.run(args, options -> trainer.program(model, textbook));
  }

  /**
   * Trains a network that was compiled for OpenCL.
   *
   * @param model makes the network to train, for a device
   * @param textbook makes the same network for the CPU, in code that keeps every named value
   * @return the exit status, as above
   */
  public static int main(
      Plan plan,
      Function<Device, ? extends Model> model,
      Supplier<? extends Model> textbook,
      String[] args) {
    Class<?> caller = CALLER.getCallerClass();
    Trainer trainer = new Trainer(plan, DeviceName.OPENCL, caller);
    return trainer.run(
        args,
        options -> {
          Device device = Device.open(options.device());
          return trainer.program(() -> model.apply(device), textbook);
        });
  }

  private Program program(Supplier<? extends Model> model, Supplier<? extends Model> textbook) {
    return new Program(plan, model, textbook, Path.of(""), JarFiles.of(caller));
  }

  private int run(String[] args, Function<RunOptions, Program> program) {
    RunOptions options;
    try {
      Arguments arguments = new Arguments(args);
      if (arguments.askForHelp()) {
        help();
        return SUCCESS;
      }
      options = arguments.options(device);
    } catch (IllegalArgumentException e) {
      console.err().println(e.getMessage() + "\n--help lists the options");
      return USAGE;
    }
    OptionalInt status = VectorJvm.run(caller, args, console);
    return status.isPresent() ? status.getAsInt() : train(program, options);
  }

  private int train(Function<RunOptions, Program> program, RunOptions options) {
    try {
      if (DeviceName.isOpenCl(options.device()) != DeviceName.isOpenCl(device)) {
        throw DataException.of(
            "this was compiled for " + device + ", not for " + options.device(),
            "nnc compile --device " + options.device() + " compiles it for that");
      }
      Training.run(program.apply(options), options, console);
      return SUCCESS;
    } catch (DataException e) {
      console.err().println("error: " + e.report());
    } catch (DivergenceException e) {
      console.err().println("error: " + e.report());
    } catch (StoppedException told) {
      return StoppedException.STATUS;
    } catch (OutOfMemoryError e) {
      console.err().println("error: out of memory\n  hint: java -Xmx8g -jar … gives it 8 GB");
    }
    return FAILURE;
  }

  private void help() {
    console.print("Trains the network " + plan.network() + " of " + plan.modelFile() + ".");
    console.print("");
    console.print("usage: java -jar " + plan.network() + ".jar [OPTION]...");
    Arrays.stream(Option.values()).map(Option::help).forEach(console::print);
    console.print("");
    console.print("example: java -jar " + plan.network() + ".jar --epochs 20 --data ../data");
  }
}
