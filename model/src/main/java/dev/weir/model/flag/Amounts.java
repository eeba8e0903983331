package dev.weir.model.flag;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.reference.Marks;
import java.util.Arrays;
import java.util.List;

/**
 * Several like number fields, none of them negative, and what a sight of them tells: of the values
 * seen, and of the values that the unseen ones could take.
 */
public final class Amounts {
  /* Relative to the value in steps. */
  private static final double GRID_TOLERANCE = 1e-9;

  private final int[] fields;
  private final int[] channels;
  private final double[] min;
  private final double[] max;
  private final int[] attributes;
  private final long mask;

  /** The number fields at these indexes, in this order. */
  public Amounts(Domain domain, List<Integer> fields) {
    this.fields = fields.stream().mapToInt(Integer::intValue).toArray();
    int[] declared = domain.channels();
    this.channels =
        fields.stream().mapToInt(field -> Arrays.binarySearch(declared, field)).toArray();
    List<Field> all = domain.fields();
    this.min = fields.stream().mapToDouble(field -> all.get(field).min()).toArray();
    this.max = fields.stream().mapToDouble(field -> all.get(field).max()).toArray();
    this.attributes = fields.stream().mapToInt(domain::firstAttribute).toArray();
    long bits = 0;
    for (int field : this.fields) {
      bits |= 1L << field;
    }
    this.mask = bits;
  }

  long mask() {
    return mask;
  }

  int count() {
    return fields.length;
  }

  int seen(Sight sight) {
    return Long.bitCount(mask & sight.visible());
  }

  double largestSeen(Sight sight) {
    double largest = 0;
    for (int field : fields) {
      if (sight.sees(field)) {
        largest = Math.max(largest, sight.number(field));
      }
    }
    return largest;
  }

  double sumSeen(Sight sight) {
    double sum = 0;
    for (int field : fields) {
      if (sight.sees(field)) {
        sum += sight.number(field);
      }
    }
    return sum;
  }

  double largestFilled(Sight sight) {
    double largest = 0;
    for (int attribute : attributes) {
      largest = Math.max(largest, sight.filled()[attribute]);
    }
    return largest;
  }

  double largestUnseenMin(Sight sight) {
    double largest = 0;
    for (int i = 0; i < fields.length; i++) {
      if (!sight.sees(fields[i])) {
        largest = Math.max(largest, min[i]);
      }
    }
    return largest;
  }

  double largestUnseenMax(Sight sight) {
    double largest = 0;
    for (int i = 0; i < fields.length; i++) {
      if (!sight.sees(fields[i])) {
        largest = Math.max(largest, max[i]);
      }
    }
    return largest;
  }

  /** The supremum over completions of largest ÷ sum: one field high, every other unseen one low. */
  double largestPossibleShare(Sight sight) {
    double floor = 0;
    for (int i = 0; i < fields.length; i++) {
      floor += sight.sees(fields[i]) ? sight.number(fields[i]) : min[i];
    }
    double best = share(Math.max(largestSeen(sight), largestUnseenMin(sight)), floor);
    for (int i = 0; i < fields.length; i++) {
      if (!sight.sees(fields[i])) {
        best = Math.max(best, share(max[i], floor - min[i] + max[i]));
      }
    }
    return best;
  }

  /**
   * The smallest largest ÷ sum over completions: every unseen field as high as it can be without
   * becoming the largest. -1 where the sum can be zero, so that no share is reached.
   */
  double smallestPossibleShare(Sight sight) {
    double largest = Math.max(largestSeen(sight), largestUnseenMin(sight));
    double floor = 0;
    double sum = 0;
    for (int i = 0; i < fields.length; i++) {
      floor += sight.sees(fields[i]) ? sight.number(fields[i]) : min[i];
      sum += sight.sees(fields[i]) ? sight.number(fields[i]) : Math.min(max[i], largest);
    }
    return floor <= Marks.ZERO_TOLERANCE ? -1 : largest / sum;
  }

  private static double share(double largest, double sum) {
    if (largest == Double.POSITIVE_INFINITY) {
      return 1;
    }
    return sum > Marks.ZERO_TOLERANCE ? largest / sum : -1;
  }

  int seenAbove(Sight sight, int step, double factor) {
    int above = 0;
    for (int i = 0; i < fields.length; i++) {
      if (sight.sees(fields[i]) && sight.number(fields[i]) > factor * mark(sight, i, step)) {
        above++;
      }
    }
    return above;
  }

  int unseenThatCanExceed(Sight sight, int step, double factor) {
    int able = 0;
    for (int i = 0; i < fields.length; i++) {
      if (!sight.sees(fields[i]) && max[i] > factor * mark(sight, i, step)) {
        able++;
      }
    }
    return able;
  }

  int unseenThatMustExceed(Sight sight, int step, double factor) {
    int bound = 0;
    for (int i = 0; i < fields.length; i++) {
      if (!sight.sees(fields[i]) && min[i] > factor * mark(sight, i, step)) {
        bound++;
      }
    }
    return bound;
  }

  private double mark(Sight sight, int i, int step) {
    return sight.reference().marks().at(channels[i], step);
  }

  /** Whether some value seen is no multiple of a step. */
  boolean isSeenOff(Sight sight, double step) {
    for (int field : fields) {
      if (sight.sees(field) && isOff(sight.number(field), step)) {
        return true;
      }
    }
    return false;
  }

  /** Whether some unseen value can be no multiple of a step. */
  boolean canUnseenBeOff(Sight sight, double step) {
    for (int i = 0; i < fields.length; i++) {
      if (!sight.sees(fields[i]) && (min[i] < max[i] || isOff(min[i], step))) {
        return true;
      }
    }
    return false;
  }

  /** Whether every unseen value can be a multiple of a step. */
  boolean canUnseenBeOn(Sight sight, double step) {
    for (int i = 0; i < fields.length; i++) {
      if (!sight.sees(fields[i])
          && isOff(min[i], step)
          && Math.ceil(min[i] / step) * step > max[i]) {
        return false;
      }
    }
    return true;
  }

  /* Decimal steps are no binary fractions, so that 0.3 is not quite 3 · 0.1. */
  private static boolean isOff(double value, double step) {
    double multiple = value / step;
    return Math.abs(multiple - Math.rint(multiple)) > GRID_TOLERANCE * Math.max(1, multiple);
  }

  boolean areChannels() {
    return Arrays.stream(channels).allMatch(channel -> channel >= 0);
  }
}
