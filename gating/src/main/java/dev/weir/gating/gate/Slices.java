package dev.weir.gating.gate;

import dev.weir.gating.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/**
 * Which slices a record is in, and how often a κ counts for it (gate.md §3): the policy's reading of
 * true, unknown and thin.
 */
final class Slices {
  private final Policy policy;
  private final int thinFlag;

  /** @param thinFlag the flag that a thin slice refines, -1 for none */
  Slices(Policy policy, int thinFlag) {
    this.policy = policy;
    this.thinFlag = thinFlag;
  }

  /** The slices of the union that the record is in, in the union's order. */
  List<String> of(FlagSignals flags) {
    List<String> slices = new ArrayList<>();
    for (String name : policy.fragile().union()) {
      if (isIn(name, flags)) {
        slices.add(name);
      }
    }
    return slices;
  }

  /** Whether the record is in some slice of the union. */
  boolean isFragile(FlagSignals flags) {
    return !of(flags).isEmpty();
  }

  /** Whether a flag, or the thin slice, counts as true. */
  boolean isIn(String name, FlagSignals flags) {
    return name.equals(Policy.THIN_SLICE)
        ? isThin(flags)
        : counts(policy.flags().index(name).orElseThrow(), flags);
  }

  private boolean isThin(FlagSignals flags) {
    return flags.finestN() < policy.thinSlice().recordsMin()
        && (thinFlag < 0 || counts(thinFlag, flags));
  }

  private boolean counts(int flag, FlagSignals flags) {
    long counted =
        policy.fragile().unknownCounts() ? flags.truths() | flags.unknowns() : flags.truths();
    return (counted >>> flag & 1) != 0;
  }
}
