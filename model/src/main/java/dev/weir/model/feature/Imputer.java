package dev.weir.model.feature;

import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.flag.Sight;
import dev.weir.model.numeric.Quantiles;
import dev.weir.model.reference.Reference;
import dev.weir.model.reference.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fills what a record does not have: by declared rules first, which read the values present, then
 * with the training rows' median or mode within the record's stratum, and overall where the
 * stratum is not observed or held no value. Mode ties go to the first in the vocabulary's order.
 */
public final class Imputer {
  private final Domain domain;
  private final ImputationPlan plan;
  private final Reference reference;
  private final String[] ruleMethods;
  private final double[][] fills;

  /**
   * An imputer as it was stored.
   *
   * @param fills by stratum code, the last one overall; then by attribute; NaN where no value was
   *     seen
   */
  public Imputer(Domain domain, ImputationPlan plan, Reference reference, double[][] fills) {
    this.domain = domain;
    this.plan = plan;
    this.reference = reference;
    this.ruleMethods = plan.methods();
    this.fills = Arrays.stream(fills).map(double[]::clone).toArray(double[][]::new);
    int strata = strata(plan, reference);
    if (fills.length != strata + 1) {
      throw new IllegalArgumentException(
          "the imputer has " + fills.length + " strata, the domain " + (strata + 1));
    }
  }

  /** Learns medians and modes from the observed values of training records. */
  public static Imputer learn(
      Domain domain, ImputationPlan plan, Reference reference, List<RawRecord> records) {
    int strata = strata(plan, reference);
    int[] stratumOfRecord = records.stream()
        .mapToInt(record -> stratum(record, record.observed(), plan, reference))
        .toArray();
    double[][] fills = new double[strata + 1][domain.attributes().size()];
    for (int a = 0; a < domain.attributes().size(); a++) {
      double[] values = observed(domain, reference, records, a);
      for (int s = 0; s <= strata; s++) {
        fills[s][a] =
            fill(within(values, stratumOfRecord, s, strata), domain.attributes().get(a));
      }
    }
    return new Imputer(domain, plan, reference, fills);
  }

  /** By record, the observed value of an attribute, NaN where there is none that may be learnt from. */
  private static double[] observed(
      Domain domain, Reference reference, List<RawRecord> records, int index) {
    Attribute attribute = domain.attributes().get(index);
    return domain.isEvidence(index)
        ? records.stream()
            .mapToDouble(record -> (record.observed() >>> attribute.field() & 1) == 0
                ? Double.NaN
                : value(record, index, attribute, reference))
            .toArray()
        : new double[0];
  }

  /** The values of one stratum, or of all records where it is the last, ascending and without NaN. */
  private static double[] within(double[] values, int[] stratumOfRecord, int stratum, int strata) {
    return IntStream.range(0, values.length)
        .filter(i -> stratum == strata || stratumOfRecord[i] == stratum)
        .mapToDouble(i -> values[i])
        .filter(value -> !Double.isNaN(value))
        .sorted()
        .toArray();
  }

  private static double fill(double[] ascending, Attribute attribute) {
    if (ascending.length == 0) {
      return Double.NaN;
    }
    return isMode(attribute) ? mode(ascending) : Quantiles.type7(ascending, 0.5);
  }

  private static boolean isMode(Attribute attribute) {
    return attribute.kind() == Kind.CATEGORY || attribute.kind() == Kind.BOOLEAN;
  }

  private static double mode(double[] ascending) {
    double mode = ascending[0];
    int best = 0;
    int run = 0;
    for (int i = 0; i < ascending.length; i++) {
      run = i > 0 && ascending[i] == ascending[i - 1] ? run + 1 : 1;
      if (run > best) {
        best = run;
        mode = ascending[i];
      }
    }
    return mode;
  }

  private static int strata(ImputationPlan plan, Reference reference) {
    return plan.stratum() < 0
        ? 0
        : reference.vocabulary().categories(plan.stratum()).size();
  }

  /** The code of the record's stratum where its field is in the mask, or -1. */
  private static int stratum(
      RawRecord record, long visible, ImputationPlan plan, Reference reference) {
    int attribute = plan.stratum();
    if (attribute < 0) {
      return -1;
    }
    int field = record.domain().attributes().get(attribute).field();
    String category = record.category(attribute);
    return category == null || (visible >>> field & 1) == 0
        ? -1
        : reference.vocabulary().code(attribute, category);
  }

  /** The number, truth value or category code of an attribute; NaN where missing or unseen. */
  private static double value(
      RawRecord record, int index, Attribute attribute, Reference reference) {
    if (attribute.kind() != Kind.CATEGORY) {
      return record.number(index);
    }
    String category = record.category(index);
    int code = category == null ? Vocabulary.UNSEEN : reference.vocabulary().code(index, category);
    return code == Vocabulary.UNSEEN ? Double.NaN : code;
  }

  /** Fills in the record's values and every gap; an unseen category counts as a gap. */
  void fill(EvidenceSheet sheet) {
    RawRecord record = sheet.record;
    int received = stratum(record, record.present(), plan, reference);
    int observed = stratum(record, record.observed(), plan, reference);
    fill(sheet, received, sheet.asReceived);
    if (observed == received) {
      System.arraycopy(sheet.asReceived, 0, sheet.values, 0, sheet.values.length);
    } else {
      fill(sheet, observed, sheet.values);
    }
  }

  private void fill(EvidenceSheet sheet, int stratum, double[] values) {
    RawRecord record = sheet.record;
    List<Attribute> attributes = domain.attributes();
    // A rule may ask for filled values; it sees 0 where none is filled in yet, never another
    // record's.
    Arrays.fill(values, 0);
    sheet.received.turn(record, record.present(), values);
    for (int a = 0; a < values.length; a++) {
      Attribute attribute = attributes.get(a);
      values[a] = value(record, a, attribute, reference);
      if (!Double.isNaN(values[a])) {
        boolean upstream = (record.imputedUpstream() >>> attribute.field() & 1) != 0;
        sheet.methods[a] = upstream ? Imputation.UPSTREAM : Imputation.RECEIVED;
      } else {
        fill(a, attribute, stratum, sheet.received, values, sheet.methods);
      }
    }
  }

  private void fill(
      int a, Attribute attribute, int stratum, Sight received, double[] values, String[] methods) {
    for (int r = 0; r < ruleMethods.length; r++) {
      ImputationPlan.Rule rule = plan.rules().get(r);
      if ((rule.fields() >>> attribute.field() & 1) != 0 && rule.when().holds(received)) {
        values[a] = rule.value();
        methods[a] = ruleMethods[r];
        return;
      }
    }
    double within = stratum < 0 ? Double.NaN : fills[stratum][a];
    values[a] = Double.isNaN(within) ? fills[fills.length - 1][a] : within;
    methods[a] = isMode(attribute) ? Imputation.MODE : Imputation.MEDIAN;
  }

  /** By stratum code, the last one overall; then by attribute. */
  public double[][] fills() {
    return Arrays.stream(fills).map(double[]::clone).toArray(double[][]::new);
  }
}
