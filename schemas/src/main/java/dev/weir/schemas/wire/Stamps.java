package dev.weir.schemas.wire;

import dev.weir.gating.decision.BatchStamp;
import dev.weir.gating.decision.ControlStamp;
import dev.weir.gating.decision.DriftFinding;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.decision.Route;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.schemas.avro.BatchPart;
import dev.weir.schemas.avro.CloseReason;
import dev.weir.schemas.avro.ControlsUsed;
import dev.weir.schemas.avro.Drift;
import dev.weir.schemas.avro.ReleaseUsed;
import dev.weir.schemas.avro.Sha256;
import dev.weir.schemas.avro.Source;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The parts that several messages share, from core to wire and back. */
final class Stamps {
  private Stamps() {}

  static BatchPart batch(BatchStamp stamp) {
    return BatchPart.newBuilder()
        .setId(stamp.id())
        .setPart(stamp.part())
        .setSize(stamp.size())
        .setRejected(stamp.rejected())
        .setFragileFraction(stamp.fragileFraction())
        .setCloseReason(CloseReason.valueOf(stamp.closeReason().name()))
        .setLatest(stamp.latest())
        .setDrift(stamp.drift().map(Stamps::drift).orElse(null))
        .build();
  }

  private static Drift drift(DriftFinding drift) {
    return Drift.newBuilder()
        .setRecords(drift.records())
        .setStatistic(drift.statistic())
        .setField(drift.field())
        .setZ(drift.z())
        .setThreshold(drift.threshold())
        .build();
  }

  static Source source(Position position) {
    return Source.newBuilder()
        .setTopic(position.topic())
        .setPartition(position.partition())
        .setOffset(position.offset())
        .build();
  }

  static ReleaseUsed release(ReleaseStamp stamp) {
    return ReleaseUsed.newBuilder()
        .setScope(stamp.scope())
        .setVersion(stamp.version())
        .setEpoch(stamp.epoch())
        .setPolicy(sha256(stamp.policy()))
        .setBundle(sha256(stamp.bundle()))
        .setBook(boxed(stamp.book()))
        .build();
  }

  static ReleaseStamp release(ReleaseUsed release) {
    return new ReleaseStamp(
        release.getScope(),
        release.getVersion(),
        release.getEpoch(),
        fingerprint(release.getPolicy()).orElseThrow(),
        fingerprint(release.getBundle()).orElseThrow(),
        unboxed(release.getBook()));
  }

  static ControlsUsed controls(ControlStamp stamp) {
    return ControlsUsed.newBuilder()
        .setOffset(boxed(stamp.offset()))
        .setActive(stamp.active())
        .build();
  }

  static dev.weir.schemas.avro.Route route(Route route) {
    return dev.weir.schemas.avro.Route.valueOf(route.name());
  }

  static Sha256 sha256(Fingerprint fingerprint) {
    return new Sha256(fingerprint.bytes());
  }

  static Optional<Fingerprint> fingerprint(@Nullable Sha256 sha256) {
    return sha256 == null ? Optional.empty() : Optional.of(Fingerprint.ofSha256(sha256.bytes()));
  }

  static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  static OptionalLong unboxed(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
