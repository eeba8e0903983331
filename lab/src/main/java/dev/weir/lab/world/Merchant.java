package dev.weir.lab.world;

import java.util.ArrayList;
import java.util.List;

/**
 * A shop of the payments' world.
 *
 * @param risk what paying there adds to the logit of fraud
 */
record Merchant(String name, Kind kind, String country, double risk) {
  private static final int COUNT = 400;
  private static final List<String> COUNTRIES = List.of("DE", "FR", "NL", "PL", "ES", "US", "SG");
  private static final Weights HOMES = Weights.of(.42, .16, .13, .11, .08, .06, .04);

  /** What a shop sells. */
  enum Kind {
    GROCERY(.26, .04, 3.1, -.8),
    RESTAURANT(.15, .03, 3.2, -.5),
    FUEL(.09, .0, 3.8, -.3),
    FASHION(.11, .5, 4.0, .1),
    ELECTRONICS(.07, .7, 5.1, .7),
    TRAVEL(.07, .8, 5.4, .3),
    GAMES(.06, 1, 3.0, .8),
    PHARMACY(.06, .1, 3.0, -.6),
    CASH(.05, 0, 4.6, .2),
    GIFTCARDS(.03, .9, 4.2, 1.3),
    TRANSIT(.05, .2, 2.2, -.8);

    final double share;
    final double online;
    final double logAmount;
    final double risk;

    Kind(double share, double online, double logAmount, double risk) {
      this.share = share;
      this.online = online;
      this.logAmount = logAmount;
      this.risk = risk;
    }

    static final Weights SHARES = Weights.of(
        java.util.Arrays.stream(values()).mapToDouble(kind -> kind.share).toArray());

    String cell() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** The shops of a world; the first are visited most. */
  static List<Merchant> all(Draws draws) {
    List<Merchant> all = new ArrayList<>(COUNT);
    for (int i = 0; i < COUNT; i++) {
      Kind kind = Kind.values()[Kind.SHARES.draw(draws)];
      String number = Integer.toString(i + 1);
      all.add(new Merchant(
          "M" + "0".repeat(4 - number.length()) + number,
          kind,
          COUNTRIES.get(HOMES.draw(draws)),
          kind.risk + 0.5 * draws.normal()));
    }
    return List.copyOf(all);
  }

  /** One of them, by a law in which the k-th shop is visited in proportion to 1 / (k + 15). */
  static Merchant visited(List<Merchant> all, Draws draws) {
    double reach = StrictMath.log((all.size() + 15) / 15.0);
    double place = 15 * StrictMath.exp(draws.uniform() * reach) - 15;
    return all.get(Math.min(all.size() - 1, (int) place));
  }
}
