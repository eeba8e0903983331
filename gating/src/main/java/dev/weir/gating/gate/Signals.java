package dev.weir.gating.gate;

import dev.weir.gating.decision.Promotion;
import dev.weir.model.score.Score;
import java.util.Optional;

/**
 * What the gate looks at of one record.
 *
 * @param missingCount evidence fields absent as received
 * @param imputedCount evidence fields imputed upstream
 * @param promotion its part in the batch's promotion; empty where the policy has none
 */
record Signals(
    String id,
    FlagSignals flags,
    int missingCount,
    int imputedCount,
    Score score,
    Optional<Promotion> promotion) {}
