package dev.weir.model.metric;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How unequally a total is shared out among holders.
 *
 * <p>Every method takes one finite amount ≥ 0 per holder, and is empty if they sum to 0 (so without holders too).
 */
public final class Concentration {
  private Concentration() {}

  /**
   * The Gini coefficient in [0, 1 - 1/n]: Σ (2i - n - 1)·x_(i) / (n·Σ x), x ascending, i from 1; 0 if all hold the same.
   */
  public static OptionalDouble gini(double[] amounts) {
    double total = total(amounts);
    double[] ascending = amounts.clone();
    Arrays.sort(ascending);
    int n = ascending.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (2.0 * i + 1 - n) * ascending[i];
    }
    return share(sum / n, total);
  }

  /** The Gini coefficient times n / (n - 1), in [0, 1], comparable between few and many holders; empty for one. */
  public static OptionalDouble giniUnbiased(double[] amounts) {
    OptionalDouble gini = gini(amounts);
    double n = amounts.length;
    return gini.isPresent() && n > 1
        ? OptionalDouble.of(gini.getAsDouble() * n / (n - 1))
        : OptionalDouble.empty();
  }

  /** The Herfindahl–Hirschman index in [1/n, 1]: the sum of squared shares. */
  public static OptionalDouble herfindahl(double[] amounts) {
    double total = total(amounts);
    double sum = 0;
    for (double amount : amounts) {
      sum += (amount / total) * (amount / total);
    }
    return total > 0 ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }

  /**
   * The share in [0, 1] of the k largest holders.
   *
   * @param holders k ≥ 1; beyond n it is 1
   */
  public static OptionalDouble topShare(double[] amounts, int holders) {
    if (holders < 1) {
      throw new IllegalArgumentException("holders " + holders + " is below 1");
    }
    double total = total(amounts);
    double[] ascending = amounts.clone();
    Arrays.sort(ascending);
    double sum = 0;
    for (int i = ascending.length - 1; i >= Math.max(0, ascending.length - holders); i--) {
      sum += ascending[i];
    }
    return share(Math.min(sum, total), total);
  }

  /**
   * The share in [0, 1] of the largest holders that make up a fraction of them, ⌈fraction·n⌉ holders.
   *
   * @param fraction in (0, 1]
   */
  public static OptionalDouble topFractionShare(double[] amounts, double fraction) {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction " + fraction + " is outside (0, 1]");
    }
    return topShare(amounts, Math.max(1, (int) Math.ceil(fraction * amounts.length)));
  }

  private static double total(double[] amounts) {
    double total = 0;
    for (int i = 0; i < amounts.length; i++) {
      if (!(amounts[i] >= 0 && amounts[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "amount[" + i + "] " + amounts[i] + " is not a finite number >= 0");
      }
      total += amounts[i];
    }
    if (total == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "the sum of the amounts overflows; give them in a larger unit");
    }
    return total;
  }

  private static OptionalDouble share(double part, double total) {
    return total > 0 ? OptionalDouble.of(part / total) : OptionalDouble.empty();
  }
}
