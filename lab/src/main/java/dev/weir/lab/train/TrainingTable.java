package dev.weir.lab.train;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.feature.EvidenceReader;
import dev.weir.model.feature.Featurizer;
import dev.weir.model.feature.Imputer;
import dev.weir.model.prior.SliceKeys;
import dev.weir.model.reference.Frequencies;
import dev.weir.model.reference.Marks;
import dev.weir.model.reference.Reference;
import dev.weir.model.reference.SumDistribution;
import dev.weir.model.reference.Vocabulary;
import dev.weir.model.score.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Labelled records and what models read of them; arrays are by row.
 *
 * @param inputs the trees' rows
 * @param truths the true flags
 * @param unknowns the unknown flags
 * @param fragile whether a flag of the domain's fragile union is true
 */
record TrainingTable(
    DomainDefinition definition,
    List<RawRecord> records,
    Reference reference,
    Imputer imputer,
    EvidenceReader reader,
    Featurizer featurizer,
    Featurizer fallbackColumns,
    FeatureMatrix inputs,
    SliceKeys slices,
    boolean[] labels,
    long[] truths,
    long[] unknowns,
    boolean[] fragile,
    Folds folds) {
  static TrainingTable of(
      DomainDefinition definition, List<RawRecord> records, TrainingSettings settings) {
    Domain domain = definition.domain();
    Folds folds = Folds.of(records, settings.folds(), settings.seed());
    Reference reference = reference(definition, records, folds, settings);
    Imputer imputer = Imputer.learn(domain, definition.imputation(), reference, records);
    EvidenceReader reader = new EvidenceReader(
        domain, definition.flags(), definition.fragilityWeights(), imputer, reference);
    Featurizer featurizer =
        new Featurizer(domain, definition.flags(), definition.features(), reference);
    int n = records.size();
    TrainingTable table = new TrainingTable(
        definition,
        records,
        reference,
        imputer,
        reader,
        featurizer,
        Featurizer.ofFallback(domain, definition.flags(), definition.features(), reference),
        new FeatureMatrix(n, featurizer.nominal()),
        new SliceKeys(definition.prior(), n),
        new boolean[n],
        new long[n],
        new long[n],
        new boolean[n],
        folds);
    for (int i = 0; i < n; i++) {
      table.read(i);
    }
    return table;
  }

  private void read(int row) {
    Evidence evidence = reader.read(records.get(row));
    inputs.set(row, inputs(evidence));
    slices.add(evidence);
    labels[row] = records.get(row).label().orElseThrow();
    truths[row] = evidence.flags().truths();
    unknowns[row] = evidence.flags().unknowns();
    fragile[row] = (truths[row] & definition.fragile()) != 0;
  }

  /** A row as the fallback reads it. */
  double[] values(int row) {
    return values(records.get(row));
  }

  /** Any record as the fallback reads it; NaN where the column's numbers are names. */
  double[] values(RawRecord record) {
    double[] values = Scorer.fallbackRow(reader.read(record), featurizer, fallbackColumns);
    boolean[] nominal = featurizer.nominal();
    for (int column = 0; column < nominal.length; column++) {
      values[column] = nominal[column] ? Double.NaN : values[column];
    }
    return values;
  }

  /** Any record as the trees read it. */
  float[] inputs(RawRecord record) {
    return inputs(reader.read(record));
  }

  private float[] inputs(Evidence evidence) {
    return Scorer.inputs(featurizer.row(evidence));
  }

  private static Reference reference(
      DomainDefinition definition,
      List<RawRecord> records,
      Folds folds,
      TrainingSettings settings) {
    Domain domain = definition.domain();
    List<double[]> channels = new ArrayList<>();
    for (int channel : domain.channels()) {
      int attribute = domain.firstAttribute(channel);
      channels.add(records.stream()
          .filter(record -> (record.observed() >>> channel & 1) != 0)
          .mapToDouble(record -> record.number(attribute))
          .toArray());
    }
    List<List<String>> categories = new ArrayList<>();
    for (int a = 0; a < domain.attributes().size(); a++) {
      categories.add(categories(domain, records, a));
    }
    Vocabulary vocabulary = new Vocabulary(categories);
    Frequencies frequencies = Frequencies.learn(domain, vocabulary, records);
    Checks checks = Checks.learn(definition, vocabulary, frequencies, records, folds, settings);
    return new Reference(
        Marks.learn(channels),
        vocabulary,
        new SumDistribution(sums(domain, records)),
        frequencies,
        checks.pairs(),
        checks.surprise(),
        checks.drift());
  }

  private static List<String> categories(Domain domain, List<RawRecord> records, int index) {
    Attribute attribute = domain.attributes().get(index);
    boolean used = domain.fields().get(attribute.field()).role().isEvidence();
    if (!used || attribute.kind() != Kind.CATEGORY) {
      return List.of();
    }
    return records.stream()
        .filter(record -> (record.observed() >>> attribute.field() & 1) != 0)
        .map(record -> record.category(index))
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  private static double[] sums(Domain domain, List<RawRecord> records) {
    long mask = 0;
    for (int channel : domain.channels()) {
      mask |= 1L << channel;
    }
    long channels = mask;
    return records.stream()
        .filter(record -> (record.observed() & channels) != 0)
        .mapToDouble(record -> sum(domain, record))
        .toArray();
  }

  private static double sum(Domain domain, RawRecord record) {
    double sum = 0;
    for (int channel : domain.channels()) {
      if ((record.observed() >>> channel & 1) != 0) {
        sum += record.number(domain.firstAttribute(channel));
      }
    }
    return sum;
  }

  int size() {
    return records.size();
  }

  /** All rows, or where those are too many, the rows of a random draw of groups; ascending. */
  int[] sample(int rowsMax, long seed) {
    return folds.sample(rowsMax, seed);
  }

  /** By row: the fragile weight, or 1. */
  double[] weights(double fragileWeight) {
    double[] weights = new double[size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = fragile[i] ? fragileWeight : 1;
    }
    return weights;
  }
}
