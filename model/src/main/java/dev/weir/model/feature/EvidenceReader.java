package dev.weir.model.feature;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.flag.FlagReading;
import dev.weir.model.flag.FlagSet;
import dev.weir.model.flag.RawTopology;
import dev.weir.model.reference.Reference;

/** Reads a record's evidence: flags, raw topology, counts, and the values that fill its gaps. */
public final class EvidenceReader {
  private final FlagSet flags;
  private final double[] fragilityWeights;
  private final Imputer imputer;
  private final Reference reference;
  private final int[] channels;
  private final int[] evidence;

  /** @param fragilityWeights by flag; 0 where a flag does not count */
  public EvidenceReader(
      Domain domain,
      FlagSet flags,
      double[] fragilityWeights,
      Imputer imputer,
      Reference reference) {
    this.flags = flags;
    this.fragilityWeights = fragilityWeights.clone();
    this.imputer = imputer;
    this.reference = reference;
    this.channels = domain.channels();
    this.evidence = domain.evidence();
  }

  public Evidence read(RawRecord record) {
    Imputation imputation = imputer.impute(record);
    FlagReading reading =
        flags.read(record, reference, imputation.values(), imputation.asReceived());
    long missing = 0;
    for (int i = 0; i < evidence.length; i++) {
      missing |= (~record.present() >>> evidence[i] & 1) << i;
    }
    return new Evidence(
        record,
        imputation,
        reading,
        RawTopology.of(record, channels, reference),
        missing,
        Long.bitCount(missing),
        Long.bitCount(record.imputedUpstream()),
        fragility(reading));
  }

  private double fragility(FlagReading reading) {
    double sum = 0;
    for (int i = 0; i < fragilityWeights.length; i++) {
      if ((reading.truths() >>> i & 1) != 0) {
        sum += fragilityWeights[i];
      }
    }
    return Math.min(1, Math.max(0, sum));
  }
}
