package dev.weir.app;

import dev.weir.gating.release.ReleasePayload;
import dev.weir.operations.policy.PolicyHistory;
import dev.weir.schemas.wire.InstanceReport;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir policy status}: what each instance has activated or refused. */
@Command(
    name = "status",
    description = "Show what each instance has activated or refused; exit 1 unless all that have"
        + " reported have activated the newest release.")
final class StatusCommand implements Callable<Integer> {
  @Mixin
  private KafkaOptions kafka = new KafkaOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PolicyHistory history = new PolicyHistory(kafka.cluster(), kafka.names());
    List<ReleasePayload> releases = history.releases();
    Map<String, PolicyHistory.Instance> instances = history.instances();
    PrintWriter out = spec.commandLine().getOut();
    String scope = kafka.names().scope();
    if (releases.isEmpty() || instances.isEmpty()) {
      out.println("scope=" + scope + " releases=" + releases.size() + " instances="
          + instances.size() + "; nothing to compare");
      return Weir.NO;
    }
    ReleasePayload newest = releases.get(releases.size() - 1);
    out.println("scope=" + scope + " newest epoch=" + newest.epoch() + " version="
        + newest.version() + " in force from " + Instant.ofEpochMilli(newest.effectiveFrom()));
    instances.forEach((name, instance) -> out.println(line(name, instance)));
    return instances.values().stream().allMatch(instance -> has(instance, newest.epoch()))
        ? Weir.DONE
        : Weir.NO;
  }

  private static boolean has(PolicyHistory.Instance instance, long epoch) {
    return instance
        .activated()
        .filter(report -> report.epoch().equals(OptionalLong.of(epoch)))
        .isPresent();
  }

  private static String line(String name, PolicyHistory.Instance instance) {
    InstanceReport last = instance.last();
    String activated = instance.activated().map(StatusCommand::epoch).orElse("unknown");
    return "instance=%s activated=%s last=%s of epoch %s at %s %s"
        .formatted(
            name,
            activated,
            last.state(),
            epoch(last),
            Instant.ofEpochMilli(last.at()),
            last.reason())
        .strip();
  }

  private static String epoch(InstanceReport report) {
    return report.epoch().isPresent() ? Long.toString(report.epoch().getAsLong()) : "?";
  }
}
