package dev.weir.schemas.wire;

import dev.weir.schemas.avro.ActivationReport;
import dev.weir.schemas.avro.ActivationState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Instances' reports on envelopes as bytes. */
public final class ActivationCodec {
  private final SingleObject.Of<ActivationReport> avro =
      new SingleObject.Of<>("an activation report", ActivationReport.getClassSchema());

  /** A report in Avro's single-object encoding. */
  public byte[] encode(InstanceReport report) {
    return avro.encode(ActivationReport.newBuilder()
        .setInstance(report.instance())
        .setScope(report.scope())
        .setOffset(report.offset())
        .setEpoch(Stamps.boxed(report.epoch()))
        .setVersion(report.version().orElse(null))
        .setState(ActivationState.valueOf(report.state().name()))
        .setReason(report.reason())
        .setPolicy(report.policy().map(Stamps::sha256).orElse(null))
        .setBundle(report.bundle().map(Stamps::sha256).orElse(null))
        .setAt(report.at())
        .build());
  }

  /**
   * The report in {@code value}.
   *
   * @throws UndecodableRecord whatever is wrong with the bytes
   */
  public InstanceReport decode(byte @Nullable [] value) {
    ActivationReport report = avro.decode(value);
    return new InstanceReport(
        report.getInstance(),
        report.getScope(),
        report.getOffset(),
        Stamps.unboxed(report.getEpoch()),
        Optional.ofNullable(report.getVersion()),
        // The generated enum has exactly these names, and Avro maps any other to UNKNOWN.
        InstanceReport.State.valueOf(report.getState().name()),
        report.getReason(),
        Stamps.fingerprint(report.getPolicy()),
        Stamps.fingerprint(report.getBundle()),
        report.getAt());
  }
}
