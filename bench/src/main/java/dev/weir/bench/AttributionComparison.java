package dev.weir.bench;

import dev.weir.lab.data.CsvRecords;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.RecordSheet;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Featurizer;
import dev.weir.model.score.Scorer;
import dev.weir.model.tree.TreeShap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How much the caps of gate.md §6 (β = 1) would decide otherwise on exact TreeSHAP values than on
 * path attribution: trained on the first half of a CSV file of passengers, compared on the second.
 */
public final class AttributionComparison {
  private static final double PER_SOURCE = 0.60;
  private static final double TOP_SUM = 1.0;
  private static final int TOP = 3;

  private final Bundle bundle;
  private final Featurizer featurizer;
  private int records;
  private int sameTop;
  private int flipsByPath;
  private int flipsByShap;
  private int otherClass;
  private double difference;
  private double probabilityDifference;

  AttributionComparison(Bundle bundle) {
    DomainDefinition definition = bundle.definition();
    this.bundle = bundle;
    this.featurizer = new Featurizer(
        definition.domain(), definition.flags(), definition.features(), bundle.reference());
  }

  /** Compares on a CSV file of labelled passengers. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: AttributionComparison PASSENGERS.csv");
      System.exit(2);
    }
    List<RawRecord> all =
        CsvRecords.labelled(Path.of(args[0]), DomainDefinition.shipped("passenger"));
    Path directory = Files.createTempDirectory("attribution");
    Bundle bundle =
        Workload.train("8x100x4", all.subList(0, all.size() / 2), directory.resolve("bundle"));
    AttributionComparison comparison = new AttributionComparison(bundle);
    all.subList(all.size() / 2, all.size()).forEach(comparison::add);
    System.out.println(comparison);
  }

  /** Compares one record. */
  void add(RawRecord record) {
    RecordSheet sheet = bundle.sheet();
    bundle.read(record, sheet);
    double margin = sheet.score().margin();
    double[] path = sheet.score().score().contributions();
    double[] shap = shap(Scorer.inputs(featurizer.row(sheet.evidence())), path.length);
    records++;
    sameTop += largest(path) == largest(shap) ? 1 : 0;
    for (int source = 0; source < path.length; source++) {
      difference += Math.abs(path[source] - shap[source]) / path.length;
    }
    double byPath = bundle.calibrator().probability(capped(margin, path));
    double byShap = bundle.calibrator().probability(capped(margin, shap));
    boolean predicted = sheet.score().pModel() >= bundle.threshold();
    flipsByPath += byPath >= bundle.threshold() == predicted ? 0 : 1;
    flipsByShap += byShap >= bundle.threshold() == predicted ? 0 : 1;
    otherClass += byPath >= bundle.threshold() == byShap >= bundle.threshold() ? 0 : 1;
    probabilityDifference += Math.abs(byPath - byShap);
  }

  private double[] shap(float[] row, int sources) {
    double[] byFeature = TreeShap.meanContributions(Workload.trees(bundle).ensemble(), 0, row);
    int[] sourceOfColumn = featurizer.sourceOfColumn();
    double[] bySource = new double[sources];
    for (int feature = 0; feature < sourceOfColumn.length; feature++) {
      bySource[sourceOfColumn[feature]] += byFeature[feature];
    }
    return bySource;
  }

  private static int largest(double[] contributions) {
    int largest = 0;
    for (int source = 1; source < contributions.length; source++) {
      largest =
          Math.abs(contributions[source]) > Math.abs(contributions[largest]) ? source : largest;
    }
    return largest;
  }

  /** margin − Σ (contribution − a), every a clipped and then scaled so that the top three fit. */
  static double capped(double margin, double[] contributions) {
    double[] capped = Arrays.stream(contributions)
        .map(contribution -> Math.max(-PER_SOURCE, Math.min(PER_SOURCE, contribution)))
        .toArray();
    double[] sizes = Arrays.stream(capped).map(Math::abs).sorted().toArray();
    double top = 0;
    for (int i = Math.max(0, sizes.length - TOP); i < sizes.length; i++) {
      top += sizes[i];
    }
    double scale = top > TOP_SUM ? TOP_SUM / top : 1;
    double removed = 0;
    for (int i = 0; i < capped.length; i++) {
      removed += contributions[i] - scale * capped[i];
    }
    return margin - removed;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d records: same largest source %.1f %%; mean |path - shap| of a source %.4f logit; the"
            + " caps change the predicted class by path %.2f %%, by shap %.2f %%; capped classes"
            + " differ %.2f %%; mean |difference| of capped probabilities %.4f",
        records,
        100.0 * sameTop / records,
        difference / records,
        100.0 * flipsByPath / records,
        100.0 * flipsByShap / records,
        100.0 * otherClass / records,
        probabilityDifference / records);
  }
}
