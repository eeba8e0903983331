package dev.weir.topology.collect;

import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Puts raw records into their batches and forwards each batch that closes. */
public final class CollectProcessor implements Processor<byte[], byte[], String, ClosedBatch> {
  private final CollectLimits limits;
  private @Nullable Task task;

  public CollectProcessor(CollectLimits limits) {
    this.limits = limits;
  }

  private record Task(
      ProcessorContext<String, ClosedBatch> context, Collector collector, OpenBatches batches) {}

  @Override
  public void init(ProcessorContext<String, ClosedBatch> context) {
    Collector collector = new Collector(limits, context.currentSystemTimeMs());
    task = new Task(context, collector, new OpenBatches(context));
    context.schedule(
        Duration.ofMillis(limits.tickMs()), PunctuationType.WALL_CLOCK_TIME, this::expire);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Task to = Objects.requireNonNull(task);
    long offset = to.context().recordMetadata().orElseThrow().offset();
    Received received = Received.of(record, offset);
    RecordFacts facts = RecordFacts.of(received, to.batches().partition());
    Step step =
        to.collector().add(to.batches().find(facts), facts, to.context().currentSystemTimeMs());
    to.batches().apply(step, received).ifPresent(this::forward);
  }

  /* The argument is the time for which the tick was planned; the mocked clock is the context's. */
  private void expire(long planned) {
    Task to = Objects.requireNonNull(task);
    to.collector()
        .expire(to.batches().all(), to.context().currentSystemTimeMs())
        .forEach(closing -> forward(to.batches().close(closing)));
  }

  private void forward(ClosedBatch batch) {
    Objects.requireNonNull(task).context().forward(new Record<>(batch.id(), batch, batch.latest()));
  }
}
