package dev.weir.schemas.wire;

import dev.weir.gating.decision.BatchHold;
import dev.weir.schemas.avro.RouteCount;
import dev.weir.schemas.avro.SliceCount;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Held batches as bytes. */
public final class HoldCodec {
  private final SingleObject.Of<dev.weir.schemas.avro.BatchHold> avro = new SingleObject.Of<>(
      "a hold",
      dev.weir.schemas.avro.BatchHold.getClassSchema(),
      List.of(SingleObject.Of.older("BatchHold.v1")));

  /** A hold in Avro's single-object encoding. */
  public byte[] encode(BatchHold hold) {
    return avro.encode(dev.weir.schemas.avro.BatchHold.newBuilder()
        .setBatch(Stamps.batch(hold.batch()))
        .setFragile(hold.fragile())
        .setRule(hold.rule())
        .setSlices(hold.slices().entrySet().stream()
            .map(slice -> new SliceCount(slice.getKey(), slice.getValue()))
            .toList())
        .setRecordRoutes(hold.recordRoutes().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(route -> new RouteCount(Stamps.route(route.getKey()), route.getValue()))
            .toList())
        .setEventTime(hold.batch().latest())
        .setRelease(Stamps.release(hold.release()))
        .build());
  }

  /**
   * The hold in {@code value}.
   *
   * @throws UndecodableRecord whatever is wrong with the bytes
   */
  public dev.weir.schemas.avro.BatchHold decode(byte @Nullable [] value) {
    return avro.decode(value);
  }
}
