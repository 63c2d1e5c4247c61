package dev.peephole.cli;

import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.DiagnosticJson;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.diagnostic.Renderer;
import dev.peephole.diagnostic.Severity;
import dev.peephole.driver.JdkModules;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.Json;
import dev.peephole.runtime.train.StoppedException;
import dev.peephole.runtime.train.divergence.DivergenceException;
import dev.peephole.runtime.train.progress.Console;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what went wrong: on standard error and, if events are asked for, as events. */
final class Report {
  private final Console console;
  private final PrintStream err;

  Report(Console console) {
    this.console = console;
    this.err = console.err();
  }

  /** Prints errors and warnings in models, an empty line after each. */
  void diagnostics(List<Diagnostic> diagnostics, boolean json) {
    Renderer renderer = new Renderer(console.terminal());
    for (Diagnostic diagnostic : diagnostics) {
      err.println(renderer.render(diagnostic));
      if (json) {
        console.out().println(DiagnosticJson.of(diagnostic));
      }
    }
  }

  /** Prints how many errors and warnings there were, if there were any. */
  void count(int errors, int warnings) {
    String both =
        Stream.of(counted(errors, Severity.ERROR), counted(warnings, Severity.WARNING))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    if (!both.isEmpty()) {
      err.println(both);
    }
  }

  private static String counted(int count, Severity severity) {
    return count == 0 ? "" : count + " " + severity.slug() + (count == 1 ? "" : "s");
  }

  /** Prints an error in a file that is no model, or cannot be read as one. */
  void problem(DataException problem, boolean json) {
    err.println("error: " + problem.report());
    if (json) {
      console.out().println(Json.object(problem.event()));
    }
  }

  /** Tells why a command failed; returns the exit status. */
  int failure(Exception failure, CommandLine command) {
    boolean json = command.getCommand() instanceof JsonOption.Taker taker && taker.json();
    if (failure instanceof Rejection rejection) {
      List<Diagnostic> diagnostics = rejection.diagnostics();
      long errors = diagnostics.stream().filter(d -> d.severity() == Severity.ERROR).count();
      diagnostics(diagnostics, json);
      count((int) errors, diagnostics.size() - (int) errors);
    } else if (failure instanceof DataException problem) {
      problem(problem, json);
    } else if (failure instanceof DivergenceException divergence) {
      err.println("error: " + divergence.report());
      if (json) {
        console.out().println(Json.object(divergence.event()));
      }
    } else if (failure instanceof StoppedException) {
      return StoppedException.STATUS;
    } else if (failure instanceof InvalidPathException path) {
      problem(nameless(path.getInput()), json);
    } else {
      return internal(failure);
    }
    return Nnc.FAILURE;
  }

  private static DataException nameless(String name) {
    boolean ascii = name.chars().allMatch(c -> c < 128);
    String hint = "the locale allows for ASCII alone; LC_ALL=C.UTF-8 allows for all letters";
    return DataException.of("a file cannot be called " + name + " here", ascii ? "" : hint);
  }

  /** Tells of a failure that is nnc's own fault; returns the exit status. */
  int internal(Throwable failure) {
    if (failure instanceof NoClassDefFoundError error && JdkModules.lacking(error).isPresent()) {
      problem(JdkModules.lacking(error).get(), false);
      return Nnc.FAILURE;
    }
    String what = failure.toString().lines().findFirst().orElse("");
    err.println("nnc: internal error: " + what + "; please report it, with the model");
    if (System.getenv("NNC_DEBUG") != null) {
      failure.printStackTrace(err);
    } else {
      err.println("  with NNC_DEBUG=1 in the environment it says more");
    }
    return Nnc.FAILURE;
  }

  /** Tells that stack or memory are used up; returns the exit status. */
  int exhausted(Error error) {
    err.println(
        error instanceof StackOverflowError
            ? "error: the model is nested too deeply"
            : "error: out of memory, of which Java may use %s MB\n  hint: %s"
                .formatted(
                    Runtime.getRuntime().maxMemory() >> 20,
                    "a smaller --batch needs less; JAVA_TOOL_OPTIONS=-Xmx8g allows for more"));
    return Nnc.FAILURE;
  }

  /** Tells what is wrong with a command line; returns the exit status. */
  int wrongUsage(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + message(wrong));
    err.println(name + " --help says how it is used");
    return Nnc.USAGE;
  }

  private static String message(ParameterException wrong) {
    if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
      return uncapitalised(wrong.getMessage());
    }
    CommandLine command = wrong.getCommandLine();
    String given = unmatched.getUnmatched().get(0);
    boolean option = given.startsWith("-");
    boolean top = !option && !command.getSubcommands().isEmpty();
    List<String> known = new ArrayList<>();
    if (option) {
      known.addAll(command.getCommandSpec().optionsMap().keySet());
    } else if (top) {
      known.addAll(command.getSubcommands().keySet());
    } else {
      return "there is no place for '" + given + "'";
    }
    String written = given.contains("=") ? given.substring(0, given.indexOf('=')) : given;
    return "there is no %s %s%s"
        .formatted(
            option ? "option" : "command",
            written,
            Nearest.to(written, known).map(near -> "; did you mean " + near + "?").orElse(""));
  }

  private static String uncapitalised(String message) {
    return message.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + message.substring(1);
  }
}
