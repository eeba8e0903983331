package dev.weir.lab.world;

/** The probabilities of a few alternatives, by index; the last one takes what rounding leaves. */
final class Weights {
  private final double[] cumulative;

  private Weights(double[] cumulative) {
    this.cumulative = cumulative;
  }

  /** Weights ≥ 0 of any positive sum. */
  static Weights of(double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double[] cumulative = new double[weights.length];
    double below = 0;
    for (int i = 0; i < weights.length; i++) {
      below += weights[i] / sum;
      cumulative[i] = below;
    }
    return new Weights(cumulative);
  }

  int draw(Draws draws) {
    double u = draws.uniform();
    for (int i = 0; i < cumulative.length - 1; i++) {
      if (u < cumulative[i]) {
        return i;
      }
    }
    return cumulative.length - 1;
  }
}
