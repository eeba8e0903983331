package dev.weir.gating.gate;

import dev.weir.model.score.Score;

/**
 * What the gate looks at of one record.
 *
 * @param truths bit i is set iff the policy's flag i is true
 * @param unknowns bit i is set iff it is unknown
 * @param missingCount evidence fields absent as received
 * @param imputedCount evidence fields imputed upstream
 * @param finestN training records of the finest prior key
 */
record Signals(
    String id,
    long truths,
    long unknowns,
    int missingCount,
    int imputedCount,
    int finestN,
    Score score) {}
