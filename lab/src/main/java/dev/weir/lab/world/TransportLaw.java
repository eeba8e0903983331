package dev.weir.lab.world;

import dev.weir.lab.world.Traveller.Cabin;
import dev.weir.model.numeric.Logistic;

/** The true probability of Transported, a function of the latent record alone. */
final class TransportLaw {
  /*
   * P(Transported) = σ(z), to six decimals and within [0.000001, 0.999999].
   *
   *   awake:   z = a + g·ln(1 + goods/300) − c·ln(1 + comforts/150) + place + person
   *   asleep:  z = s + 1.7·place + person
   *
   *            a      s      g     c
   *   Earth   -0.10   0.65   1.5   1.75
   *   Europa   0.50   4.20   1.5   1.85
   *   Mars     0.20   2.40   1.5   1.75
   *
   *   place  = ±0.35 (starboard, port) + 0.55·cos(2π·number/cabins) + 0.6·exp(−(depth − 1.5)²/2) − 0.1
   *            + 0.35 bound for 55 Cancri e, − 0.10 otherwise
   *   person = 0.8·exp(−age/10) + 0.3·(1 − 1/groupSize) − 0.3·[VIP]
   *
   * goods = FoodCourt + ShoppingMall, comforts = RoomService + Spa + VRDeck. It is smooth in every number; what a
   * linear model misses are the logarithms, the wave along the deck, the deck bump and the products with CryoSleep.
   */
  private static final double STEPS = 1e6;

  private TransportLaw() {}

  /** In (0, 1), a whole number of millionths, so that six decimals say it exactly. */
  static double probability(Traveller traveller) {
    double millionths = Math.rint(STEPS * Logistic.sigmoid(logit(traveller)));
    return Math.min(STEPS - 1, Math.max(1, millionths)) / STEPS;
  }

  static double logit(Traveller traveller) {
    double person = 0.8 * StrictMath.exp(-traveller.person().age() / 10.0)
        + 0.3 * (1 - 1.0 / traveller.groupSize())
        - (traveller.person().vip() ? 0.3 : 0);
    double place = place(traveller);
    if (traveller.cryoSleep()) {
      return asleep(traveller.planet()) + 1.7 * place + person;
    }
    double goods = 1.5 * StrictMath.log1p(traveller.spends().goods() / 300.0);
    double comforts = (traveller.planet() == Planet.EUROPA ? 1.85 : 1.75)
        * StrictMath.log1p(traveller.spends().comforts() / 150.0);
    return awake(traveller.planet()) + goods - comforts + place + person;
  }

  private static double place(Traveller traveller) {
    Cabin cabin = traveller.cabin();
    double fromBump = cabin.deck().depth - 1.5;
    return (cabin.starboard() ? 0.35 : -0.35)
        + 0.55 * StrictMath.cos(2 * Math.PI * cabin.number() / cabin.deck().cabins)
        + 0.6 * StrictMath.exp(-fromBump * fromBump / 2)
        - 0.1
        + (traveller.destination().equals("55 Cancri e") ? 0.35 : -0.10);
  }

  private static double asleep(Planet planet) {
    return switch (planet) {
      case EARTH -> 0.65;
      case EUROPA -> 4.20;
      case MARS -> 2.40;
    };
  }

  private static double awake(Planet planet) {
    return switch (planet) {
      case EARTH -> -0.10;
      case EUROPA -> 0.50;
      case MARS -> 0.20;
    };
  }
}
