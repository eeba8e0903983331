package dev.weir.topology.collect;

import dev.weir.gating.decision.CloseReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules by which batches open and close; pure, time is an input. */
record Collector(CollectLimits limits) {
  /** An open batch and why it closes now. */
  record Closing(BatchState batch, CloseReason reason) {}

  /**
   * What a record does.
   *
   * @param open its batch, if that is open
   */
  Step add(Optional<BatchState> open, RecordFacts record, long now) {
    if (record.isEndMarker()) {
      return Step.ended(open);
    }
    if (record.isAlone()) {
      return Step.joined(BatchState.opened(record, now), Optional.of(CloseReason.SINGLE));
    }
    BatchState batch = open.map(b -> b.with(record, now)).orElse(BatchState.opened(record, now));
    return Step.joined(batch, full(batch));
  }

  private Optional<CloseReason> full(BatchState batch) {
    if (batch.announced().isPresent() && batch.count() >= batch.announced().getAsInt()) {
      return Optional.of(CloseReason.SIZE);
    }
    return batch.count() >= limits.recordsMax() || batch.bytes() >= limits.batchBytesMax()
        ? Optional.of(CloseReason.MAX_RECORDS)
        : Optional.empty();
  }

  /** The batches that close because too much is open, the idlest first. */
  List<Closing> tooMuch(OpenBatches open) {
    int left = open.size();
    long bytes = open.bytes();
    if (left <= limits.open().batchesMax() && bytes <= limits.open().bytesMax()) {
      return List.of();
    }
    List<Closing> closings = new ArrayList<>();
    for (BatchState batch : open.idlestFirst()) {
      if (left <= limits.open().batchesMax() && bytes <= limits.open().bytesMax()) {
        break;
      }
      closings.add(new Closing(batch, CloseReason.IDLE));
      left--;
      bytes -= batch.heldBytes();
    }
    return closings;
  }

  /**
   * The batches that close now without a further record, as many as one tick may close.
   *
   * @param hasUnread whether the partition has records that nobody has read yet: while it has, a
   *     batch's next record may be among them
   */
  List<Closing> expire(OpenBatches open, long now, boolean hasUnread) {
    CollectLimits.Times times = limits.times();
    long ageMsMax = hasUnread ? times.ageHardMsMax() : times.ageMsMax();
    Map<String, Closing> closings = old(open.oldestFirst(), now - ageMsMax);
    if (hasUnread) {
      return List.copyOf(closings.values());
    }
    for (BatchState batch : open.idlestFirst()) {
      if (batch.lastAt() > now - times.idleMsMax()
          || closings.size() >= limits.open().expiriesPerTickMax()) {
        break;
      }
      closings.putIfAbsent(batch.id(), new Closing(batch, CloseReason.IDLE));
    }
    return List.copyOf(closings.values());
  }

  private Map<String, Closing> old(Collection<BatchState> oldestFirst, long openedUntil) {
    Map<String, Closing> closings = new LinkedHashMap<>();
    for (BatchState batch : oldestFirst) {
      if (batch.openedAt() > openedUntil || closings.size() >= limits.open().expiriesPerTickMax()) {
        break;
      }
      closings.put(batch.id(), new Closing(batch, CloseReason.AGE));
    }
    return closings;
  }
}
