package dev.weir.schemas.wire;

import dev.weir.gating.decision.Alert;
import dev.weir.schemas.avro.AlertEvent;
import dev.weir.schemas.avro.AlertKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alerts as bytes. */
public final class AlertCodec {
  private final SingleObject.Of<AlertEvent> avro = new SingleObject.Of<>(
      "an alert", AlertEvent.getClassSchema(), List.of(SingleObject.Of.older("AlertEvent.v1")));

  /**
   * An alert in Avro's single-object encoding.
   *
   * @param at when it was raised, epoch milliseconds
   */
  public byte[] encode(Alert alert, long at) {
    return avro.encode(AlertEvent.newBuilder()
        .setKind(AlertKind.valueOf(alert.kind().name()))
        .setSubject(alert.subject())
        .setMessage(alert.message())
        .setAt(at)
        .build());
  }

  /**
   * The alert in {@code value}.
   *
   * @throws UndecodableRecord whatever is wrong with the bytes
   */
  public AlertEvent decode(byte @Nullable [] value) {
    return avro.decode(value);
  }
}
