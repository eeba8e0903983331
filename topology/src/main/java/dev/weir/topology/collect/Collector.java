package dev.weir.topology.collect;

import dev.weir.gating.decision.CloseReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rules by which batches open and close; pure, time is an input.
 *
 * @param assignedAt wall clock when this instance took the partition: while nobody ran, no batch
 *     was idle and none grew older
 */
record Collector(CollectLimits limits, long assignedAt) {
  private static final Comparator<BatchState> IDLEST_FIRST =
      Comparator.comparingLong(BatchState::lastAt).thenComparingLong(BatchState::part);

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

  /** Why a batch closes now without a further record, if it does. */
  Optional<CloseReason> expire(BatchState batch, long now) {
    if (now - since(batch.openedAt(), now) >= limits.ageMsMax()) {
      return Optional.of(CloseReason.AGE);
    }
    return now - since(batch.lastAt(), now) >= limits.idleMsMax()
        ? Optional.of(CloseReason.IDLE)
        : Optional.empty();
  }

  /* Another instance wrote the time if it was before the assignment, or if its clock is ahead. */
  private long since(long time, long now) {
    return time > now ? assignedAt : Math.max(time, assignedAt);
  }

  /**
   * The batches that close now without a further record: those that expire and those that are too
   * many, idle the longest first, and never more than one tick may close.
   */
  List<Closing> expire(List<BatchState> open, long now) {
    int tooMany = open.size() - limits.openBatchesMax();
    List<Closing> closings = new ArrayList<>();
    for (BatchState batch : open) {
      expire(batch, now).ifPresent(reason -> closings.add(new Closing(batch, reason)));
    }
    if (closings.size() < tooMany) {
      return tooMany(open, Math.min(tooMany, limits.expiriesPerTickMax()));
    }
    closings.sort(Comparator.comparing(Closing::batch, IDLEST_FIRST));
    return closings.subList(0, Math.min(closings.size(), limits.expiriesPerTickMax()));
  }

  private static List<Closing> tooMany(List<BatchState> open, int count) {
    return open.stream()
        .sorted(IDLEST_FIRST)
        .limit(count)
        .map(batch -> new Closing(batch, CloseReason.IDLE))
        .toList();
  }
}
