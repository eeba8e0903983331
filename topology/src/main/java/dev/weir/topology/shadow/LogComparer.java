package dev.weir.topology.shadow;

import dev.weir.gating.decision.Alert;
import dev.weir.gating.release.Release;
import dev.weir.gating.shadow.ShadowDifference;
import dev.weir.gating.shadow.ShadowFaults;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.LoggedDecision;
import dev.weir.topology.route.Outputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Decides logged batches again by the shadow release and tells where the two differ. What cannot be
 * read or decided is left out, and an alert says so, once for each shadow; an engine fault, of which the gate has raised
 * its own, is left out without a word. For one thread.
 */
final class LogComparer {
  private final Supplier<Optional<Release>> shadow;
  private final OpenParts parts;
  private final DecisionCodec codec = new DecisionCodec();
  private final ShadowFaults faults = new ShadowFaults();

  /** @param shadow the one in force, asked once a batch */
  LogComparer(Supplier<Optional<Release>> shadow, OpenParts parts) {
    this.shadow = shadow;
    this.parts = parts;
  }

  /** What a logged decision led to. */
  record Found(List<ShadowDifference> differences, Optional<Alert> alert) {
    static final Found NOTHING = new Found(List.of(), Optional.empty());
  }

  /** Takes a record of the decision log. */
  Found read(byte @Nullable [] value, TopicPartition from, long offset) {
    LoggedDecision decision;
    try {
      Decision wire = codec.decode(value);
      if (wire.getPredicted() == null) {
        return Found.NOTHING;
      }
      decision = LoggedDecision.of(wire);
    } catch (IllegalArgumentException e) {
      return shadow
          .get()
          .map(release -> fault(release, "what lies at " + from + ", offset " + offset, e))
          .orElse(Found.NOTHING);
    }
    return parts.add(decision, from, offset).map(this::compare).orElse(Found.NOTHING);
  }

  private Found fault(Release release, String what, Throwable fault) {
    return new Found(List.of(), faults.alert(release, what, Outputs.described(fault)));
  }

  private Found compare(LoggedPart part) {
    Optional<Release> found = shadow
        .get()
        .filter(release -> release.isInForce(part.batch().latest()))
        .filter(release ->
            !release.gate().bundle().fingerprint().equals(part.release().bundle()));
    return found.map(release -> compare(part, release)).orElse(Found.NOTHING);
  }

  private Found compare(LoggedPart part, Release release) {
    try {
      return new Found(part.differences(release), Optional.empty());
    } catch (RuntimeException | AssertionError | StackOverflowError fault) {
      return fault(release, "batch " + part.batch().id() + "#" + part.batch().part(), fault);
    }
  }

  /** See {@link OpenParts#opened}. */
  long opened() {
    return parts.opened();
  }

  /** See {@link OpenParts#forget}. */
  void forget(long first) {
    parts.forget(first);
  }

  /** See {@link OpenParts#restart}. */
  Map<TopicPartition, Long> restart(Map<TopicPartition, Long> read) {
    return parts.restart(read);
  }
}
