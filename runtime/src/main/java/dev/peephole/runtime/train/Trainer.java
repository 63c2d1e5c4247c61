package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The command line of a trainer jar: what the {@code main} of generated code calls. */
public final class Trainer {
  private static final int SUCCESS = 0;
  private static final int FAILURE = 1;
  private static final int USAGE = 2;

  private Trainer() {}

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
    Class<?> caller =
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass();
    Console console = Console.system();
    RunOptions options;
    try {
      Arguments arguments = new Arguments(args);
      if (arguments.askForHelp()) {
        help(plan, console);
        return SUCCESS;
      }
      options = arguments.options();
    } catch (IllegalArgumentException e) {
      console.err().println(e.getMessage() + "\n--help lists the options");
      return USAGE;
    }
    OptionalInt status = VectorJvm.run(caller, args, console);
    if (status.isPresent()) {
      return status.getAsInt();
    }
    Program program = new Program(plan, model, textbook, Path.of(""), JarFiles.of(caller));
    return train(program, options, console);
  }

  private static int train(Program program, RunOptions options, Console console) {
    try {
      Training.run(program, options, console);
      return SUCCESS;
    } catch (DataException e) {
      console.err().println("error: " + e.report());
    } catch (DivergenceException e) {
      console.err().println("error: " + e.report());
    } catch (OutOfMemoryError e) {
      console.err().println("error: out of memory\n  hint: java -Xmx8g -jar … gives it 8 GB");
    }
    return FAILURE;
  }

  private static void help(Plan plan, Console console) {
    console.print("Trains the network " + plan.network() + " of " + plan.modelFile() + ".");
    console.print("");
    console.print("usage: java -jar " + plan.network() + ".jar [OPTION]...");
    Arrays.stream(Option.values()).map(Option::help).forEach(console::print);
    console.print("");
    console.print("example: java -jar " + plan.network() + ".jar --epochs 20 --data ../data");
  }
}
