package dev.weir.gating.gate;

import dev.weir.gating.policy.Policy;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Which slices a record is in (gate.md §3): the policy's reading of true, unknown and thin. Names are
 * looked up once; a record is then asked by number.
 */
final class Slices {
  /* Flags are numbered from 0. */
  private static final int THIN = -1;

  /* Of a union with so many slices at most, every list of slices there can be is made once. */
  private static final int LISTED_MAX = 8;

  private final Policy policy;
  private final int thinFlag;
  private final String[] names;
  private final int[] union;
  private final List<List<String>> lists;

  /** @param thinFlag the flag that a thin slice refines, -1 for none */
  Slices(Policy policy, int thinFlag) {
    this.policy = policy;
    this.thinFlag = thinFlag;
    this.names = policy.fragile().union().toArray(String[]::new);
    this.union = policy.fragile().union().stream().mapToInt(this::number).toArray();
    this.lists = union.length > LISTED_MAX
        ? List.of()
        : LongStream.range(0, 1L << union.length).mapToObj(this::list).toList();
  }

  /** The number by which {@link #isIn} knows a flag, or the thin slice. */
  int number(String name) {
    return name.equals(Policy.THIN_SLICE) ? THIN : policy.flags().index(name).orElseThrow();
  }

  /** The slices of the union that the record is in, in the union's order. */
  List<String> of(FlagSignals flags) {
    long in = in(flags);
    return lists.isEmpty() ? list(in) : lists.get((int) in);
  }

  /* Bit i is set iff the record is in slice i of the union. */
  private long in(FlagSignals flags) {
    long in = 0;
    for (int i = 0; i < union.length; i++) {
      in |= isIn(union[i], flags) ? 1L << i : 0;
    }
    return in;
  }

  private List<String> list(long in) {
    return List.copyOf(IntStream.range(0, names.length)
        .filter(i -> (in >>> i & 1) != 0)
        .mapToObj(i -> names[i])
        .toList());
  }

  /** Whether the record is in some slice of the union. */
  boolean isFragile(FlagSignals flags) {
    return in(flags) != 0;
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
