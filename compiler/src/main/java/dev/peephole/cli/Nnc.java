package dev.peephole.cli;

import dev.peephole.runtime.kernel.VectorApi;
import dev.peephole.runtime.train.progress.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code nnc}: compiles neural networks to Java, and trains them. */
@Command(
    name = "nnc",
    description = "Compiles neural networks, written as equations in .nn files, to readable Java.",
    versionProvider = Nnc.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example:", "  nnc train samples/xor/xor.nn"})
public final class Nnc implements Runnable {
  static final int SUCCESS = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;

  /** What a deeply nested formula needs, and a program that is unrolled from one. */
  private static final long STACK_BYTES = 256L << 20;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "this text")
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "the version of nnc and of Java")
  private boolean version;

  @Spec private CommandSpec spec;

  private Nnc() {}

  public static void main(String[] args) {
    Streams streams = new Streams();
    streams.eraseWarning();
    System.exit(run(streams.console(), args));
  }

  /**
   * Runs a command line.
   *
   * @return the exit status: 0 success, 1 the model, the data or the training failed, 2 wrong usage
   */
  public static int run(Console console, String... args) {
    AtomicInteger status = new AtomicInteger(FAILURE);
    Thread thread = new Thread(null, () -> status.set(execute(console, args)), "nnc", STACK_BYTES);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return status.get();
  }

  private static int execute(Console console, String... args) {
    Report report = new Report(console);
    try {
      CommandLine line = commandLine(console);
      line.setParameterExceptionHandler((e, given) -> report.wrongUsage(e));
      line.setExecutionExceptionHandler((e, failed, parsed) -> report.failure(e, failed));
      return line.execute(args);
    } catch (StackOverflowError | OutOfMemoryError e) {
      return report.exhausted(e);
    } catch (RuntimeException | Error e) {
      return report.internal(e);
    }
  }

  /** The whole command line; the order is that of the help. */
  static CommandLine commandLine(Console console) {
    CommandLine line = new CommandLine(new Nnc());
    line.addSubcommand("train", new Train(console));
    line.addSubcommand("check", new Check(console));
    line.addSubcommand("compile", new Compile(console));
    line.addSubcommand("eval", new Eval(console));
    line.addSubcommand("predict", new Predict(console));
    line.addSubcommand("gradcheck", new Gradcheck(console));
    line.addSubcommand("explain", new Explain(console));
    line.addSubcommand("playground", new Playground(console));
    line.addSubcommand("dump", new Dump(console));
    line.addSubcommand("devices", new Devices(console));
    line.addSubcommand("std", new Std(console));
    line.addSubcommand("completion", new Completion(console));
    line.addSubcommand("help", new Help());
    inOrder(line);
    line.getSubcommands().values().forEach(Nnc::inOrder);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setOut(new PrintWriter(console.out(), true));
    line.setErr(new PrintWriter(console.err(), true));
    return line;
  }

  /** The help lists options as they are declared here, not by the alphabet. */
  private static void inOrder(CommandLine line) {
    line.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false).width(90);
  }

  /** Without a command, the help is wanted. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String built = Nnc.class.getPackage().getImplementationVersion();
      String java = System.getProperty("java.version") + ", " + System.getProperty("java.vendor");
      return new String[] {"nnc " + (built == null ? "(not packaged)" : built), "Java " + java};
    }
  }

  /** Standard output and error as they are when the process starts. */
  private static final class Streams {
    private final boolean launchedOnTerminal = Boolean.getBoolean("nnc.terminal");
    private final PrintStream out = utf8(FileDescriptor.out);
    private final PrintStream err = utf8(FileDescriptor.err);

    private static PrintStream utf8(FileDescriptor file) {
      return new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8);
    }

    Console console() {
      boolean plain = "dumb".equals(System.getenv("TERM")) || System.getenv("NO_COLOR") != null;
      boolean terminal = launchedOnTerminal || Console.system().terminal();
      return new Console(out, err, terminal && !plain);
    }

    /** Takes back the line that the JVM prints because of a module that the launcher asks for. */
    void eraseWarning() {
      if (launchedOnTerminal && ModuleLayer.boot().findModule(VectorApi.MODULE).isPresent()) {
        err.print("\033[1A\033[2K");
        err.flush();
      }
    }
  }
}
