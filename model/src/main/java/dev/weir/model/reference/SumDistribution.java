package dev.weir.model.reference;

import java.util.Arrays;

/** The distribution of the observed channels' sum over the training records that have one. */
public final class SumDistribution {
  private final double[] ascending;

  /** The sums of the training records with at least one observed channel, in any order. */
  public SumDistribution(double[] sums) {
    this.ascending = sums.clone();
    Arrays.sort(ascending);
  }

  /** The share of training records, in [0, 1], whose sum is at most this one; NaN without any. */
  public double shareUpTo(double sum) {
    if (ascending.length == 0) {
      return Double.NaN;
    }
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] <= sum) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low / (double) ascending.length;
  }

  /** The sums in ascending order. */
  public double[] ascending() {
    return ascending.clone();
  }
}
