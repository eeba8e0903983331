package dev.weir.lab.world;

import java.util.List;

/** What is usual for the passengers of one planet. */
record Marginals(Berth berth, Life life, Purse purse) {
  /** The shares of {@link Planet#ALL} among travel groups. */
  static final Weights PLANETS = Weights.of(0.55, 0.24, 0.21);

  private static final Marginals EARTH = new Marginals(
      new Berth(Weights.of(0, 0, 0, 0, 0.09, 0.36, 0.55, 0), Weights.of(0.68, 0.16, 0.16)),
      new Life(0.29, 0, 25, 0.75),
      new Purse(
          6.72, 0.55, List.of(0.55, 0.58, 0.57, 0.56, 0.57), List.of(1.0, 1.0, 1.0, 1.0, 1.0)));
  private static final Marginals EUROPA = new Marginals(
      new Berth(
          Weights.of(0.12, 0.352, 0.358, 0.095, 0.07, 0, 0, 0.005), Weights.of(0.57, 0.42, 0.01)),
      new Life(0.41, 0.065, 34, 0.50),
      new Purse(
          8.50, 0.66, List.of(0.35, 0.94, 0.34, 0.88, 0.88), List.of(0.4, 2.2, 0.4, 1.0, 1.0)));
  private static final Marginals MARS = new Marginals(
      new Berth(Weights.of(0, 0, 0, 0.17, 0.19, 0.64, 0, 0), Weights.of(0.86, 0.115, 0.025)),
      new Life(0.36, 0.045, 28, 0.60),
      new Purse(
          7.40, 0.52, List.of(0.94, 0.31, 0.87, 0.51, 0.31), List.of(2.0, 0.6, 1.1, 0.6, 0.5)));

  static Marginals of(Planet planet) {
    return switch (planet) {
      case EARTH -> EARTH;
      case EUROPA -> EUROPA;
      case MARS -> MARS;
    };
  }

  /** How often each deck of {@link Deck#ALL} and each of {@link Boarding#DESTINATIONS} is booked. */
  record Berth(Weights decks, Weights destinations) {}

  /** The rate of CryoSleep from 18 years on, of VIP among adults, and the median and spread of grown ages. */
  record Life(double cryoSleep, double vip, double ageMedian, double ageSpread) {}

  /**
   * What an awake passenger from 13 years on spends: in all (mean and deviation of its logarithm), how often in each
   * channel, and the pull of each channel on the total.
   */
  record Purse(double logMean, double logDeviation, List<Double> activity, List<Double> pull) {}
}
