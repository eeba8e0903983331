package dev.weir.gating.gate;

import dev.weir.model.score.Score;

/**
 * What the gate looks at of one record.
 *
 * @param missingCount evidence fields absent as received
 * @param imputedCount evidence fields imputed upstream
 */
record Signals(String id, FlagSignals flags, int missingCount, int imputedCount, Score score) {}
