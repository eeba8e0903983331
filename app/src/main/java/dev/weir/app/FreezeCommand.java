package dev.weir.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.gate.BatchGate;
import dev.weir.gating.gate.ReferenceRate;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.EnvelopeJson;
import dev.weir.lab.data.CsvRecords;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.json.CanonicalJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir policy freeze}: a policy and a bundle become a release that can be signed. */
@Command(
    name = "freeze",
    description = "Freeze a policy with the bundle it runs with into a release, unsigned as yet.")
final class FreezeCommand implements Callable<Integer> {
  private static final String NOW = "now";
  private static final String NEVER = "never";

  @Parameters(
      paramLabel = "POLICY",
      description = "Shipped name or file; shipped: " + Named.POLICIES)
  private String policy = "";

  @Mixin
  private BundleOption bundle = new BundleOption();

  @Option(
      names = "--epoch",
      required = true,
      paramLabel = "N",
      description = "Above every epoch of the scope so far; the highest one decides.")
  private long epoch;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "CSV of ordinary records; needed where the union has flags of the policy's own"
          + " and the hold is 'excess', to compute hold.referenceRate.")
  private Path data = Path.of("");

  @Option(
      names = "--version-name",
      defaultValue = "",
      paramLabel = "TEXT",
      description = "The release's name for people. Default: the policy's.")
  private String version = "";

  @Option(
      names = "--effective-from",
      defaultValue = NOW,
      paramLabel = "TIME",
      description = "Since when it decides, for instance 2026-12-01T00:00:00Z. Default: now.")
  private String effectiveFrom = NOW;

  @Option(
      names = "--expires",
      defaultValue = NEVER,
      paramLabel = "TIME",
      description = "Until when it accepts anything. Default: never.")
  private String expires = NEVER;

  @Option(
      names = "--shadow",
      description = "To be decided beside the active release and compared, never to decide.")
  private boolean isShadow;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The release to write, a DSSE envelope in JSON.")
  private Path out = Path.of("");

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    WholeFile.requireWritable(out);
    Bundle loaded = bundle.read();
    PolicyFile file = withReferenceRate(Named.policy(policy, loaded.definition()), loaded);
    // Compiled once, so that a release that no instance could activate is not written; the
    // instances'
    // secrets are not needed for that.
    BatchGate unused = BatchGate.of(file.policy(), loaded);
    ReleasePayload payload = new ReleasePayload(
        file.policy().scope(),
        version.isEmpty() ? policy : version,
        epoch,
        effectiveFrom.equals(NOW)
            ? System.currentTimeMillis()
            : time("--effective-from", effectiveFrom),
        expires.equals(NEVER) ? OptionalLong.empty() : OptionalLong.of(time("--expires", expires)),
        loaded.fingerprint(),
        file.json());
    requireTimeToAct(payload);
    WholeFile.writeLines(
        out,
        Stream.of(EnvelopeJson.write(payload.unsigned(isShadow ? Purpose.SHADOW : Purpose.DECIDE))
            .stripTrailing()));
    PrintWriter print = spec.commandLine().getOut();
    print.println((isShadow ? "shadow epoch " : "epoch ") + epoch + " of scope " + payload.scope()
        + " in " + out + ": policy " + file.fingerprint() + ", bundle " + loaded.fingerprint());
    print.println("sign it with: weir policy sign " + out + " --key NAME.key");
    return Weir.DONE;
  }

  private PolicyFile withReferenceRate(PolicyFile file, Bundle loaded) {
    boolean isGiven = file.policy().hold().referenceRate().isPresent();
    if (isGiven || !ReferenceRate.mustBeGiven(file.policy(), loaded)) {
      return file;
    }
    if (data.toString().isEmpty()) {
      throw new IllegalArgumentException(
          "the union of " + policy + " has flags of the policy's own,"
              + " whose ordinary share the bundle does not know; give --data with ordinary records");
    }
    List<RawRecord> records = CsvRecords.read(data, loaded.definition()).rows().stream()
        .map(CsvRecords.Row::parsed)
        .filter(RawRecord.class::isInstance)
        .map(RawRecord.class::cast)
        .toList();
    double rate = ReferenceRate.of(file.policy(), loaded, records);
    ObjectNode json = file.json().deepCopy();
    ((ObjectNode) json.get("hold")).put("referenceRate", rate);
    spec.commandLine()
        .getOut()
        .println("hold.referenceRate " + rate + ", from " + records.size() + " records of " + data);
    return PolicyFile.read(policy, CanonicalJson.of(json), loaded.definition());
  }

  private static void requireTimeToAct(ReleasePayload payload) {
    if (payload.expires().isPresent() && payload.expires().getAsLong() <= payload.effectiveFrom()) {
      throw new IllegalArgumentException("--expires "
          + Instant.ofEpochMilli(payload.expires().getAsLong()) + " is not after --effective-from "
          + Instant.ofEpochMilli(payload.effectiveFrom()));
    }
  }

  private static long time(String option, String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          option + " '" + text + "' is no time; write it like 2026-12-01T00:00:00Z", e);
    }
  }
}
