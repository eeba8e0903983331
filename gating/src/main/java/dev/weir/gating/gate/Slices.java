package dev.weir.gating.gate;

import dev.weir.gating.policy.Policy;
import java.util.List;

/**
 * Which slices a record is in (gate.md §3): the policy's reading of true, unknown and thin. Names are
 * looked up once; a record is then asked by number.
 */
final class Slices {
  /* Flags are numbered from 0. */
  private static final int THIN = -1;

  private final Policy policy;
  private final int thinFlag;
  private final String[] names;
  private final int[] union;

  /** @param thinFlag the flag that a thin slice refines, -1 for none */
  Slices(Policy policy, int thinFlag) {
    this.policy = policy;
    this.thinFlag = thinFlag;
    this.names = policy.fragile().union().toArray(String[]::new);
    this.union = policy.fragile().union().stream().mapToInt(this::number).toArray();
  }

  /** The number by which {@link #isIn} knows a flag, or the thin slice. */
  int number(String name) {
    return name.equals(Policy.THIN_SLICE) ? THIN : policy.flags().index(name).orElseThrow();
  }

  /** The slices of the union that the record is in, in the union's order. */
  List<String> of(FlagSignals flags) {
    int count = 0;
    for (int slice : union) {
      count += isIn(slice, flags) ? 1 : 0;
    }
    if (count == 0) {
      return List.of();
    }
    String[] slices = new String[count];
    for (int i = 0, filled = 0; filled < count; i++) {
      if (isIn(union[i], flags)) {
        slices[filled++] = names[i];
      }
    }
    return List.of(slices);
  }

  /** Whether the record is in some slice of the union. */
  boolean isFragile(FlagSignals flags) {
    return !of(flags).isEmpty();
  }

  /** Whether a flag, or the thin slice, counts as true. */
  boolean isIn(int number, FlagSignals flags) {
    return number == THIN ? isThin(flags) : counts(number, flags);
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
