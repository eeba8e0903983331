package dev.weir.topology.metric;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * The few of Kafka's own numbers that say whether an instance is well, one meter each over all
 * threads and tasks; Micrometer's binder would show a thousand.
 */
public final class KafkaMeters {
  private static final List<Meter> ALLOWED = List.of(
      new Meter("alive.threads", "Stream threads alive", "alive-stream-threads", Over.MAX),
      new Meter("failed.threads", "Stream threads that died", "failed-stream-threads", Over.MAX),
      new Meter("lag.records", "Largest lag of a partition", "records-lag-max", Over.MAX),
      new Meter("commit.max.ms", "Longest recent commit", "commit-latency-max", Over.MAX),
      new Meter("process.ratio", "Busiest thread's time in processing", "process-ratio", Over.MAX),
      new Meter(
          "dropped.records", "Records that Streams dropped", "dropped-records-total", Over.SUM),
      new Meter("rebalances", "Rebalances of the group", "rebalance-total", Over.MAX));

  private KafkaMeters() {}

  private enum Over {
    MAX,
    SUM
  }

  private record Meter(String name, String what, String kafka, Over over) {
    double value(Map<MetricName, ? extends Metric> metrics) {
      DoubleStream values = metrics.entrySet().stream()
          .filter(entry -> entry.getKey().name().equals(kafka))
          .map(entry -> entry.getValue().metricValue())
          .filter(Number.class::isInstance)
          .mapToDouble(number -> ((Number) number).doubleValue())
          .filter(Double::isFinite);
      return over == Over.MAX ? values.max().orElse(0) : values.sum();
    }
  }

  /** Shows them, as {@code weir.kafka.…}. */
  public static void show(
      GateMetrics metrics, Supplier<? extends Map<MetricName, ? extends Metric>> all) {
    for (Meter meter : ALLOWED) {
      metrics.gauge("weir.kafka." + meter.name(), meter.what(), all, a -> meter.value(a.get()));
    }
  }
}
