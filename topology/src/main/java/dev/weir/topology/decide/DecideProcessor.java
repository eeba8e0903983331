package dev.weir.topology.decide;

import dev.weir.gating.release.Release;
import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.wire.Payload;
import dev.weir.topology.book.InForce;
import dev.weir.topology.collect.Collected;
import dev.weir.topology.metric.GateMetrics;
import dev.weir.topology.route.Output;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Decides each closed batch and forwards what comes out to the sinks, what a shadow has to
 * say last.
 *
 * <p>What a registry is needed for is read first: if it does not answer, that exception ends the
 * stream before anything of the batch is decided, written or committed.
 */
public final class DecideProcessor
    implements Processor<String, Collected, byte @Nullable [], byte @Nullable []> {
  private final String sourceTopic;
  private final Supplier<PayloadReader> payloads;
  private final BatchDecider decider;
  private final ShadowDecider shadow;
  private final Supplier<InForce> inForce;
  private final GateMetrics metrics;
  private @Nullable ProcessorContext<byte @Nullable [], byte @Nullable []> context;
  private @Nullable BatchReader reader;

  /**
   * @param sourceTopic that the batches are read from
   * @param payloads makes what reads the things that a registry is needed for
   */
  public DecideProcessor(
      String sourceTopic,
      Supplier<PayloadReader> payloads,
      DecideFunction function,
      Supplier<InForce> inForce,
      GateMetrics metrics) {
    this.sourceTopic = sourceTopic;
    this.payloads = payloads;
    this.decider = new BatchDecider(sourceTopic, function);
    this.shadow = decider.shadow();
    this.inForce = inForce;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<byte @Nullable [], byte @Nullable []> context) {
    this.context = context;
    // Streams closes a processor and uses it again when it revives a task.
    reader = new BatchReader(sourceTopic, payloads.get());
  }

  @Override
  public void process(Record<String, Collected> record) {
    ProcessorContext<byte @Nullable [], byte @Nullable []> to = Objects.requireNonNull(context);
    Collected collected = record.value();
    List<Payload> payloads = Objects.requireNonNull(reader).read(collected);
    long start = System.nanoTime();
    InForce now = inForce.get();
    Decided decided = decider.decide(collected, payloads, now, to.currentSystemTimeMs());
    long took = System.nanoTime() - start;
    forward(to, decided.outputs());
    String policy =
        now.book().choose(collected.timestamp()).map(Release::version).orElse("none");
    metrics.left(collected, decided.outputs(), policy, took);
    decided
        .judged()
        .ifPresent(
            judged -> forward(to, shadow.differences(judged, now, to.currentSystemTimeMs())));
  }

  private static void forward(
      ProcessorContext<byte @Nullable [], byte @Nullable []> to, List<Output> outputs) {
    outputs.forEach(output -> to.forward(output.record(), output.destination().sink()));
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
