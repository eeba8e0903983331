package dev.weir.gating.gate;

import dev.weir.gating.decision.Promotion;
import dev.weir.gating.policy.Policy;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.prior.SlicePrior;
import dev.weir.model.score.Score;
import java.util.Optional;

/**
 * What the gate looks at of one record.
 *
 * @param missingCount evidence fields absent as received
 * @param imputedCount evidence fields imputed upstream
 * @param promotion its part in the batch's promotion; empty where the policy has none
 */
public record Signals(
    String id,
    FlagSignals flags,
    int missingCount,
    int imputedCount,
    Score score,
    Optional<Promotion> promotion) {
  /** Those of a record outside any promotion. */
  public static Signals of(Policy policy, Bundle bundle, RawRecord record) {
    Evidence evidence = bundle.evidence(record);
    SlicePrior prior = bundle.prior(evidence);
    return new Signals(
        record.id(),
        FlagSignals.of(policy, bundle, evidence, prior),
        evidence.missingCount(),
        evidence.imputedCount(),
        bundle.score(evidence, prior),
        Optional.empty());
  }
}
