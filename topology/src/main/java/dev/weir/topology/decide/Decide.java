package dev.weir.topology.decide;

import dev.weir.schemas.registry.PayloadReader;
import dev.weir.topology.book.InForce;
import dev.weir.topology.collect.Collected;
import dev.weir.topology.metric.GateMetrics;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Deciding as a step of a topology: batches into what leaves the gate.
 *
 * @param sourceTopic that the batches are read from
 * @param readers gives each thread what reads the things that a registry is needed for
 * @param inForce asked once for each batch that closes
 */
public record Decide(
    String sourceTopic,
    Supplier<PayloadReader> readers,
    DecideFunction function,
    Supplier<InForce> inForce,
    GateMetrics metrics)
    implements ProcessorSupplier<String, Collected, byte @Nullable [], byte @Nullable []> {
  @Override
  public Processor<String, Collected, byte @Nullable [], byte @Nullable []> get() {
    return new DecideProcessor(this);
  }
}
