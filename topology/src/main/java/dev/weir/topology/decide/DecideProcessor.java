package dev.weir.topology.decide;

import dev.weir.gating.release.Release;
import dev.weir.schemas.wire.Payload;
import dev.weir.topology.book.InForce;
import dev.weir.topology.collect.Collected;
import dev.weir.topology.metric.GateMetrics;
import dev.weir.topology.route.Output;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides each closed batch and forwards what comes out to the sinks, what a shadow has to
 * say last.
 *
 * <p>What a registry is needed for is read first: if it does not answer, that exception ends the
 * stream before anything of the batch is decided, written or committed.
 */
final class DecideProcessor
    implements Processor<String, Collected, byte @Nullable [], byte @Nullable []> {
  private static final Logger LOG = LoggerFactory.getLogger(DecideProcessor.class);
  private static final Duration TICK = Duration.ofSeconds(10);

  private final OutputLog log = new OutputLog(LOG::warn);
  private final BatchReader reader;
  private final BatchDecider decider;
  private final ShadowDecider shadow;
  private final Supplier<InForce> inForce;
  private final GateMetrics metrics;
  private @Nullable ProcessorContext<byte @Nullable [], byte @Nullable []> context;

  DecideProcessor(Decide step) {
    this.reader = new BatchReader(step.sourceTopic(), step.readers());
    this.decider = new BatchDecider(step.sourceTopic(), step.function());
    this.shadow = decider.shadow();
    this.inForce = step.inForce();
    this.metrics = step.metrics();
  }

  @Override
  public void init(ProcessorContext<byte @Nullable [], byte @Nullable []> context) {
    this.context = context;
    // Said even if no batch comes after; it is over with the task.
    Cancellable unused = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> log.tick());
  }

  @Override
  public void process(Record<String, Collected> record) {
    ProcessorContext<byte @Nullable [], byte @Nullable []> to = Objects.requireNonNull(context);
    Collected collected = record.value();
    List<Payload> payloads = reader.read(collected);
    long start = System.nanoTime();
    InForce now = inForce.get();
    Decided decided = decider.decide(collected, payloads, now, to.currentSystemTimeMs());
    long took = System.nanoTime() - start;
    forward(to, decided.outputs());
    String policy =
        now.book().choose(collected.timestamp()).map(Release::version).orElse("none");
    metrics.left(collected, decided.outputs(), policy, took);
    log.tell(decided.outputs());
    decided
        .judged()
        .ifPresent(
            judged -> forward(to, shadow.differences(judged, now, to.currentSystemTimeMs())));
  }

  private static void forward(
      ProcessorContext<byte @Nullable [], byte @Nullable []> to, List<Output> outputs) {
    outputs.forEach(output -> to.forward(output.record(), output.destination().sink()));
  }
}
