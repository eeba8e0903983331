package dev.weir.model.feature;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.flag.FlagSet;
import dev.weir.model.reference.Reference;

/** Reads a record's evidence: flags, raw topology, counts, and the values that fill its gaps. */
public final class EvidenceReader {
  private final Domain domain;
  private final FlagSet flags;
  private final double[] fragilityWeights;
  private final Imputer imputer;
  private final Reference reference;
  private final int[] channels;
  private final int[] evidence;

  /* What is to be kept is copied out of a sheet that each thread has once. */
  private final ThreadLocal<EvidenceSheet> sheets = ThreadLocal.withInitial(this::sheet);

  /** @param fragilityWeights by flag; 0 where a flag does not count */
  public EvidenceReader(
      Domain domain,
      FlagSet flags,
      double[] fragilityWeights,
      Imputer imputer,
      Reference reference) {
    this.domain = domain;
    this.flags = flags;
    this.fragilityWeights = fragilityWeights.clone();
    this.imputer = imputer;
    this.reference = reference;
    this.channels = domain.channels();
    this.evidence = domain.evidence();
  }

  /** A sheet for this domain's records, with none filled in. */
  public EvidenceSheet sheet() {
    return new EvidenceSheet(domain, reference);
  }

  /** The evidence of one record, to keep. */
  public Evidence read(RawRecord record) {
    EvidenceSheet sheet = sheets.get();
    read(record, sheet);
    return sheet.evidence();
  }

  /** Fills in the evidence of one record of this domain; allocates nothing. */
  public void read(RawRecord record, EvidenceSheet sheet) {
    sheet.record = record;
    imputer.fill(sheet);
    sheet.observed.turn(record, record.observed(), sheet.values);
    sheet.received.turn(record, record.present(), sheet.asReceived);
    sheet.truths = flags.truths(sheet.observed, sheet.received);
    sheet.unknowns = flags.unknowns(sheet.observed, sheet.truths);
    sheet.topology.read(record, channels, reference);
    sheet.missing = missing(record);
    sheet.missingCount = Long.bitCount(sheet.missing);
    sheet.imputedCount = Long.bitCount(record.imputedUpstream());
    sheet.fragility = fragility(sheet.truths);
  }

  private long missing(RawRecord record) {
    long missing = 0;
    for (int i = 0; i < evidence.length; i++) {
      missing |= (~record.present() >>> evidence[i] & 1) << i;
    }
    return missing;
  }

  private double fragility(long truths) {
    double sum = 0;
    for (int i = 0; i < fragilityWeights.length; i++) {
      if ((truths >>> i & 1) != 0) {
        sum += fragilityWeights[i];
      }
    }
    return Math.min(1, Math.max(0, sum));
  }
}
