package dev.weir.operations.replay;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The decisions of one batch part, in batch order.
 *
 * @param decisions at least one
 * @param isWhole whether none is missing, none doubled, and each has its record where records are
 *     asked for
 * @param records what the records topic has of the part, by offset; empty where that is not asked
 */
record LoggedPart(
    PartKey key,
    List<LoggedDecision> decisions,
    boolean isWhole,
    Optional<Map<Long, RawRecords.Raw>> records) {
  static LoggedPart of(PartKey key, List<LoggedDecision> decisions) {
    if (decisions.size() == 1) { // as most are: nothing to sort, nothing doubled
      return new LoggedPart(
          key, List.copyOf(decisions), decisions.get(0).decisionsInPart() == 1, Optional.empty());
    }
    List<LoggedDecision> sorted = decisions.stream()
        .sorted(Comparator.comparingLong(LoggedDecision::offset))
        .toList();
    boolean isDoubled =
        sorted.stream().mapToLong(LoggedDecision::offset).distinct().count() < sorted.size();
    return new LoggedPart(
        key,
        sorted,
        !isDoubled && sorted.size() == sorted.get(0).decisionsInPart(),
        Optional.empty());
  }

  /** The same with its records; not whole if they are not as many as the part had. */
  LoggedPart with(Map<Long, RawRecords.Raw> raw, int recordsInPart) {
    return new LoggedPart(
        key, decisions, isWhole && raw.size() == recordsInPart, Optional.of(Map.copyOf(raw)));
  }
}
