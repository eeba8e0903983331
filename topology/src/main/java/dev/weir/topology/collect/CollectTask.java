package dev.weir.topology.collect;

import dev.weir.topology.log.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collecting in one partition from its assignment to its end: asks {@link Collector} and does to the
 * stores what it says. For one thread.
 */
final class CollectTask {
  private static final Logger LOG = LoggerFactory.getLogger(CollectTask.class);

  private static final long WARNING_PERIOD_MS = 60_000;

  private final Collector collector;
  private final Collect.Surroundings around;
  private final RecordStore records;
  private final Optional<SeenRecords> seen;
  private final RecordIds ids;
  private final OpenBatches open;
  private final RunningTime time;
  private final int partition;
  private long lastOffset = -1;
  private long warnedAt = -WARNING_PERIOD_MS;
  private Told told = new Told(0, 0, 0);

  /** What {@link OpenCounts} was told last. */
  private record Told(long batches, long records, long bytes) {}

  CollectTask(ProcessingContext context, CollectLimits limits, Collect.Surroundings around) {
    this.collector = new Collector(limits);
    this.around = around;
    this.partition = context.taskId().partition();
    this.time = new RunningTime(context.currentSystemTimeMs(), limits.times().tickMs());
    this.records = CollectStores.records(context);
    this.seen = CollectStores.seen(context, limits);
    this.ids = seen.isPresent() ? around.ids().get() : RecordIds.NONE;
    this.open = records.restored(0);
    around.unread().assigned(partition);
    tell();
  }

  /** Takes a record; what is to be handed on. */
  List<Collected> add(Received received, long wall) {
    lastOffset = received.offset();
    RecordFacts facts = RecordFacts.of(received, partition);
    around.counts().take(facts.isEndMarker());
    Optional<Duplicate> duplicate = duplicate(facts, received);
    if (duplicate.isPresent()) {
      return List.of(duplicate.get());
    }
    List<Collected> closed = new ArrayList<>(1);
    Optional<BatchState> batch = facts.isAlone() ? Optional.empty() : open.find(facts.batch());
    long now = time.at(wall);
    apply(collector.add(batch, facts, now), received).ifPresent(closed::add);
    if (!facts.isAlone()) {
      pushOut(closed, now);
      tell();
    }
    return closed;
  }

  private Optional<Duplicate> duplicate(RecordFacts facts, Received received) {
    if (seen.isEmpty() || facts.isEndMarker()) {
      return Optional.empty();
    }
    Optional<String> id = ids.of(received);
    OptionalLong first = id.isPresent() ? seen.get().see(facts, id.get()) : OptionalLong.empty();
    return first.isPresent()
        ? Optional.of(new Duplicate(partition, facts.batch(), received, first.getAsLong()))
        : Optional.empty();
  }

  private Optional<ClosedBatch> apply(Step step, Received record) {
    if (step.batch().isEmpty()) {
      return Optional.empty();
    }
    BatchState batch = step.batch().get();
    if (step.closing().isPresent()) {
      List<Received> joining = step.isMember() ? List.of(record) : List.of();
      return Optional.of(close(new Collector.Closing(batch, step.closing().get()), joining));
    }
    records.put(batch, record);
    open.put(batch);
    return Optional.empty();
  }

  private void pushOut(List<Collected> closed, long now) {
    List<Collector.Closing> closings = collector.tooMuch(open);
    if (!closings.isEmpty() && now - warnedAt >= WARNING_PERIOD_MS) {
      warnedAt = now;
      LOG.warn(
          "{}",
          LogLine.event("pushed_out")
              .with("partition", partition)
              .with("open_batches", open.size())
              .with("open_bytes", open.bytes())
              .with(
                  "advice",
                  "the idlest batches close early, by batch.openMax or batch.openBytesMax"));
    }
    for (Collector.Closing closing : closings) {
      closed.add(close(closing, List.of()));
      around.counts().pushOut();
    }
  }

  /** Closes what time closes; what is to be handed on. */
  List<Collected> expire(long wall) {
    long now = time.at(wall);
    List<Collected> closed = new ArrayList<>();
    if (open.size() > 0) {
      for (Collector.Closing closing :
          collector.expire(open, now, around.unread().isBeyond(partition, lastOffset))) {
        closed.add(close(closing, List.of()));
      }
      tell();
    }
    return closed;
  }

  private ClosedBatch close(Collector.Closing closing, List<Received> joining) {
    open.remove(closing.batch().id());
    return records.close(closing, joining);
  }

  private void tell() {
    tell(new Told(open.size(), open.records(), open.bytes()));
  }

  private void tell(Told now) {
    around
        .counts()
        .change(
            now.batches() - told.batches(),
            now.records() - told.records(),
            now.bytes() - told.bytes());
    told = now;
  }

  void close() {
    tell(new Told(0, 0, 0));
  }
}
