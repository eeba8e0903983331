package dev.weir.model.numeric;

/** Sample quantiles. */
public final class Quantiles {
  private Quantiles() {}

  /**
   * The type-7 quantile (Hyndman and Fan, 1996): linear interpolation at (n - 1)·level.
   *
   * @param ascending n ≥ 1 finite values in ascending order
   * @param level in [0, 1]
   */
  public static double type7(double[] ascending, double level) {
    if (ascending.length == 0) {
      throw new IllegalArgumentException("a quantile needs at least one value");
    }
    if (!(level >= 0 && level <= 1)) {
      throw new IllegalArgumentException("level " + level + " is outside [0, 1]");
    }
    double position = (ascending.length - 1) * level;
    int below = (int) position;
    if (below + 1 >= ascending.length) {
      return ascending[ascending.length - 1];
    }
    return ascending[below] + (position - below) * (ascending[below + 1] - ascending[below]);
  }
}
