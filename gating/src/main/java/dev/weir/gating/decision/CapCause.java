package dev.weir.gating.decision;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Why a contribution was changed. */
public enum CapCause {
  /** It exceeded the limit of a single source. */
  PER_SOURCE(1),
  /** The largest ones together exceeded their limit. */
  TOP_SUM(2),
  /** Channels are damped where several are high. */
  BETA(4);

  /* Every set of causes there can be, by its bits. */
  private static final List<Set<CapCause>> SETS =
      IntStream.range(0, 8).mapToObj(CapCause::set).toList();

  private final int bit;

  CapCause(int bit) {
    this.bit = bit;
  }

  private static Set<CapCause> set(int bits) {
    Set<CapCause> causes = EnumSet.noneOf(CapCause.class);
    for (CapCause cause : values()) {
      if ((bits & cause.bit) != 0) {
        causes.add(cause);
      }
    }
    return Collections.unmodifiableSet(causes);
  }

  /** The immutable set of the causes that apply, in their order. */
  public static Set<CapCause> of(boolean perSource, boolean topSum, boolean beta) {
    return SETS.get(
        (perSource ? PER_SOURCE.bit : 0) | (topSum ? TOP_SUM.bit : 0) | (beta ? BETA.bit : 0));
  }

  /** Those in either, in their order. */
  public static Set<CapCause> union(Set<CapCause> some, Set<CapCause> others) {
    return of(
        some.contains(PER_SOURCE) || others.contains(PER_SOURCE),
        some.contains(TOP_SUM) || others.contains(TOP_SUM),
        some.contains(BETA) || others.contains(BETA));
  }

  /** An immutable copy, in their order. */
  public static Set<CapCause> copyOf(Set<CapCause> causes) {
    return of(causes.contains(PER_SOURCE), causes.contains(TOP_SUM), causes.contains(BETA));
  }
}
