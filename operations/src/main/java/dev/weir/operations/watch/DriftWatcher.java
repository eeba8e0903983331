package dev.weir.operations.watch;

import dev.weir.gating.control.ControlOrder;
import dev.weir.gating.drift.DriftWatch;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.control.ControlPublisher;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.avro.Route;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.EnvelopeCodec;
import dev.weir.schemas.wire.UndecodableRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the decisions of one scope as they come and publishes a DRIFT order when they no longer look
 * like the rows its bundle was trained on. Records of held batches are left out, since a person
 * decides them already, and so are decisions of another bundle.
 */
public final class DriftWatcher {
  /** Who gives the orders, for people. */
  public static final String BY = "weir watch";

  private static final Duration POLL = Duration.ofMillis(200);

  private final Cluster cluster;
  private final TopicNames names;
  private final ControlPublisher publisher;
  private final Clock clock;
  private final DriftWatch watch;
  private final RecordParser parser;
  private final Fingerprint bundle;
  private final java.util.function.Consumer<String> lines;
  private final DecisionCodec decisions = new DecisionCodec();
  private final EnvelopeCodec envelopes = new EnvelopeCodec();
  private DriftWatch.State state;
  private boolean saidOther;

  /**
   * @param publisher signs with the monitor's key
   * @param lines takes one line for each order, for each lift, and for what is left out
   * @throws IllegalArgumentException if the bundle cannot tell what ordinary records look like
   */
  public DriftWatcher(
      Cluster cluster,
      TopicNames names,
      ControlPublisher publisher,
      Clock clock,
      Bundle bundle,
      DriftWatch.Settings settings,
      java.util.function.Consumer<String> lines) {
    this.cluster = cluster;
    this.names = names;
    this.publisher = publisher;
    this.clock = clock;
    this.watch = new DriftWatch(bundle.reference().drift(), settings);
    this.parser = new RecordParser(bundle.definition().domain());
    this.bundle = bundle.fingerprint();
    this.lines = lines;
    this.state = watch.start();
  }

  /** Watches what is decided from now on, as long as it shall go on. */
  public void run(BooleanSupplier goesOn) {
    try (Consumer<byte[], byte[]> reader = cluster.reader()) {
      List<TopicPartition> partitions = Stream.of(
              names.autoAccept(), names.priorityAudit(), names.controls())
          .flatMap(topic -> reader.partitionsFor(topic).stream())
          .map(info -> new TopicPartition(info.topic(), info.partition()))
          .collect(Collectors.toList());
      reader.assign(partitions);
      reader.seekToEnd(partitions);
      partitions.forEach(reader::position);
      lines.accept("watching scope " + names.scope() + ", decisions of bundle "
          + bundle.abbreviated() + ", windows of the last " + DriftWatch.WINDOWS + " records");
      while (goesOn.getAsBoolean()) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          read(record);
        }
      }
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(names.controls())) {
      lifted(record).ifPresent(order -> {
        state = watch.lifted();
        lines.accept("lifted by " + order.by() + ": the windows begin anew");
      });
      return;
    }
    try {
      Decision decision = decisions.decode(record.value());
      if (decision.getRoute() != Route.HELD && isOfThisBundle(decision)) {
        Parsed parsed = parser.typed(decision.getRaw()::get, decision.getImputed());
        if (parsed instanceof RawRecord raw) {
          step(raw, decision.getEventTime());
        }
      }
    } catch (UndecodableRecord e) {
      lines.accept("left out what is no decision: " + e.getMessage());
    }
  }

  private boolean isOfThisBundle(Decision decision) {
    boolean same = Arrays.equals(decision.getRelease().getBundle().bytes(), bundle.bytes());
    if (!same && !saidOther) {
      saidOther = true;
      lines.accept("left out decisions of another bundle; start a watch with that one");
    }
    return same;
  }

  private void step(RawRecord record, long time) {
    DriftWatch.Step step = watch.step(state, record, time);
    state = step.state();
    step.alarm().ifPresent(alarm -> {
      ControlOrder order =
          publisher.stop(ControlOrder.Stop.Kind.DRIFT, BY + ": " + alarm.text(), clock.millis());
      lines.accept(
          "ordered " + order.about() + ", sequence " + order.sequence() + ": " + alarm.text());
    });
  }

  private Optional<ControlOrder> lifted(ConsumerRecord<byte[], byte[]> record) {
    try {
      ControlOrder order = ControlOrder.read(envelopes.decode(record.value()));
      String about = names.scope() + "/" + ControlOrder.Stop.Kind.DRIFT.name();
      return order.about().equals(about) && order.action() instanceof ControlOrder.Lift
          ? Optional.of(order)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
