package dev.weir.topology.route;

import dev.weir.gating.decision.Alert;
import dev.weir.gating.decision.BatchHold;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Route;
import dev.weir.gating.decision.Sealer;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.shadow.ShadowDifference;
import dev.weir.schemas.wire.AlertCodec;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.EngineFault;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.HoldCodec;
import dev.weir.schemas.wire.ShadowCodec;
import dev.weir.topology.collect.ClosedBatch;
import dev.weir.topology.collect.Duplicate;
import dev.weir.topology.collect.RawHeader;
import dev.weir.topology.collect.Rejection;
import dev.weir.topology.collect.SizeConflict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Writes everything that leaves the gate for one batch, as bytes. For one thread. */
public final class Outputs {
  /** A dead letter's message is cut to this length. */
  static final int MESSAGE_LENGTH_MAX = 4_000;

  private final String sourceTopic;
  private final Sealer sealer = new Sealer();
  private final DecisionCodec decisions = new DecisionCodec();
  private final HoldCodec holds = new HoldCodec();
  private final AlertCodec alerts = new AlertCodec();
  private final ShadowCodec shadows = new ShadowCodec();

  /** @param sourceTopic that the batches are read from */
  public Outputs(String sourceTopic) {
    this.sourceTopic = sourceTopic;
  }

  /**
   * The outputs of a batch, in the order in which they are written.
   *
   * @param rejected its records that have no decision
   * @param now when alerts are raised, epoch milliseconds
   */
  public List<Output> of(
      ClosedBatch batch, Gate.Outcome outcome, List<DeadLetter> rejected, long now) {
    List<Output> outputs = new ArrayList<>();
    List<byte[]> encoded = decisions.encode(sealer.seal(outcome.decisions()));
    for (int i = 0; i < encoded.size(); i++) {
      outputs.add(decision(outcome.decisions().get(i), encoded.get(i)));
    }
    outcome.hold().ifPresent(hold -> outputs.add(hold(hold)));
    rejected.forEach(letter -> outputs.add(deadLetter(batch, letter)));
    outcome.alerts().forEach(alert -> outputs.add(alert(alert, now)));
    return outputs;
  }

  /**
   * The outputs of a batch that could not be decided: its valid records to audit, without a score.
   *
   * @param rejected its records that could not be read
   */
  public List<Output> audited(
      ClosedBatch batch,
      List<EngineFault> faults,
      Gate.Outcome outcome,
      List<DeadLetter> rejected,
      long now) {
    List<Output> outputs = new ArrayList<>();
    for (EngineFault fault : faults) {
      outputs.add(output(
          Destination.of(Route.PRIORITY_AUDIT),
          Headers.value(fault.record().id()),
          decisions.encode(fault),
          fault.eventTime()));
    }
    outputs.addAll(of(batch, outcome, rejected, now));
    return outputs;
  }

  private Output decision(Decision decision, byte[] encoded) {
    return output(
        Destination.of(decision.route()),
        Headers.value(decision.recordId()),
        encoded,
        decision.eventTime());
  }

  private Output hold(BatchHold hold) {
    return output(
        Destination.HOLDS,
        Headers.value(hold.batch().id()),
        holds.encode(hold),
        hold.batch().latest());
  }

  /** What a shadow would have decided otherwise. */
  public List<Output> differences(List<ShadowDifference> differences) {
    return differences.stream()
        .map(one -> output(
            Destination.SHADOW,
            Headers.value(one.recordId()),
            shadows.encode(one),
            one.eventTime()))
        .toList();
  }

  /**
   * An alert.
   *
   * @param now when it is raised, epoch milliseconds
   */
  public Output alert(Alert alert, long now) {
    return output(
        Destination.ALERTS,
        Headers.value(alert.kind() + "/" + alert.subject()),
        alerts.encode(alert, now),
        now);
  }

  /** A record that was dropped because its batch has had one of the same id. */
  public Output dropped(Duplicate duplicate) {
    Rejection why = new Rejection(
        Rejection.Cause.DUPLICATE,
        String.format(
            Locale.ROOT,
            "batch %s has had a record of this id at offset %d",
            duplicate.id(),
            duplicate.first()));
    DeadLetter letter = new DeadLetter(duplicate.received(), why);
    return deadLetter(letter, deadLetterHeaders(letter, duplicate.partition()));
  }

  /** What a person must hear of two announced sizes. */
  public Output conflict(ClosedBatch batch, SizeConflict conflict, long now) {
    return alert(
        new Alert(
            Alert.Kind.SIZE_CONFLICT,
            batch.id(),
            String.format(
                Locale.ROOT,
                "batch %s, part %d, partition %d, announced %d records first and %d at offset %d; the first counts, and the part closed with %d by %s",
                batch.id(),
                batch.part(),
                batch.partition(),
                conflict.first(),
                conflict.other(),
                conflict.offset(),
                batch.records().size(),
                batch.reason())),
        now);
  }

  private Output deadLetter(ClosedBatch batch, DeadLetter letter) {
    RecordHeaders headers = deadLetterHeaders(letter, batch.partition());
    headers.add(Headers.BATCH, Headers.value(batch.id() + "#" + batch.part()));
    return deadLetter(letter, headers);
  }

  private RecordHeaders deadLetterHeaders(DeadLetter letter, int partition) {
    RecordHeaders headers = new RecordHeaders();
    for (RawHeader header : letter.record().headers()) {
      headers.add(header.name(), header.value());
    }
    headers.add(Headers.CAUSE, Headers.value(letter.rejection().cause().name()));
    headers.add(Headers.MESSAGE, Headers.value(cut(letter.rejection().message())));
    headers.add(Headers.SOURCE_TOPIC, Headers.value(sourceTopic));
    headers.add(Headers.SOURCE_PARTITION, Headers.value(partition));
    headers.add(Headers.SOURCE_OFFSET, Headers.value(letter.record().offset()));
    return headers;
  }

  private static Output deadLetter(DeadLetter letter, RecordHeaders headers) {
    return new Output(
        Destination.DEAD_LETTERS,
        new Record<>(
            letter.record().key(), letter.record().value(), letter.record().timestamp(), headers));
  }

  /** A text for people, cut to a length that a header can have; it says so. */
  public static String cut(String message) {
    if (message.length() <= MESSAGE_LENGTH_MAX) {
      return message;
    }
    String said = "… (" + message.length() + " characters in all)";
    return message.substring(0, MESSAGE_LENGTH_MAX - said.length()) + said;
  }

  /** A fault as people read it, cut likewise. */
  public static String described(Throwable fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    return cut(trace.length == 0 ? fault.toString() : fault + " at " + trace[0]);
  }

  private static Output output(Destination to, byte[] key, byte @Nullable [] value, long time) {
    return new Output(to, new Record<>(key, value, time));
  }
}
