package dev.weir.gating.gate;

import dev.weir.gating.policy.Policy;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import java.util.List;
import java.util.stream.Stream;

/** The share of ordinary records that a policy calls fragile (gate.md §8). */
public final class ReferenceRate {
  private ReferenceRate() {}

  /**
   * The share among given records, for a union that has flags of the policy's own.
   *
   * @throws IllegalArgumentException without any record
   */
  public static double of(Policy policy, Bundle bundle, List<RawRecord> records) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("no valid record to take the reference rate from");
    }
    Slices slices = new Slices(policy, bundle.definition().thinSlice());
    long fragile = records.stream()
        .map(bundle::evidence)
        .filter(evidence ->
            slices.isFragile(FlagSignals.of(policy, bundle, evidence, bundle.prior(evidence))))
        .count();
    return fragile / (double) records.size();
  }

  /** Whether the bundle's reference rows cannot tell the rate. */
  public static boolean mustBeGiven(Policy policy, Bundle bundle) {
    return policy.hold().mode() == Policy.Hold.Mode.EXCESS
        && ownFlags(policy, bundle).findAny().isPresent();
  }

  /** The flags of the union that the bundle does not know. */
  static Stream<String> ownFlags(Policy policy, Bundle bundle) {
    int declared = bundle.definition().flags().size();
    return policy.fragile().union().stream()
        .filter(name -> policy.flags().index(name).orElse(-1) >= declared);
  }
}
