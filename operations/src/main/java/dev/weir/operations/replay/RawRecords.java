package dev.weir.operations.replay;

import dev.weir.gating.decision.Position;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.verify.RecordedPart;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.schemas.wire.UndecodableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Makes a batch of records as they lie on their topic. For one thread. */
final class RawRecords {
  private final PayloadReader payloads;

  /**
   * A record as received.
   *
   * @param isRefused whether it was refused before anybody read its value
   */
  record Raw(long timestamp, byte @Nullable [] value, Headers headers, boolean isRefused) {}

  RawRecords(PayloadReader payloads) {
    this.payloads = payloads;
  }

  /**
   * The batch of the part's records, closed for the recorded reason.
   *
   * @param gate that decides it; knows the records' domain, and what is hashed there
   */
  Batch batch(PartKey key, RecordedPart recorded, Map<Long, Raw> records, Gate gate) {
    RecordCodec codec = RecordCodec.of(gate.bundle().definition().domain(), gate.hashing());
    List<Batch.Member> members = new ArrayList<>();
    int rejected = 0;
    long latest = Long.MIN_VALUE;
    for (Map.Entry<Long, Raw> entry : new TreeMap<>(records).entrySet()) {
      Raw raw = entry.getValue();
      latest = Math.max(latest, raw.timestamp());
      if (!raw.isRefused() && parsed(codec, key.topic(), raw) instanceof RawRecord record) {
        members.add(new Batch.Member(
            record, new Position(key.topic(), key.partition(), entry.getKey()), raw.timestamp()));
      } else {
        rejected++;
      }
    }
    return new Batch(
        key.batch(), key.part(), recorded.batch().closeReason(), members, rejected, latest);
  }

  private @Nullable Parsed parsed(RecordCodec codec, String topic, Raw raw) {
    try {
      return codec.parse(payloads.read(topic, raw.headers(), raw.value()));
    } catch (UndecodableRecord e) {
      return null;
    }
  }
}
