package dev.weir.topology.collect;

import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Puts raw records into their batches and forwards each batch that closes. */
final class CollectProcessor implements Processor<byte[], byte[], String, Collected> {
  private final CollectLimits limits;
  private final Collect.Surroundings around;
  private @Nullable ProcessorContext<String, Collected> context;
  private @Nullable CollectTask task;

  CollectProcessor(CollectLimits limits, Collect.Surroundings around) {
    this.limits = limits;
    this.around = around;
  }

  @Override
  public void init(ProcessorContext<String, Collected> context) {
    this.context = context;
    task = new CollectTask(context, limits, around);
    context.schedule(
        Duration.ofMillis(limits.times().tickMs()), PunctuationType.WALL_CLOCK_TIME, this::expire);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ProcessorContext<String, Collected> to = Objects.requireNonNull(context);
    long offset = to.recordMetadata().orElseThrow().offset();
    Objects.requireNonNull(task)
        .add(Received.of(record, offset), to.currentSystemTimeMs())
        .forEach(this::forward);
  }

  /* The argument is the time for which the tick was planned; the mocked clock is the context's. */
  private void expire(long planned) {
    Objects.requireNonNull(task)
        .expire(Objects.requireNonNull(context).currentSystemTimeMs())
        .forEach(this::forward);
  }

  private void forward(Collected collected) {
    Objects.requireNonNull(context)
        .forward(new Record<>(collected.id(), collected, collected.timestamp()));
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
    }
  }
}
