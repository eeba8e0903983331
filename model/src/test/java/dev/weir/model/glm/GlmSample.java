package dev.weir.model.glm;

import dev.weir.model.numeric.Logistic;
import java.util.SplittableRandom;

/** Correlated columns with missing values, of which the first three carry the signal; groups of 20 rows. */
record GlmSample(double[][] rows, boolean[] labels, double[] weights, int[] folds) {
  static GlmSample of(long seed, int size, int width) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[size][width];
    boolean[] labels = new boolean[size];
    double[] weights = new double[size];
    int[] folds = new int[size];
    for (int i = 0; i < size; i++) {
      double common = random.nextDouble() - 0.5;
      for (int j = 0; j < width; j++) {
        double value = common + 2 * random.nextDouble() - 1;
        rows[i][j] =
            random.nextInt(20) == 0 ? Double.NaN : j % 3 == 2 ? Math.rint(value) : 10 * value + j;
      }
      double logit = signal(rows[i][0] / 10, 1.5) - signal((rows[i][1 % width] - 1) / 10, 2) - 0.3;
      labels[i] = random.nextDouble() < Logistic.sigmoid(logit);
      weights[i] = 0.5 + random.nextDouble();
      folds[i] = i / 20 % 5;
    }
    labels[0] = true;
    labels[size - 1] = false;
    return new GlmSample(rows, labels, weights, folds);
  }

  private static double signal(double value, double strength) {
    return Double.isNaN(value) ? 0 : strength * value;
  }
}
