package dev.weir.schemas.wire;

import dev.weir.gating.shadow.ShadowDifference;
import dev.weir.schemas.avro.Reason;
import dev.weir.schemas.avro.ShadowSide;
import org.jspecify.annotations.Nullable;

/** What a shadow release would have decided otherwise, as bytes. */
public final class ShadowCodec {
  private final SingleObject.Of<dev.weir.schemas.avro.ShadowDifference> avro =
      new SingleObject.Of<>(
          "a shadow's difference", dev.weir.schemas.avro.ShadowDifference.getClassSchema());

  /** A difference in Avro's single-object encoding. */
  public byte[] encode(ShadowDifference difference) {
    return avro.encode(dev.weir.schemas.avro.ShadowDifference.newBuilder()
        .setRecordId(difference.recordId())
        .setBatch(Stamps.batch(difference.batch()))
        .setSource(Stamps.source(difference.source()))
        .setEventTime(difference.eventTime())
        .setActive(side(difference.active()))
        .setShadow(side(difference.shadow()))
        .setMasked(difference.masked())
        .build());
  }

  private static ShadowSide side(ShadowDifference.Side side) {
    return ShadowSide.newBuilder()
        .setRelease(Stamps.release(side.release()))
        .setRoute(Stamps.route(side.route()))
        .setRecordRoute(Stamps.route(side.recordRoute()))
        .setPredicted(side.predicted())
        .setProbability(side.probability())
        .setReasons(
            side.reasons().stream().map(reason -> Reason.valueOf(reason.name())).toList())
        .build();
  }

  /**
   * The difference in {@code value}.
   *
   * @throws UndecodableRecord whatever is wrong with the bytes
   */
  public dev.weir.schemas.avro.ShadowDifference decode(byte @Nullable [] value) {
    return avro.decode(value);
  }
}
