package dev.weir.gating.gate;

import dev.weir.gating.decision.DriftFinding;
import dev.weir.gating.policy.Policy;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.reference.DriftStatistic;
import dev.weir.model.reference.DriftTable;
import dev.weir.model.reference.DriftTally;
import java.util.List;
import java.util.Optional;

/** Compares batches with a bundle's training rows, by what a policy allows (gate.md §8). */
public final class DriftCheck {
  private final Policy.Drift policy;
  private final DriftTable table;

  /** @throws IllegalArgumentException if the bundle cannot check batches as small as the policy asks */
  public DriftCheck(Policy.Drift policy, DriftTable table) {
    this.policy = policy;
    this.table = table;
    if (policy.recordsMin() < table.recordsMin()) {
      throw new IllegalArgumentException(
          table.sizes().length == 0
              ? "hold.drift needs what the bundle does not have: tables of what ordinary batches"
                  + " look like; train it again with at least 20 rows, or remove hold.drift"
              : "hold.drift.recordsMin " + policy.recordsMin()
                  + " is below the smallest batch that the bundle knows; give at least "
                  + table.recordsMin());
    }
  }

  /**
   * What is farthest from training, in any order of the records.
   *
   * @return empty where the batch is smaller than the policy asks
   */
  public Optional<DriftFinding> check(List<RawRecord> records) {
    if (records.size() < policy.recordsMin()) {
      return Optional.empty();
    }
    DriftTally tally = table.tally();
    for (RawRecord record : records) {
      tally.add(record);
    }
    return Optional.of(farthest(table, tally, policy.falseAlarms()));
  }

  /**
   * What is farthest from training.
   *
   * @param tally of at least as many records as the table's smallest batch
   * @param falseAlarms the share of ordinary batches that may alarm
   */
  public static DriftFinding farthest(DriftTable table, DriftTally tally, double falseAlarms) {
    int farthest = 0;
    double largest = 0;
    for (int s = 0; s < table.statistics().size(); s++) {
      double z = table.z(s, tally);
      if (Math.abs(z) > Math.abs(largest)) {
        largest = z;
        farthest = s;
      }
    }
    DriftStatistic statistic = table.statistics().all().get(farthest);
    return new DriftFinding(
        tally.records(),
        statistic.name(),
        statistic.field(),
        largest,
        table.threshold(tally.records(), falseAlarms));
  }
}
