package dev.weir.model.flag;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.reference.Marks;
import dev.weir.model.reference.Reference;

/** The numbers of a {@link RawTopology}, in a sheet that is filled in again for every record. */
public final class TopologySheet implements ChannelTopology {
  private int observedCount;
  private double sum;
  private int topChannel = -1;
  private double topValue = Double.NaN;
  private double topShare;
  private double topThreeSum;
  private double entropy;
  private double sumShare = Double.NaN;

  /** Fills in the topology of a record; values that upstream imputed are left out. */
  public void read(RawRecord record, int[] channels, Reference reference) {
    Domain domain = record.domain();
    long observed = record.observed();
    int count = 0;
    double total = 0;
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
      total += value;
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
    boolean positive = total > Marks.ZERO_TOLERANCE;
    observedCount = count;
    sum = total;
    topChannel = top;
    topValue = count == 0 ? Double.NaN : first;
    topShare = positive ? first / total : 0;
    topThreeSum = first + second + third;
    entropy = positive ? entropy(record, channels, total) : 0;
    sumShare = count == 0 ? Double.NaN : reference.sums().shareUpTo(total);
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

  /** What is filled in, to keep. */
  public RawTopology topology() {
    return new RawTopology(
        observedCount, sum, topChannel, topValue, topShare, topThreeSum, entropy, sumShare);
  }

  @Override
  public int observedCount() {
    return observedCount;
  }

  @Override
  public double sum() {
    return sum;
  }

  @Override
  public double topValue() {
    return topValue;
  }

  @Override
  public double topShare() {
    return topShare;
  }

  @Override
  public double topThreeSum() {
    return topThreeSum;
  }

  @Override
  public double entropy() {
    return entropy;
  }

  @Override
  public double sumShare() {
    return sumShare;
  }
}
