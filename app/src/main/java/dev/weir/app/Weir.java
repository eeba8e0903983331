package dev.weir.app;

import dev.weir.model.document.InvalidDocument;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

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
    scope = ScopeType.INHERIT,
    sortOptions = false,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the answer is no, for instance a decision that does not recompute",
      "2:wrong use or bad input; one line says what to do",
      "3:a fault of Weir itself"
    },
    subcommands = {
      DemoCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      SlicesCommand.class,
      GoalCommand.class,
      DecideCommand.class,
      VerifyCommand.class,
      ExplainCommand.class,
      DecisionsCommand.class,
      WorldCommand.class,
      BundleCommand.class,
      PolicyCommand.class,
      ControlCommand.class,
      WatchCommand.class,
      BrokerCommand.class,
      TopicsCommand.class,
      SendCommand.class,
      RunCommand.class,
      ShadowCommand.class,
      LedgerCommand.class,
      ReplayCommand.class
    })
public final class Weir implements Runnable {
  static final int DONE = 0;
  static final int NO = 1;
  static final int BAD_INPUT = 2;
  static final int FAULT = 3;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  private Weir() {}

  public static void main(String[] arguments) {
    CommandLine command = commandLine();
    int code = run(command, arguments);
    command.getOut().flush();
    command.getErr().flush();
    System.exit(code);
  }

  /* Whatever ends a command, 1 is an answer and never a fault. */
  static int run(CommandLine command, String... arguments) {
    try {
      return command.execute(arguments);
    } catch (OutOfMemoryError e) {
      command
          .getErr()
          .println("weir: out of memory (" + e.getMessage() + ") with a heap of "
              + Runtime.getRuntime().maxMemory() / (1 << 20)
              + " MiB; give it more, for instance WEIR_HEAP=4g, or fewer rows");
      return FAULT;
    } catch (Error e) {
      return fault(e, command);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Weir())
        .setParameterExceptionHandler(Weir::reportUse)
        .setExecutionExceptionHandler(Weir::report)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int reportUse(CommandLine.ParameterException e, String... arguments) {
    CommandLine command = e.getCommandLine();
    String meant = e instanceof CommandLine.UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty()
        ? "; did you mean " + String.join(", ", unmatched.getSuggestions()) + "?"
        : "";
    command
        .getErr()
        .println("weir: " + oneLine(String.valueOf(e.getMessage())) + meant + "; try '"
            + command.getCommandSpec().qualifiedName() + " --help'");
    return BAD_INPUT;
  }

  private static String oneLine(String message) {
    return message.lines().map(String::strip).collect(Collectors.joining(" "));
  }

  private static int report(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    if (e instanceof InvalidDocument invalid) {
      int count = invalid.issues().size();
      command.getErr().println("weir: " + count + (count == 1 ? " mistake" : " mistakes"));
      command.getErr().println(invalid.getMessage());
      return BAD_INPUT;
    }
    Throwable wrong = e instanceof KafkaException && e.getCause() != null ? e.getCause() : e;
    if (wrong instanceof ConfigException) {
      command.getErr().println("weir: Kafka's client cannot be made: " + wrong.getMessage());
      return BAD_INPUT;
    }
    if (e instanceof IllegalArgumentException
        || e instanceof IllegalStateException
        || e instanceof UncheckedIOException) {
      command.getErr().println("weir: " + e.getMessage());
      return BAD_INPUT;
    }
    return fault(e, command);
  }

  private static int fault(Throwable e, CommandLine command) {
    command.getErr().println("weir: a fault of its own: " + e);
    e.printStackTrace(command.getErr());
    return FAULT;
  }
}
