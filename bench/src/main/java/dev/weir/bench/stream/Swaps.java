package dev.weir.bench.stream;

import dev.weir.bench.Report;
import dev.weir.operations.cluster.Cluster;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.DecisionCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Policies swapped under load on two instances, and then one of them killed. */
final class Swaps {
  private static final int SWAPS = 100;
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final Duration AFTER_KILL = Duration.ofSeconds(30);
  private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);
  private static final double NANOS_PER_MS = 1e6;

  private final Stage stage;
  private final Report report;
  private final double perSecond;
  private final DecisionCodec codec = new DecisionCodec();

  /* For each source partition, when its decisions first named an epoch; written by the reader alone. */
  private final Map<Integer, TreeMap<Long, Long>> seen = new ConcurrentHashMap<>();
  private final AtomicLongArray newestTimestamp = new AtomicLongArray(Application.PARTITIONS);

  Swaps(Stage stage, Report report, double perSecond) {
    this.stage = stage;
    this.report = report;
    this.perSecond = perSecond;
  }

  void run() {
    TopicNames topics = Application.topics(stage.cluster(), "swap");
    stage.push(topics, "baseline");
    Map<String, String> settings = stage.settings(Map.of("kafka.session.timeout.ms", "10000"));
    try (Application one = Application.gate("swap-1", topics, settings, stage.directory());
        Application two = Application.gate("swap-2", topics, settings, stage.directory())) {
      one.awaitStarted();
      two.awaitStarted();
      measure(topics, stage.scaled(QUIET), () -> {});
      Latency before = measure(topics, stage.scaled(QUIET), () -> {});
      Map<Long, Long> published = new HashMap<>();
      Latency during = measure(
          topics,
          PERIOD.multipliedBy(stage.scaled(SWAPS)).plus(stage.scaled(QUIET)),
          () -> publish(topics, published));
      swapped(published, before, during);
      killed(topics, one);
    }
  }

  private void publish(TopicNames topics, Map<Long, Long> published) {
    long start = System.nanoTime();
    for (int i = 0; i < stage.scaled(SWAPS); i++) {
      long due = start + i * PERIOD.toNanos();
      Waiting.until(PERIOD.multipliedBy(2), "the next swap", () -> System.nanoTime() >= due);
      long epoch = stage.push(topics, i % 2 == 0 ? "steady" : "baseline");
      published.put(epoch, System.nanoTime());
    }
  }

  private Latency measure(TopicNames topics, Duration length, Runnable meanwhile) {
    try (Arrivals arrivals = Arrivals.of(stage.cluster(), topics, this::see)) {
      FutureTask<Boolean> other = new FutureTask<>(meanwhile, true);
      Thread thread = new Thread(other, "swaps");
      thread.setDaemon(true);
      thread.start();
      long sent =
          new OpenLoop(stage.cluster(), stage.input()).run(topics.records(), perSecond, length);
      Latency latency = Latency.of(arrivals.await(sent));
      Cluster.await(other, "what happens meanwhile");
      return latency;
    }
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    Decision decision = codec.decode(record.value());
    int partition = decision.getSource().getPartition();
    seen.computeIfAbsent(partition, p -> new TreeMap<>())
        .putIfAbsent(decision.getRelease().getEpoch(), System.nanoTime());
    newestTimestamp.accumulateAndGet(partition, record.timestamp(), Math::max);
  }

  private void swapped(Map<Long, Long> published, Latency before, Latency during) {
    List<Integer> waits = new ArrayList<>();
    published.forEach((epoch, at) -> {
      long everywhere = seen.values().stream()
          .mapToLong(epochs -> epochs.tailMap(epoch).values().stream()
              .mapToLong(Long::longValue)
              .min()
              .orElse(Long.MAX_VALUE))
          .max()
          .orElse(Long.MAX_VALUE);
      if (everywhere != Long.MAX_VALUE) {
        waits.add((int) Math.max(0, Math.round((everywhere - at) / NANOS_PER_MS)));
      }
    });
    Latency swap = Latency.of(waits.stream().mapToInt(Integer::intValue).toArray());
    report.paragraph(
        "%d policy swaps under load, one each %d ms, on two instances with one bundle: %d of them decided everywhere.",
        stage.scaled(SWAPS), PERIOD.toMillis(), waits.size());
    report.header("", "p50 ms", "p95", "p99", "p99.9", "max");
    line("from published to decided under by every partition", swap);
    line("latency of a record before", before);
    line("latency of a record during the swaps", during);
  }

  private void line(String what, Latency latency) {
    report.line(
        what,
        Report.number(latency.p50(), 0),
        Report.number(latency.p95(), 0),
        Report.number(latency.p99(), 0),
        Report.number(latency.p999(), 0),
        Report.number(latency.max(), 0));
  }

  /** How long after a kill every partition decides something that was due after it. */
  private void killed(TopicNames topics, Application victim) {
    long[] recovered = new long[1];
    Latency latency = measure(topics, AFTER_KILL, () -> {
      victim.kill();
      long killedMs = System.currentTimeMillis();
      long killed = System.nanoTime();
      Waiting.until(RECOVERY_LIMIT, "decisions of every partition", () -> {
        for (int partition = 0; partition < Application.PARTITIONS; partition++) {
          if (newestTimestamp.get(partition) <= killedMs) {
            return false;
          }
        }
        return true;
      });
      recovered[0] = System.nanoTime() - killed;
    });
    report.paragraph(
        "kill -9 of one of two instances at that load: every partition decides again after %.1f s (session time-out"
            + " 10 s, transaction time-out 10 s); the longest wait of a record was %.1f s.",
        recovered[0] / NANOS_PER_MS / 1000, latency.max() / 1000);
  }
}
