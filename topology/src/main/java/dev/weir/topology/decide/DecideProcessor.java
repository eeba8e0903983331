package dev.weir.topology.decide;

import dev.weir.gating.release.Release;
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

/** Decides each closed batch and forwards what comes out to the sinks. */
public final class DecideProcessor
    implements Processor<String, Collected, byte @Nullable [], byte @Nullable []> {
  private final BatchDecider decider;
  private final Supplier<InForce> inForce;
  private final GateMetrics metrics;
  private @Nullable ProcessorContext<byte @Nullable [], byte @Nullable []> context;

  public DecideProcessor(BatchDecider decider, Supplier<InForce> inForce, GateMetrics metrics) {
    this.decider = decider;
    this.inForce = inForce;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<byte @Nullable [], byte @Nullable []> context) {
    this.context = context;
  }

  @Override
  public void process(Record<String, Collected> record) {
    ProcessorContext<byte @Nullable [], byte @Nullable []> to = Objects.requireNonNull(context);
    long start = System.nanoTime();
    InForce now = inForce.get();
    List<Output> outputs = decider.decide(record.value(), now, to.currentSystemTimeMs());
    long took = System.nanoTime() - start;
    outputs.forEach(output -> to.forward(output.record(), output.destination().sink()));
    String policy =
        now.book().choose(record.value().timestamp()).map(Release::version).orElse("none");
    metrics.left(record.value(), outputs, policy, took);
  }
}
