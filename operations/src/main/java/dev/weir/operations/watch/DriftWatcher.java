package dev.weir.operations.watch;

import dev.weir.gating.control.ControlKeys;
import dev.weir.gating.control.ControlLedger;
import dev.weir.gating.control.ControlOrder;
import dev.weir.gating.drift.DriftWatch;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the decisions of one scope as they come and publishes a DRIFT order when they no longer look
 * like the rows its bundle was trained on. Decisions of another bundle are left out.
 *
 * <p>Accepted and audited decisions are {@linkplain DecisionMerge put back in order} first: windows of
 * what happens to be read together would be of accepted records alone. While a DRIFT order is in
 * force, whoever gave it, nothing is raised; only a lift that gates with the same keys obey ends that,
 * and then what was decided without knowing of the lift counts no more.
 */
public final class DriftWatcher {
  /** Who gives the orders, for people. */
  public static final String BY = "weir watch";

  private static final String DRIFT = ControlOrder.Stop.Kind.DRIFT.name();
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  /* About a kilobyte each; what is read at once of a partition is not much over a megabyte. */
  private static final int WAITING_MAX = 50_000;
  private static final int WAITING_MAX_LEAST = 1_000;

  private final Cluster cluster;
  private final TopicNames names;
  private final ControlPublisher publisher;
  private final Clock clock;
  private final DriftWatch watch;
  private final RecordParser parser;
  private final Fingerprint bundle;
  private final java.util.function.Consumer<String> lines;
  private final DecisionCodec decisions = new DecisionCodec();
  private final ControlLedger orders;
  private DriftWatch.State state;
  private long lifted = -1;
  private boolean saidOther;

  /**
   * A decision in its order.
   *
   * @param record empty where it is left out of the windows
   * @param heldIn the batch part that it is held with
   * @param controls the offset of the controls that it was decided under, −1 without any
   */
  private record Seen(
      Optional<RawRecord> record, long time, Optional<String> heldIn, long controls) {}

  /**
   * Whose orders count, and who gives them.
   *
   * @param publisher signs with the monitor's key
   * @param keys that the scope's gates trust; the monitor's is among them, if it signs
   */
  public record Orders(ControlPublisher publisher, ControlKeys keys) {}

  /**
   * @param lines takes one line for each order, for each lift, and for what is left out
   * @throws IllegalArgumentException if the bundle cannot tell what ordinary records look like
   */
  public DriftWatcher(
      Cluster cluster,
      TopicNames names,
      Orders orders,
      Clock clock,
      Bundle bundle,
      DriftWatch.Settings settings,
      java.util.function.Consumer<String> lines) {
    this.cluster = cluster;
    this.names = names;
    this.publisher = orders.publisher();
    this.orders = new ControlLedger(names.scope(), orders.keys(), new EnvelopeCodec()::decode);
    this.clock = clock;
    this.watch = new DriftWatch(bundle.reference().drift(), settings);
    this.parser = new RecordParser(bundle.definition().domain());
    this.bundle = bundle.fingerprint();
    this.lines = lines;
    this.state = watch.start();
  }

  /** Watches what is decided from now on, as long as it shall go on. */
  public void run(BooleanSupplier goesOn) {
    try (Consumer<byte[], byte[]> reader = cluster.reader();
        Admin admin = cluster.admin()) {
      List<String> topics = List.of(names.autoAccept(), names.priorityAudit());
      List<TopicPartition> logs = topics.stream()
          .flatMap(topic -> reader.partitionsFor(topic).stream())
          .map(info -> new TopicPartition(info.topic(), info.partition()))
          .collect(Collectors.toCollection(ArrayList::new));
      assign(reader, logs, goesOn);
      lines.accept("watching scope " + names.scope() + ", decisions of bundle "
          + bundle.abbreviated() + ", windows of the last " + DriftWatch.WINDOWS + " records"
          + (state.isRaised() ? "; DRIFT is in force, so from its lift on" : ""));
      DecisionMerge<Seen> merge =
          new DecisionMerge<>(logs, Math.max(WAITING_MAX_LEAST, WAITING_MAX / logs.size()));
      Ends ends = new Ends(admin, reader, logs);
      GainedPartitions gained = new GainedPartitions(admin, topics, LOOK_AGAIN);
      while (goesOn.getAsBoolean()) {
        for (TopicPartition more : gained.beside(logs)) {
          logs.add(more);
          assign(reader, logs);
          reader.seekToBeginning(List.of(more));
          merge.reads(more);
          ends.reads(more);
          lines.accept("reads " + more + " too, which is new");
        }
        reader.pause(logs.stream().filter(merge::isFull).toList());
        reader.resume(logs.stream().filter(log -> !merge.isFull(log)).toList());
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          read(record, merge);
        }
        ends.settle(merge);
        for (Optional<Seen> next = merge.next(); next.isPresent(); next = merge.next()) {
          next.ifPresent(this::step);
        }
      }
    }
  }

  /* The controls from their beginning, the decisions from their end. */
  private void assign(
      Consumer<byte[], byte[]> reader, List<TopicPartition> logs, BooleanSupplier goesOn) {
    List<TopicPartition> controls = List.of(controls());
    assign(reader, logs);
    reader.seekToEnd(logs);
    logs.forEach(reader::position);
    reader.pause(logs);
    reader.seekToBeginning(controls);
    long end = reader.endOffsets(controls).values().iterator().next();
    while (reader.position(controls.get(0)) < end && goesOn.getAsBoolean()) {
      reader.poll(POLL).forEach(this::ordered);
    }
  }

  /* Those that were assigned before stay where they are. */
  private void assign(Consumer<byte[], byte[]> reader, List<TopicPartition> logs) {
    List<TopicPartition> all = new ArrayList<>(logs);
    all.add(controls());
    reader.assign(all);
  }

  private TopicPartition controls() {
    return new TopicPartition(names.controls(), 0);
  }

  private void read(ConsumerRecord<byte[], byte[]> record, DecisionMerge<Seen> merge) {
    if (record.topic().equals(names.controls())) {
      ordered(record).ifPresent(lines);
      return;
    }
    try {
      Decision decision = decisions.decode(record.value());
      merge.add(
          new TopicPartition(record.topic(), record.partition()),
          new DecisionMerge.Place(
              decision.getEventTime(),
              decision.getSource().getPartition(),
              decision.getSource().getOffset()),
          new Seen(
              watched(decision), decision.getEventTime(), heldIn(decision), controls(decision)));
    } catch (UndecodableRecord e) {
      lines.accept("left out what is no decision: " + e.getMessage());
    }
  }

  private Optional<RawRecord> watched(Decision decision) {
    return isOfThisBundle(decision)
            && parser.typed(decision.getRaw()::get, decision.getImputed()) instanceof RawRecord raw
        ? Optional.of(raw)
        : Optional.empty();
  }

  private static Optional<String> heldIn(Decision decision) {
    return decision.getRoute() == Route.HELD
        ? Optional.of(decision.getSource().getPartition() + " "
            + decision.getBatch().getPart() + " " + decision.getBatch().getId())
        : Optional.empty();
  }

  private static long controls(Decision decision) {
    Long offset = decision.getControls().getOffset();
    return offset == null ? -1 : offset;
  }

  private boolean isOfThisBundle(Decision decision) {
    boolean same = Arrays.equals(decision.getRelease().getBundle().bytes(), bundle.bytes());
    if (!same && !saidOther) {
      saidOther = true;
      lines.accept("left out decisions of another bundle; start a watch with that one");
    }
    return same;
  }

  private void step(Seen seen) {
    if (seen.record().isEmpty() || seen.controls() < lifted) {
      return;
    }
    DriftWatch.Step step =
        watch.step(state, seen.record().orElseThrow(), seen.time(), seen.heldIn());
    state = step.state();
    step.alarm().ifPresent(alarm -> {
      ControlOrder order =
          publisher.stop(ControlOrder.Stop.Kind.DRIFT, BY + ": " + alarm.text(), clock.millis());
      lines.accept(
          "ordered " + order.about() + ", sequence " + order.sequence() + ": " + alarm.text());
    });
  }

  /* What there is to say of a record of the controls. */
  private Optional<String> ordered(ConsumerRecord<byte[], byte[]> record) {
    Optional<ControlOrder> before = orders.newest(DRIFT);
    Optional<String> refused = orders.arrive(record.offset(), record.key(), record.value());
    Optional<ControlOrder> news =
        orders.newest(DRIFT).filter(order -> !before.equals(Optional.of(order)));
    if (news.isEmpty()) {
      return refused.map(why -> "passed over an order: " + why);
    }
    ControlOrder order = news.orElseThrow();
    if (order.action() instanceof ControlOrder.Lift) {
      state = watch.lifted();
      lifted = record.offset();
      return Optional.of("lifted by " + order.by() + ": the windows begin anew");
    }
    state = watch.ordered();
    return Optional.empty();
  }
}
