package dev.weir.model.reference;

import dev.weir.model.domain.Domain;

/**
 * The training rows' tables that a record, or a batch of them, is compared with.
 *
 * @param pairs which discrete values stood together
 * @param surprise how improbable a value is, given the others
 * @param drift what batches look like
 */
public record Reference(
    Marks marks,
    Vocabulary vocabulary,
    SumDistribution sums,
    Frequencies frequencies,
    PairCounts pairs,
    Surprise surprise,
    DriftTable drift) {
  /**
   * Tables by which no broken input is noticed: no pair was counted, nothing surprises and no batch
   * can be checked.
   *
   * @param stratum as for {@link DriftStatistics}
   */
  public static Reference withoutChecks(
      Domain domain,
      int stratum,
      Marks marks,
      Vocabulary vocabulary,
      SumDistribution sums,
      Frequencies frequencies) {
    Surprise surprise = Surprise.none(
        new Coding(domain, vocabulary, new double[domain.attributes().size()][0]));
    return new Reference(
        marks,
        vocabulary,
        sums,
        frequencies,
        PairCounts.NONE,
        surprise,
        DriftTable.none(new DriftStatistics(domain, stratum, vocabulary, frequencies, surprise)));
  }
}
