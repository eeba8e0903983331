package dev.weir.lab.world;

import java.util.SplittableRandom;

/**
 * The random source of one travel group. It takes only {@link SplittableRandom#nextLong()} from the JDK and derives
 * everything else here by {@link StrictMath}, because the derived draws of the JDK differ between its versions.
 */
final class Draws {
  private final SplittableRandom random;

  Draws(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A seed for a source of its own. */
  long seed() {
    return random.nextLong();
  }

  /** Uniform in [0, 1), in steps of 2⁻⁵³. */
  double uniform() {
    return (random.nextLong() >>> 11) * 0x1p-53;
  }

  boolean chance(double probability) {
    return uniform() < probability;
  }

  /** Uniform in 0 … bound − 1. */
  int below(int bound) {
    return (int) (uniform() * bound);
  }

  /** Standard normal, by Box and Muller. */
  double normal() {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - uniform()));
    return radius * StrictMath.cos(2 * Math.PI * uniform());
  }
}
