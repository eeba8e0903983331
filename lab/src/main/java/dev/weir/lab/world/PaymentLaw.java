package dev.weir.lab.world;

/** The probability that a payment is fraud: the world's truth. */
final class PaymentLaw {
  private static final double HIGH_ONLINE_SPEND = 150;

  private PaymentLaw() {}

  /**
   * What the law looks at.
   *
   * @param excess logarithm of the amount above what the merchant's kind costs
   * @param risk of the merchant, logit
   * @param hour of the day, may lie beyond [0, 24)
   * @param lastHour payments of the card in the last hour
   * @param online24h what the card spent online in 24 hours
   */
  record Facts(
      double excess,
      double risk,
      boolean online,
      boolean abroad,
      double hour,
      int lastHour,
      long online24h,
      int ageDays) {}

  /** In [1e-6, 1 − 1e-6], a whole number of millionths, so that a file can hold it. */
  static double probability(Facts facts) {
    double hour = facts.hour() - 24 * Math.floor(facts.hour() / 24);
    double logit = -6.8
        + 1.1 * Math.max(-1, facts.excess())
        + 1.2 * facts.risk()
        + (facts.online() ? 0.8 : 0)
        + (facts.abroad() ? 0.5 : 0)
        + (facts.online() && facts.abroad() ? 0.8 : 0)
        + (hour < 5 ? 1.6 : 0)
        + 0.8 * Math.min(6, facts.lastHour())
        + (facts.online24h() > HIGH_ONLINE_SPEND ? 1.8 : 0)
        + (facts.ageDays() < 90 ? 0.7 : 0);
    double p = 1 / (1 + StrictMath.exp(-logit));
    return Math.min(999_999, Math.max(1, Math.round(p * 1e6))) / 1e6;
  }
}
