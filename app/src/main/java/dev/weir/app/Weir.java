package dev.weir.app;

import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The {@code weir} command.
 *
 * <p>Exit codes: 0 done; 1 the answer is no; 2 wrong use or bad input, with one line that says what
 * to do; 3 a fault of Weir itself, with a stack trace.
 */
@Command(
    name = "weir",
    description = "A streaming gate for the decisions of machine-learning models.",
    mixinStandardHelpOptions = true,
    version = "weir 0.1.0",
    subcommands = {
      DemoCommand.class,
      TrainCommand.class,
      DecideCommand.class,
      VerifyCommand.class,
      BundleCommand.class,
      PolicyCommand.class,
      TopicsCommand.class,
      SendCommand.class,
      RunCommand.class,
      LedgerCommand.class
    })
public final class Weir implements Runnable {
  static final int DONE = 0;
  static final int NO = 1;
  static final int BAD_INPUT = 2;
  static final int FAULT = 3;

  private Weir() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Weir())
        .setExecutionExceptionHandler(Weir::report)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  private static int report(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    if (e instanceof IllegalArgumentException || e instanceof UncheckedIOException) {
      command.getErr().println("weir: " + e.getMessage());
      return BAD_INPUT;
    }
    command.getErr().println("weir: a fault of its own: " + e);
    e.printStackTrace(command.getErr());
    return FAULT;
  }
}
