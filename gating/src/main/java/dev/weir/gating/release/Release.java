package dev.weir.gating.release;

import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Reasons;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.model.bundle.Fingerprint;
import java.util.OptionalLong;

/**
 * A policy and the bundle it runs with, in force from a moment on.
 *
 * @param epoch rises strictly per scope
 * @param effectiveFrom epoch milliseconds, inclusive
 * @param expires epoch milliseconds, exclusive; empty for never
 * @param policy fingerprint of the policy
 */
public record Release(
    String scope,
    String version,
    long epoch,
    long effectiveFrom,
    OptionalLong expires,
    Fingerprint policy,
    Gate gate) {
  /** A release that is always in force, for deciding outside a stream. */
  public static Release offline(Fingerprint policy, Gate gate) {
    return new Release(
        gate.policy().scope(), "offline", 0, Long.MIN_VALUE, OptionalLong.empty(), policy, gate);
  }

  /**
   * Decides a batch (gate.md §2–§9).
   *
   * @param book offset of the policy topic that the choice of this release rests on
   */
  public Gate.Outcome decide(Controls controls, Batch batch, OptionalLong book) {
    return gate.decide(stamp(book), overriding(batch.latest()), controls, batch);
  }

  /**
   * Decides a batch beside the release that decided it. What was seen of its records, and their
   * scores, are taken from there where both run with the same bundle.
   *
   * @param active what the other release decided
   */
  public Gate.Outcome decideBeside(
      Gate.Outcome active, Controls controls, Batch batch, OptionalLong book) {
    return gate.decideBeside(active, stamp(book), overriding(batch.latest()), controls, batch);
  }

  /** Whether it is effective and not expired. */
  public boolean isInForce(long time) {
    return overriding(time).isEmpty();
  }

  /** What a decision says of this release. */
  public ReleaseStamp stamp(OptionalLong book) {
    return new ReleaseStamp(scope, version, epoch, policy, gate.bundle().fingerprint(), book);
  }

  private Reasons overriding(long time) {
    Reasons.Findings found = new Reasons.Findings();
    found.addIf(expires.isPresent() && time >= expires.getAsLong(), Reason.POLICY_EXPIRED);
    found.addIf(time < effectiveFrom, Reason.NO_RELEASE_YET);
    return found.found();
  }
}
