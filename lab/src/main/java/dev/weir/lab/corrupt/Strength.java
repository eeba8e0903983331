package dev.weir.lab.corrupt;

/** How hard a corruption hits. */
public enum Strength {
  /** A tenth of the records. */
  LIGHT(0.1, 0.20),
  /** Three tenths. */
  MEDIUM(0.3, 0.35),
  /** All of them. */
  HEAVY(1, 0.50);

  private final double share;
  private final double cohort;

  Strength(double share, double cohort) {
    this.share = share;
    this.cohort = cohort;
  }

  /** The share of records that are hit. */
  public double share() {
    return share;
  }

  /** The share that a cohort grows to. */
  public double cohortShare() {
    return cohort;
  }
}
