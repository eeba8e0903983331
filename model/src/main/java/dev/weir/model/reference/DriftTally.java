package dev.weir.model.reference;

import dev.weir.model.domain.RawRecord;

/**
 * The sums of a batch, from which its statistics follow. They are whole numbers, so that neither the
 * order of records nor how a batch was put together changes a bit.
 */
public final class DriftTally {
  /** What one unit of a mean's standardized value is. */
  static final double UNIT = 1 << 24;

  private final DriftTable table;
  private final int[] codes;
  private final double[] values;
  private final long[] counts;
  private final long[] sums;
  private int records;

  DriftTally(DriftTable table) {
    this.table = table;
    int size = table.statistics().size();
    this.codes = table.statistics().codes();
    this.values = new double[size];
    this.counts = new long[size];
    this.sums = new long[size];
  }

  /** Adds a record; allocates nothing. */
  public void add(RawRecord record) {
    table.statistics().read(record, codes, values);
    add(values);
  }

  /** Adds a record by its own numbers; see {@link DriftStatistics#read}. */
  public void add(double[] numbers) {
    for (int s = 0; s < counts.length; s++) {
      if (!Double.isNaN(numbers[s])) {
        counts[s]++;
        sums[s] += table.units(s, numbers[s]);
      }
    }
    records++;
  }

  /** Adds what another tally of the same table holds. */
  public void add(DriftTally other) {
    for (int s = 0; s < counts.length; s++) {
      counts[s] += other.counts[s];
      sums[s] += other.sums[s];
    }
    records += other.records;
  }

  /** How many records were added. */
  public int records() {
    return records;
  }

  long count(int statistic) {
    return counts[statistic];
  }

  long sum(int statistic) {
    return sums[statistic];
  }
}
