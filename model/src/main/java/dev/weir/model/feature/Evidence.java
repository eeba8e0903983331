package dev.weir.model.feature;

import dev.weir.model.domain.RawRecord;
import dev.weir.model.flag.FlagReading;
import dev.weir.model.flag.RawTopology;

/**
 * Everything that is known of a record before a model sees it.
 *
 * @param missing bit i is set iff the i-th evidence field of the domain was absent as received
 * @param missingCount how many were
 * @param imputedCount how many evidence fields upstream imputed
 * @param fragility the domain's weighted sum of true flags, clamped to [0, 1]
 */
public record Evidence(
    RawRecord record,
    Imputation imputation,
    FlagReading flags,
    RawTopology topology,
    long missing,
    int missingCount,
    int imputedCount,
    double fragility)
    implements EvidenceView {
  @Override
  public double filled(int attribute) {
    return imputation.values()[attribute];
  }

  @Override
  public long truths() {
    return flags.truths();
  }
}
