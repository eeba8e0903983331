package dev.weir.app;

import dev.weir.gating.control.ControlOrder;
import dev.weir.gating.signing.KeyFile;
import dev.weir.operations.control.ControlPublisher;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir control}: orders to running gates. */
@Command(
    name = "control",
    description = "Order running gates to accept less, or lift such an order.")
final class ControlCommand implements Runnable {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "name a subcommand: stop, canary, lift");
  }

  /** Who orders, and where. */
  static final class Giver {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description = "Private key to sign with; give it again for another signature. Without any,"
            + " the order goes out unsigned.")
    private List<Path> keys = List.of();

    @Option(
        names = "--by",
        required = true,
        paramLabel = "NAME",
        description = "Who gives the order, for those who read it later.")
    private String by = "";

    ControlPublisher publisher() {
      return new ControlPublisher(
          kafka.cluster(),
          kafka.names(),
          keys.stream().map(KeyFile::readPrivate).toList(),
          kafka.keys());
    }
  }

  @Command(name = "stop", description = "Stop something until it is lifted.")
  int stop(
      @Mixin Giver giver,
      @Parameters(
              paramLabel = "KIND",
              description = "KILL_SWITCH, PAUSE or DRIFT audit everything, BREAKER every flip.")
          ControlOrder.Stop.Kind kind) {
    return given(giver.publisher().stop(kind, giver.by, System.currentTimeMillis()));
  }

  @Command(name = "canary", description = "Name more records that must never be accepted.")
  int canary(
      @Mixin Giver giver,
      @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of records.")
          List<String> ids) {
    Set<String> all = new TreeSet<>(ids);
    return given(giver.publisher().addCanaries(all, giver.by, System.currentTimeMillis()));
  }

  @Command(
      name = "lift",
      description = "Lift the order of a kind; takes as many operators' signatures as a release.")
  int lift(
      @Mixin Giver giver,
      @Parameters(
              paramLabel = "KIND",
              description = "KILL_SWITCH, PAUSE, DRIFT, BREAKER or CANARY_ADDED.")
          String kind) {
    return given(giver
        .publisher()
        .lift(kind.toUpperCase(Locale.ROOT), giver.by, System.currentTimeMillis()));
  }

  private int given(ControlOrder order) {
    spec.commandLine()
        .getOut()
        .println((order.action() instanceof ControlOrder.Lift ? "lifted " : "ordered ")
            + order.about() + ", sequence " + order.sequence()
            + "; instances that trust its signatures obey it from their next batch on");
    return Weir.DONE;
  }
}
