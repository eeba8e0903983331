package dev.weir.gating.gate;

import dev.weir.gating.policy.Policy;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.feature.Evidence;
import dev.weir.model.flag.FlagReading;
import dev.weir.model.prior.SlicePrior;

/**
 * What decides which slices a record is in.
 *
 * @param truths bit i is set iff the policy's flag i is true
 * @param unknowns bit i is set iff it is unknown
 * @param finestN training records of the finest prior key
 */
public record FlagSignals(long truths, long unknowns, int finestN) {
  /** A record's, the policy's own flags included. */
  static FlagSignals of(Policy policy, Bundle bundle, Evidence evidence, SlicePrior prior) {
    FlagReading flags = policy.flags().size() == bundle.definition().flags().size()
        ? evidence.flags()
        : policy
            .flags()
            .read(
                evidence.record(),
                bundle.reference(),
                evidence.imputation().values(),
                evidence.imputation().asReceived());
    return new FlagSignals(flags.truths(), flags.unknowns(), prior.finestN());
  }
}
