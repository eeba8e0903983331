package dev.weir.app;

import dev.weir.gating.gate.Secrets;
import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.json.CanonicalJson;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.policy.PolicyTopic;
import dev.weir.operations.replay.FileReplay;
import dev.weir.operations.replay.PublishedBook;
import dev.weir.operations.replay.Releases;
import dev.weir.operations.replay.ReplayProgress;
import dev.weir.operations.replay.ReplayRange;
import dev.weir.operations.replay.ReplayReport;
import dev.weir.operations.replay.TopicReplay;
import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.registry.RegistryDeserializer;
import dev.weir.schemas.registry.RegistrySettings;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.topology.app.GateConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir replay}: decide again what was decided, and tell each difference by its cause. */
@Command(
    name = "replay",
    description = "Decide again what was decided, under the recorded release or another, compare"
        + " byte for byte, and tell the differences by cause; exit 1 if there is any, or"
        + " nothing was decided."
        + " docs/replay.md explains the causes.")
final class ReplayCommand implements Callable<Integer> {
  @ArgGroup(exclusive = true, multiplicity = "1")
  private Log log = new Log();

  /** Where the decisions are. */
  static final class Log {
    @Option(
        names = "--decisions",
        paramLabel = "FILE",
        description = "JSON lines of weir decide or weir decisions.")
    private Path file = Path.of("");

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description =
            "weir.yaml of the gate: its addresses, security, topics, scope, keys and registry.")
    private Path config = Path.of("");

    @Option(
        names = "--bootstrap",
        paramLabel = "HOST:PORT",
        description = "The cluster's addresses, where it needs no security.")
    private String bootstrap = "";

    boolean isFile() {
      return bootstrap.isEmpty() && !isConfigured();
    }

    boolean isConfigured() {
      return !config.toString().isEmpty();
    }
  }

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Instead instead = new Instead();

  /** What decides instead of the recorded releases. */
  static final class Instead {
    @Option(
        names = "--policy",
        paramLabel = "POLICY",
        description = "Decide under this policy instead; shipped name or file.")
    private String policy = "";

    @Option(
        names = "--release",
        paramLabel = "FILE",
        description = "Decide under the policy of this frozen release instead.")
    private Path release = Path.of("");
  }

  @Option(
      names = "--bundle",
      required = true,
      paramLabel = "DIR",
      description = "The bundle that decides; give several, and each decision gets the one that it"
          + " names, others the first.")
  private List<Path> bundles = List.of();

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      defaultValue = "",
      description = "The scope that the gate governs (default: the file's, else passenger).")
  private String scope = "";

  @Option(
      names = "--from",
      defaultValue = "",
      paramLabel = "TIME",
      description = "Only batches whose largest timestamp is at least this: ISO 8601, or epoch"
          + " milliseconds.")
  private String from = "";

  @Option(
      names = "--to",
      defaultValue = "",
      paramLabel = "TIME",
      description = "Only batches whose largest timestamp is before this.")
  private String to = "";

  @Option(
      names = "--records",
      description = "Decide from the records topic, not from the values that decisions carry.")
  private boolean records;

  @Option(
      names = "--registry",
      defaultValue = "",
      paramLabel = "URL",
      description = "The schema registry that the records need, with --records and --bootstrap.")
  private String registry = "";

  @Mixin
  private TrustOptions trust = new TrustOptions();

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads that decide (default: as many as there are processors).")
  private int threads;

  @Mixin
  private SecretOptions secrets = new SecretOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    requireUse();
    List<Bundle> loaded = bundles.stream().map(BundleDirectory::read).toList();
    ReplayRange range = new ReplayRange(
        from.isEmpty() ? Long.MIN_VALUE : time("--from", from),
        to.isEmpty() ? Long.MAX_VALUE : time("--to", to),
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
    PrintWriter out = spec.commandLine().getOut();
    TerminalProgress terminal = new TerminalProgress(out);
    ReplayProgress progress = Terminal.isInteractive()
        ? (done, total) -> terminal.at("replaying", percent(done, total), 100)
        : (done, total) -> {};
    long begin = System.nanoTime();
    ReplayReport report =
        log.isFile() ? ofFile(loaded, range, progress) : ofTopics(loaded, range, progress);
    terminal.finish();
    if (report.decisions() == 0) {
      out.println("nothing to check: " + place() + " no decisions"
          + (from.isEmpty() && to.isEmpty() ? "" : " within --from and --to"));
      return Weir.NO;
    }
    out.print(report.text());
    double seconds = (System.nanoTime() - begin) / 1e9;
    out.printf(
        Locale.ROOT, "%.1f s, %,.0f decisions a second%n", seconds, report.decisions() / seconds);
    return report.isClean() ? Weir.DONE : Weir.NO;
  }

  /* What would be passed over in silence. */
  private void requireUse() {
    if (log.isFile() && records) {
      throw new IllegalArgumentException(
          "--records needs --config or --bootstrap: a file has no records topic");
    }
    boolean isTrusting = trust.keys().isPresent();
    if (log.isFile() && isTrusting) {
      throw new IllegalArgumentException(
          "--trust needs --config or --bootstrap: a file has no policy topic");
    }
    if (!registry.isEmpty() && (!records || log.isConfigured())) {
      throw new IllegalArgumentException(
          records
              ? "--registry is for --bootstrap; with --config it is the file's registry.url"
              : "--registry needs --records: decisions are read without a registry");
    }
  }

  private String place() {
    if (log.isFile()) {
      return log.file + " has";
    }
    TopicNames names = connection().topics();
    return names.autoAccept() + " and " + names.priorityAudit() + " have";
  }

  private GateConfig.Connection connection() {
    return KafkaOptions.connection(log.config, log.bootstrap, scope);
  }

  private ReplayReport ofFile(List<Bundle> loaded, ReplayRange range, ReplayProgress progress) {
    Releases releases = new Releases(loaded, policy(), PublishedBook.NONE, secrets.secrets());
    return new FileReplay(releases, range).run(log.file, progress);
  }

  private ReplayReport ofTopics(List<Bundle> loaded, ReplayRange range, ReplayProgress progress) {
    GateConfig.Connection connection = connection();
    Cluster cluster = KafkaOptions.cluster(connection);
    PublishedBook book = new PublishedBook(
        new PolicyTopic(cluster, connection.topics()).releases(Purpose.DECIDE), trusted());
    if (book.trusted().isEmpty()) {
      spec.commandLine()
          .getOut()
          .println(
              "signatures on the policy topic are taken as good; --config or --trust has them checked");
    }
    return new TopicReplay(cluster, connection.topics())
        .run(
            new Releases(loaded, policy(), book, secrets()),
            range,
            records ? Optional.of(payloads()) : Optional.empty(),
            progress);
  }

  private Optional<TrustedKeys> trusted() {
    return trust
        .keys()
        .or(() -> log.isConfigured()
            ? Optional.of(ConfigFile.read(
                log.config,
                file -> GateConfig.controlKeys(file, System.getenv()).operators()))
            : Optional.empty());
  }

  private Secrets secrets() {
    return log.isConfigured() && !secrets.areGiven()
        ? ConfigFile.read(log.config, GateConfig::secrets)
        : secrets.secrets();
  }

  private Supplier<PayloadReader> payloads() {
    if (log.isConfigured()) {
      return ConfigFile.read(log.config, file -> GateConfig.payloads(file, System.getenv()));
    }
    return registry.isEmpty()
        ? PayloadReader::withoutRegistry
        : () -> PayloadReader.of(
            RegistryDeserializer.class.getName(), Map.of(RegistrySettings.URL, registry));
  }

  private static int percent(long done, long total) {
    return (int) (100 * Math.min(done, total) / Math.max(1, total));
  }

  private Optional<String> policy() {
    if (!instead.policy.isEmpty()) {
      return Optional.of(Named.policyText(instead.policy));
    }
    if (instead.release.toString().isEmpty()) {
      return Optional.empty();
    }
    ReleasePayload payload =
        ReleasePayload.read(FrozenRelease.envelope(instead.release).payload());
    return Optional.of(CanonicalJson.of(payload.policy()));
  }

  private static long time(String option, String text) {
    try {
      return text.matches("-?\\d{1,18}")
          ? Long.parseLong(text)
          : Instant.parse(text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          option + " '" + text + "' is no time; give 2026-01-31T12:00:00Z or epoch milliseconds",
          e);
    }
  }
}
