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
import dev.weir.model.reference.Frequencies;
import dev.weir.model.reference.Marks;
import dev.weir.model.reference.Reference;
import dev.weir.model.reference.SumDistribution;
import dev.weir.model.reference.Vocabulary;
import dev.weir.model.score.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Labelled records with their evidence and the rows that models read. */
record TrainingTable(
    DomainDefinition definition,
    List<RawRecord> records,
    Reference reference,
    Imputer imputer,
    List<Evidence> evidence,
    double[][] rows,
    float[][] inputs,
    boolean[] labels,
    boolean[] fragile,
    GroupFolds folds) {
  static TrainingTable of(
      DomainDefinition definition, List<RawRecord> records, TrainingSettings settings) {
    Domain domain = definition.domain();
    Reference reference = reference(domain, records);
    Imputer imputer = Imputer.learn(domain, definition.imputation(), reference, records);
    EvidenceReader reader = new EvidenceReader(
        domain, definition.flags(), definition.fragilityWeights(), imputer, reference);
    Featurizer featurizer =
        new Featurizer(domain, definition.flags(), definition.features(), reference);
    int n = records.size();
    List<Evidence> evidence = new ArrayList<>(n);
    double[][] rows = new double[n][];
    float[][] inputs = new float[n][];
    boolean[] labels = new boolean[n];
    boolean[] fragile = new boolean[n];
    for (int i = 0; i < n; i++) {
      evidence.add(reader.read(records.get(i)));
      rows[i] = featurizer.row(evidence.get(i));
      inputs[i] = Scorer.inputs(rows[i]);
      labels[i] = records.get(i).label().orElseThrow();
      fragile[i] = (evidence.get(i).flags().truths() & definition.fragile()) != 0;
    }
    return new TrainingTable(
        definition,
        records,
        reference,
        imputer,
        evidence,
        rows,
        inputs,
        labels,
        fragile,
        GroupFolds.of(records, settings.folds(), settings.seed()));
  }

  private static Reference reference(Domain domain, List<RawRecord> records) {
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
    return new Reference(
        Marks.learn(channels),
        vocabulary,
        new SumDistribution(sums(domain, records)),
        Frequencies.learn(domain, vocabulary, records));
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

  boolean hasBothClasses(int[] of) {
    return IntStream.of(of).anyMatch(i -> labels[i]) && !IntStream.of(of).allMatch(i -> labels[i]);
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
