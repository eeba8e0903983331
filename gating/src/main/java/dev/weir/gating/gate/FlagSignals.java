package dev.weir.gating.gate;

/**
 * What decides which slices a record is in.
 *
 * @param truths bit i is set iff the policy's flag i is true
 * @param unknowns bit i is set iff it is unknown
 * @param finestN training records of the finest prior key
 */
record FlagSignals(long truths, long unknowns, int finestN) {}
