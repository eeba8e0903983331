package dev.weir.model.flag;

import dev.weir.model.domain.Domain;
import dev.weir.model.reference.PairCounts;
import org.jspecify.annotations.Nullable;

/**
 * Two discrete values seen that never stood together in training, although chance alone would have
 * put them together {@code expectedMin} times. Their indexes ascend.
 */
record NeverSeenPair(Domain domain, int first, int second, double expectedMin) implements Detector {
  @Override
  public boolean holds(Sight sight) {
    PairCounts.Table table = table(sight);
    int a = value(sight, first);
    int b = value(sight, second);
    return table != null && a >= 0 && b >= 0 && table.isNeverSeen(a, b, expectedMin);
  }

  @Override
  public boolean canHold(Sight sight) {
    PairCounts.Table table = table(sight);
    if (table == null) {
      return false;
    }
    boolean seesFirst = sees(sight, first);
    boolean seesSecond = sees(sight, second);
    if (seesFirst && seesSecond) {
      return holds(sight);
    }
    int a = value(sight, first);
    int b = value(sight, second);
    if (seesFirst) {
      return a >= 0 && table.hasNeverSeenWithFirst(a, expectedMin);
    }
    return seesSecond
        ? b >= 0 && table.hasNeverSeenWithSecond(b, expectedMin)
        : table.hasNeverSeen(expectedMin);
  }

  /* A category that training did not have is never one of a pair. */
  @Override
  public boolean canFail(Sight sight) {
    return !holds(sight);
  }

  private PairCounts.@Nullable Table table(Sight sight) {
    return sight.reference().pairs().tableOrNull(first, second);
  }

  private boolean sees(Sight sight, int attribute) {
    return sight.sees(domain.attributes().get(attribute).field());
  }

  private static int value(Sight sight, int attribute) {
    return PairCounts.value(
        sight.record(), sight.visible(), sight.reference().vocabulary(), attribute);
  }

  @Override
  public long reads() {
    return 1L << domain.attributes().get(first).field()
        | 1L << domain.attributes().get(second).field();
  }
}
