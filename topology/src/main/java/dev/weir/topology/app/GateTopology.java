package dev.weir.topology.app;

import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.topology.book.InForce;
import dev.weir.topology.collect.CollectLimits;
import dev.weir.topology.collect.CollectProcessor;
import dev.weir.topology.collect.CollectStores;
import dev.weir.topology.decide.DecideFunction;
import dev.weir.topology.decide.DecideProcessor;
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
  private static final String SOURCE = "records";
  private static final String COLLECT = "collect";
  private static final String DECIDE = "decide";

  /* Old clients can write a negative timestamp, and Streams would stop at it; it counts as 1970. */
  private static final TimestampExtractor TIMESTAMPS =
      (record, partitionTime) -> Math.max(0, record.timestamp());

  private GateTopology() {}

  /**
   * The topology of one scope, without a registry.
   *
   * @param inForce asked once for each batch that closes
   */
  public static Topology of(
      TopicNames topics, CollectLimits limits, DecideFunction function, Supplier<InForce> inForce) {
    return of(
        topics,
        limits,
        PayloadReader::withoutRegistry,
        function,
        inForce,
        CollectProcessor.Surroundings.none(),
        new GateMetrics(new CompositeMeterRegistry()));
  }

  /**
   * The topology of one scope, watched.
   *
   * @param payloads makes a reader for each task
   */
  static Topology of(
      TopicNames topics,
      CollectLimits limits,
      Supplier<PayloadReader> payloads,
      DecideFunction function,
      Supplier<InForce> inForce,
      CollectProcessor.Surroundings around,
      GateMetrics metrics) {
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        SOURCE,
        TIMESTAMPS,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.records());
    topology.addProcessor(COLLECT, () -> new CollectProcessor(limits, around), SOURCE);
    CollectStores.builders(limits).forEach(store -> topology.addStateStore(store, COLLECT));
    topology.addProcessor(
        DECIDE,
        () -> new DecideProcessor(topics.records(), payloads, function, inForce, metrics),
        COLLECT);
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
}
