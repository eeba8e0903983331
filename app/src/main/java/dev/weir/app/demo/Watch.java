package dev.weir.app.demo;

import dev.weir.operations.cluster.Cluster;
import dev.weir.schemas.avro.AlertEvent;
import dev.weir.schemas.avro.BatchHold;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.AlertCodec;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.HoldCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Reads what the gate commits, as any downstream would, and counts it. */
final class Watch implements Runnable {
  private static final Duration POLL = Duration.ofMillis(20);

  private final Cluster cluster;
  private final TopicNames names;
  private final Tally tally;
  private final Map<String, Boolean> labels;
  private final DecisionCodec decisions = new DecisionCodec();
  private final HoldCodec holds = new HoldCodec();
  private final AlertCodec alerts = new AlertCodec();
  private volatile boolean stopped;

  /** @param labels by record id, which only the demo knows */
  Watch(Cluster cluster, TopicNames names, Tally tally, Map<String, Boolean> labels) {
    this.cluster = cluster;
    this.names = names;
    this.tally = tally;
    this.labels = labels;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try (Consumer<byte[], byte[]> reader = cluster.reader()) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : List.of(
          names.autoAccept(),
          names.priorityAudit(),
          names.holds(),
          names.deadLetters(),
          names.alerts())) {
        reader
            .partitionsFor(topic)
            .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
      }
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      while (!stopped) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          count(record);
        }
      }
    }
  }

  private void count(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(names.deadLetters())) {
      Header cause = record.headers().lastHeader(Headers.CAUSE);
      tally.deadLetter(Headers.text(cause.value()).orElse("?"));
    } else if (record.topic().equals(names.holds())) {
      BatchHold hold = holds.decode(record.value());
      tally.hold(hold.getRelease().getVersion());
    } else if (record.topic().equals(names.alerts())) {
      AlertEvent alert = alerts.decode(record.value());
      tally.alert(alert.getKind().name());
    } else {
      count(decisions.decode(record.value()));
    }
  }

  private void count(Decision decision) {
    boolean silent = decision.getBatch().getCloseReason().name().equals("IDLE");
    long latency = silent ? -1 : System.currentTimeMillis() - decision.getEventTime();
    Boolean label = labels.get(decision.getRecordId());
    tally.decision(
        decision.getRelease().getVersion(),
        decision.getRoute().name(),
        decision.getReasons().stream().map(Enum::name).toList(),
        latency,
        label != null && label.equals(decision.getPredicted()));
  }
}
