package dev.weir.model.feature;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.flag.FlagReading;
import dev.weir.model.flag.Sight;
import dev.weir.model.flag.TopologySheet;
import dev.weir.model.reference.Reference;
import java.util.Arrays;

/**
 * One record's evidence, in a sheet that {@link EvidenceReader#read} fills in again for every
 * record, so that reading allocates nothing. For one thread; {@link #evidence} copies out what is to
 * be kept.
 */
public final class EvidenceSheet implements EvidenceView {
  final double[] values;
  final String[] methods;
  final double[] asReceived;
  final Sight observed;
  final Sight received;
  final TopologySheet topology = new TopologySheet();
  RawRecord record;
  long truths;
  long unknowns;
  long missing;
  int missingCount;
  int imputedCount;
  double fragility;

  EvidenceSheet(Domain domain, Reference reference) {
    int attributes = domain.attributes().size();
    values = new double[attributes];
    methods = new String[attributes];
    asReceived = new double[attributes];
    record = RawRecord.blank(domain);
    observed = Sight.observed(record, reference, values);
    received = Sight.received(record, reference, asReceived);
    Arrays.fill(methods, Imputation.RECEIVED);
  }

  /** What is filled in, to keep. */
  public Evidence evidence() {
    return new Evidence(
        record,
        new Imputation(values.clone(), methods.clone(), asReceived.clone()),
        new FlagReading(truths, unknowns),
        topology.topology(),
        missing,
        missingCount,
        imputedCount,
        fragility);
  }

  /** The record that is filled in; one without any value before the first. */
  @Override
  public RawRecord record() {
    return record;
  }

  @Override
  public double filled(int attribute) {
    return values[attribute];
  }

  @Override
  public long truths() {
    return truths;
  }

  @Override
  public TopologySheet topology() {
    return topology;
  }

  @Override
  public long missing() {
    return missing;
  }

  @Override
  public int missingCount() {
    return missingCount;
  }

  @Override
  public int imputedCount() {
    return imputedCount;
  }

  @Override
  public double fragility() {
    return fragility;
  }
}
