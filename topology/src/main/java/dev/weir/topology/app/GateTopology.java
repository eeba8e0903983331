package dev.weir.topology.app;

import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.topology.book.InForce;
import dev.weir.topology.collect.Collect;
import dev.weir.topology.collect.CollectLimits;
import dev.weir.topology.decide.Decide;
import dev.weir.topology.decide.DecideFunction;
import dev.weir.topology.metric.GateMetrics;
import dev.weir.topology.route.Destination;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Read, collect, decide, route: one sub-topology, so that no hop waits for another's commit.
 *
 * <pre>
 * records ─▶ collect ─▶ decide ─┬─▶ auto-accept
 *            (stores)           ├─▶ priority-audit
 *                               ├─▶ holds
 *                               ├─▶ dead-letters
 *                               ├─▶ alerts
 *                               └─▶ shadow
 * </pre>
 */
public final class GateTopology {
  private static final String RECORDS = "records";
  private static final String COLLECT = "collect";
  private static final String DECIDE = "decide";

  /* Old clients can write a negative timestamp, and Streams would stop at it; it counts as 1970. */
  private static final TimestampExtractor TIMESTAMPS =
      (record, partitionTime) -> Math.max(0, record.timestamp());

  private GateTopology() {}

  /** The topology of one scope. */
  static Topology of(TopicNames topics, Collect collect, Decide decide) {
    Topology topology = new Topology()
        .addSource(
            AutoOffsetReset.earliest(),
            RECORDS,
            TIMESTAMPS,
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            topics.records())
        .addProcessor(COLLECT, collect, RECORDS)
        .addProcessor(DECIDE, decide, COLLECT);
    for (Destination to : Destination.values()) {
      topology.addSink(
          to.sink(),
          to.topic(topics),
          new ByteArraySerializer(),
          new ByteArraySerializer(),
          DECIDE);
    }
    return topology;
  }

  /**
   * The topology of one scope, without a registry, and watched by nobody.
   *
   * @param inForce asked once for each batch that closes
   */
  public static Topology of(
      TopicNames topics, CollectLimits limits, DecideFunction function, Supplier<InForce> inForce) {
    return of(
        topics,
        new Collect(limits, Collect.Surroundings.none()),
        new Decide(
            topics.records(),
            PayloadReader::withoutRegistry,
            function,
            inForce,
            new GateMetrics(new CompositeMeterRegistry())));
  }
}
