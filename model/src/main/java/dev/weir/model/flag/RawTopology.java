package dev.weir.model.flag;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.reference.Marks;
import dev.weir.model.reference.Reference;

/**
 * The shape of the observed channels' raw values.
 *
 * @param observedCount how many channels are observed
 * @param sum their sum; 0 without any
 * @param topChannel position of the largest among the domain's channels, the first on ties; -1
 *     without any
 * @param topValue the largest value; NaN without any
 * @param topShare topValue ÷ sum, in [0, 1]; 0 where the sum is zero
 * @param topThreeSum sum of the three largest
 * @param entropy −Σ s·ln s of the positive values' shares s; 0 where the sum is zero
 * @param sumShare share of training records whose sum is at most this one; NaN without any channel
 */
public record RawTopology(
    int observedCount,
    double sum,
    int topChannel,
    double topValue,
    double topShare,
    double topThreeSum,
    double entropy,
    double sumShare) {
  /** The topology of a record; values that upstream imputed are left out. */
  public static RawTopology of(RawRecord record, int[] channels, Reference reference) {
    Domain domain = record.domain();
    long observed = record.observed();
    int count = 0;
    double sum = 0;
    int top = -1;
    double first = 0;
    double second = 0;
    double third = 0;
    for (int c = 0; c < channels.length; c++) {
      if ((observed >>> channels[c] & 1) == 0) {
        continue;
      }
      double value = record.number(domain.firstAttribute(channels[c]));
      count++;
      sum += value;
      if (top < 0 || value > first) {
        third = second;
        second = first;
        first = value;
        top = c;
      } else if (value > second) {
        third = second;
        second = value;
      } else if (value > third) {
        third = value;
      }
    }
    boolean positive = sum > Marks.ZERO_TOLERANCE;
    return new RawTopology(
        count,
        sum,
        top,
        count == 0 ? Double.NaN : first,
        positive ? first / sum : 0,
        first + second + third,
        positive ? entropy(record, channels, sum) : 0,
        count == 0 ? Double.NaN : reference.sums().shareUpTo(sum));
  }

  private static double entropy(RawRecord record, int[] channels, double sum) {
    double entropy = 0;
    for (int channel : channels) {
      if ((record.observed() >>> channel & 1) != 0) {
        double share = record.number(record.domain().firstAttribute(channel)) / sum;
        if (share > 0) {
          entropy -= share * StrictMath.log(share);
        }
      }
    }
    return entropy;
  }
}
