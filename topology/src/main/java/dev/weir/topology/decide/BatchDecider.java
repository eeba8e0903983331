package dev.weir.topology.decide;

import dev.weir.gating.decision.Alert;
import dev.weir.gating.decision.BatchStamp;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.release.Release;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Invalid;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.schemas.wire.EngineFault;
import dev.weir.schemas.wire.Payload;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.schemas.wire.UndecodableRecord;
import dev.weir.topology.book.InForce;
import dev.weir.topology.collect.ClosedBatch;
import dev.weir.topology.collect.Collected;
import dev.weir.topology.collect.Duplicate;
import dev.weir.topology.collect.Received;
import dev.weir.topology.collect.Rejection;
import dev.weir.topology.route.DeadLetter;
import dev.weir.topology.route.Output;
import dev.weir.topology.route.Outputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * From a closed batch to everything that leaves the gate for it; pure. For one thread.
 *
 * <p>The release is chosen by the batch's largest timestamp. A record that cannot be read or is
 * invalid counts as rejected and becomes a dead letter; so does one of which reading fails in Weir
 * itself, with cause ENGINE_FAULT. If deciding throws, every valid record goes to audit with that
 * reason and no score (gate.md §9). Either fault raises an alert.
 */
public final class BatchDecider {
  private final String sourceTopic;
  private final DecideFunction function;
  private final Outputs outputs;
  private @Nullable Domain codecOf;
  private @Nullable RecordCodec codec;

  public BatchDecider(String sourceTopic, DecideFunction function) {
    this.sourceTopic = sourceTopic;
    this.function = function;
    this.outputs = new Outputs(sourceTopic);
  }

  /** What decides the same batches by a shadow, once they are decided here. */
  ShadowDecider shadow() {
    return new ShadowDecider(function, outputs);
  }

  /**
   * Decides what was collected.
   *
   * @param payloads of a batch's records, in their order
   * @param now when alerts are raised, epoch milliseconds
   */
  public Decided decide(Collected collected, List<Payload> payloads, InForce inForce, long now) {
    if (collected instanceof Duplicate duplicate) {
      return undecided(List.of(outputs.dropped(duplicate)));
    }
    if (collected instanceof ClosedBatch closed) {
      Decided decided = decide(closed, payloads, inForce, now);
      return closed
          .conflict()
          .map(conflict -> decided.and(outputs.conflict(closed, conflict, now)))
          .orElse(decided);
    }
    throw new AssertionError(collected);
  }

  /**
   * Decides a batch.
   *
   * @param payloads of its records, in their order
   * @param now when alerts are raised, epoch milliseconds
   * @throws IllegalStateException if the book is empty: an instance without a release consumes
   *     nothing
   */
  public Decided decide(ClosedBatch closed, List<Payload> payloads, InForce inForce, long now) {
    Release release = inForce
        .book()
        .choose(closed.latest())
        .orElseThrow(() -> new IllegalStateException(
            "batch %s closed before the first release; wait for it, then consume"
                .formatted(closed.id())));
    Sorting sorting = sort(closed, payloads, release.gate());
    Decided decided = decide(closed, sorting, release, inForce, now);
    return sorting.fault().map(alert -> decided.and(outputs.alert(alert, now))).orElse(decided);
  }

  private Decided decide(
      ClosedBatch closed, Sorting sorting, Release release, InForce inForce, long now) {
    try {
      Batch batch = new Batch(
          closed.id(),
          closed.part(),
          closed.reason(),
          sorting.members(),
          sorting.rejected().size(),
          closed.latest());
      Gate.Outcome outcome = function.decide(
          release, inForce.controls(), batch, OptionalLong.of(inForce.book().offset()));
      return new Decided(
          outputs.of(closed, outcome, sorting.rejected(), now),
          Optional.of(new Decided.Judged(batch, outcome)));
    } catch (RuntimeException | AssertionError | StackOverflowError fault) {
      return undecided(outputs.audited(
          closed,
          faults(closed, sorting, release, inForce),
          faulted(closed, fault),
          sorting.rejected(),
          now));
    }
  }

  private static Decided undecided(List<Output> outputs) {
    return new Decided(outputs, Optional.empty());
  }

  /** What came before the fault is void: no decision, no hold, and an alert. */
  private static Gate.Outcome faulted(ClosedBatch closed, Throwable fault) {
    return new Gate.Outcome(List.of(), Optional.empty(), List.of(alert(closed, fault)));
  }

  private static List<EngineFault> faults(
      ClosedBatch closed, Sorting sorting, Release release, InForce inForce) {
    int size = closed.records().size();
    BatchStamp stamp = new BatchStamp(
        closed.id(),
        closed.part(),
        size,
        sorting.rejected().size(),
        1,
        closed.reason(),
        closed.latest());
    ReleaseStamp by = release.stamp(OptionalLong.of(inForce.book().offset()));
    return sorting.members().stream()
        .map(member -> new EngineFault(
            stamp,
            member.source(),
            member.timestamp(),
            member.record(),
            by,
            inForce.controls().stamp()))
        .toList();
  }

  /**
   * A batch's records.
   *
   * @param fault what reading one of them failed by, of the first
   */
  private record Sorting(
      List<Batch.Member> members, List<DeadLetter> rejected, Optional<Alert> fault) {}

  private Sorting sort(ClosedBatch closed, List<Payload> payloads, Gate gate) {
    List<Batch.Member> members = new ArrayList<>();
    List<DeadLetter> rejected = new ArrayList<>();
    Optional<Alert> first = Optional.empty();
    for (int i = 0; i < closed.records().size(); i++) {
      Received record = closed.records().get(i);
      Optional<Rejection> problem = ClosedBatch.problem(record);
      if (problem.isPresent()) {
        rejected.add(new DeadLetter(record, problem.get()));
        continue;
      }
      try {
        Parsed parsed = codec(gate).parse(payloads.get(i));
        if (parsed instanceof RawRecord raw) {
          Position source = new Position(sourceTopic, closed.partition(), record.offset());
          members.add(new Batch.Member(raw, source, record.timestamp()));
        } else if (parsed instanceof Invalid invalid) {
          rejected.add(rejected(record, Rejection.Cause.INVALID, invalid.reason()));
        } else {
          throw new AssertionError(parsed);
        }
      } catch (UndecodableRecord e) {
        rejected.add(rejected(record, Rejection.Cause.UNDECODABLE, String.valueOf(e.getMessage())));
      } catch (RuntimeException | AssertionError | StackOverflowError fault) {
        // It is no reason to leave the others undecided.
        String how = Outputs.described(fault);
        rejected.add(rejected(record, Rejection.Cause.ENGINE_FAULT, how));
        first = first.or(() -> Optional.of(alert(closed, record, how)));
      }
    }
    return new Sorting(members, rejected, first);
  }

  /* A release's domain is one object: a new one comes with a new bundle only. */
  private RecordCodec codec(Gate gate) {
    Domain domain = gate.bundle().definition().domain();
    if (codecOf != domain) {
      codec = RecordCodec.of(domain, gate.hashing());
      codecOf = domain;
    }
    return Objects.requireNonNull(codec);
  }

  /* What is wrong can be told at many times the record's length, and a batch has many records. */
  private static DeadLetter rejected(Received record, Rejection.Cause cause, String message) {
    return new DeadLetter(record, new Rejection(cause, Outputs.cut(message)));
  }

  private static Alert alert(ClosedBatch closed, Received record, String how) {
    return new Alert(
        Alert.Kind.ENGINE_FAULT,
        closed.id(),
        String.format(
            Locale.ROOT,
            "the record at offset %d of partition %d, in batch %s, part %d, could not be read; it is a dead letter, as any of this batch that fails so, and the others are decided: %s",
            record.offset(),
            closed.partition(),
            closed.id(),
            closed.part(),
            how));
  }

  private static Alert alert(ClosedBatch closed, Throwable fault) {
    return new Alert(
        Alert.Kind.ENGINE_FAULT,
        closed.id(),
        String.format(
            Locale.ROOT,
            "batch %s, part %d, partition %d, could not be decided; its %d records go to audit or dead letters: %s",
            closed.id(),
            closed.part(),
            closed.partition(),
            closed.records().size(),
            Outputs.described(fault)));
  }
}
