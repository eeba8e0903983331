package dev.weir.gating;

import dev.weir.gating.TinyModels.Stump;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.bundle.FlagCounts;
import dev.weir.model.bundle.TrainingFacts;
import dev.weir.model.calibration.Platt;
import dev.weir.model.calibration.QuantileCalibrator;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.model.feature.Evidence;
import dev.weir.model.feature.EvidenceReader;
import dev.weir.model.feature.Featurizer;
import dev.weir.model.feature.Imputer;
import dev.weir.model.glm.LogisticGlm;
import dev.weir.model.prior.SlicePriors;
import dev.weir.model.reference.DriftStatistics;
import dev.weir.model.reference.DriftTable;
import dev.weir.model.reference.Frequencies;
import dev.weir.model.reference.Marks;
import dev.weir.model.reference.PairCounts;
import dev.weir.model.reference.Reference;
import dev.weir.model.reference.SumDistribution;
import dev.weir.model.reference.Vocabulary;
import dev.weir.model.tree.TreeEnsemble;
import dev.weir.model.tree.XgboostJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The smallest bundle of the passenger domain that has every part: two members of stumps, tables
 * learnt from eight passengers. Sleepers are transported, who spends in the Spa is not.
 */
public final class TinyBundle {
  public static final DomainDefinition DEFINITION = DomainDefinition.shipped("passenger");

  private TinyBundle() {}

  /** The bundle, written to a fresh directory and read back. */
  public static Bundle bundle() {
    try {
      Path directory = Files.createTempDirectory("tiny").resolve("bundle");
      BundleDirectory.write(directory, parts(), records());
      return BundleDirectory.read(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The passengers with a hashed id and an erased group. */
  public static final DomainDefinition MASKED = DomainDefinition.read(
      "masked.yaml",
      DEFINITION
          .text()
          .replace("role: id}", "role: id, sensitive: hash}")
          .replace("role: group}", "role: group, sensitive: erase}"));

  /** The same bundle of the domain {@link #MASKED}. */
  public static Bundle maskedBundle() {
    try {
      Path directory = Files.createTempDirectory("masked").resolve("bundle");
      Bundle.BundleParts parts = parts();
      BundleDirectory.write(
          directory,
          new Bundle.BundleParts(
              MASKED,
              parts.reference(),
              parts.imputer(),
              parts.model(),
              parts.calibrator(),
              parts.glm(),
              parts.intervals(),
              parts.intervalsFile(),
              parts.priors(),
              parts.flagCounts(),
              parts.threshold(),
              parts.training()),
          records());
      return BundleDirectory.read(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A passenger: given values over those of an ordinary one; null takes a field away. */
  public static RawRecord passenger(String id, Map<String, ?> values, String... imputed) {
    Map<String, @Nullable Object> all = new HashMap<>();
    all.put("TravelGroup", id);
    all.put("HomePlanet", "Earth");
    all.put("CryoSleep", false);
    all.put("Cabin", "F/3/P");
    all.put("Destination", "TRAPPIST-1e");
    all.put("Age", 30);
    all.put("VIP", false);
    all.put("GroupSize", 1);
    List.of("RoomService", "FoodCourt", "ShoppingMall", "Spa", "VRDeck")
        .forEach(channel -> all.put(channel, 20.0));
    all.putAll(values);
    all.put("PassengerId", id);
    return (RawRecord) Objects.requireNonNull(
        new RecordParser(DEFINITION.domain()).typed(all::get, List.of(imputed)));
  }

  /** The training passengers. */
  public static List<RawRecord> records() {
    List<RawRecord> records = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      boolean sleeps = i % 2 == 0;
      records.add(passenger(
          "000" + i,
          Map.of(
              "CryoSleep",
              sleeps,
              "HomePlanet",
              i < 4 ? "Earth" : "Europa",
              "Cabin",
              (i < 6 ? "F/" : "B/") + i + (i % 3 == 0 ? "/P" : "/S"),
              "Spa",
              sleeps ? 0.0 : 100.0 * i,
              "Age",
              20 + i)));
    }
    return records;
  }

  /** Its parts, before they are written. */
  public static Bundle.BundleParts parts() {
    Reference reference = reference();
    Imputer imputer =
        Imputer.learn(DEFINITION.domain(), DEFINITION.imputation(), reference, records());
    EvidenceReader reader = new EvidenceReader(
        DEFINITION.domain(), DEFINITION.flags(), DEFINITION.fragilityWeights(), imputer, reference);
    List<Evidence> evidence = records().stream().map(reader::read).toList();
    boolean[] labels = {true, false, true, false, true, false, true, false};
    Featurizer featurizer =
        new Featurizer(DEFINITION.domain(), DEFINITION.flags(), DEFINITION.features(), reference);
    List<byte[]> members = List.of(member(featurizer, 1), member(featurizer, 1.25));
    byte[] quantiles = quantiles(featurizer);
    return new Bundle.BundleParts(
        DEFINITION,
        reference,
        imputer,
        TreeEnsemble.of(members.stream().map(XgboostJson::read).toList()),
        members,
        new Platt(1.1, 0.05),
        glm(
            featurizer,
            Featurizer.ofFallback(
                DEFINITION.domain(), DEFINITION.flags(), DEFINITION.features(), reference)),
        new QuantileCalibrator(
            TreeEnsemble.of(List.of(XgboostJson.read(quantiles))), new double[] {1, 1, 1.5, 1.5}),
        quantiles,
        SlicePriors.learn(DEFINITION.prior(), evidence, labels),
        new FlagCounts(List.of(
            new FlagCounts.Combination(0, 0, 3, 90), new FlagCounts.Combination(0b100, 0, 2, 10))),
        0.5,
        new TrainingFacts(100, Fingerprint.of("tiny"), 7, Map.of("auc", 0.9)));
  }

  private static Reference reference() {
    List<double[]> channels = new ArrayList<>();
    for (int field : DEFINITION.domain().channels()) {
      int attribute = DEFINITION.domain().firstAttribute(field);
      channels.add(records().stream().mapToDouble(r -> r.number(attribute)).toArray());
    }
    List<List<String>> vocabulary = new ArrayList<>();
    for (int a = 0; a < DEFINITION.domain().attributes().size(); a++) {
      Attribute attribute = DEFINITION.domain().attributes().get(a);
      boolean isEvidence =
          DEFINITION.domain().fields().get(attribute.field()).role().isEvidence();
      TreeSet<String> seen = new TreeSet<>();
      for (RawRecord record : records()) {
        String category = record.category(a);
        if (isEvidence && attribute.kind() == Kind.CATEGORY && category != null) {
          seen.add(category);
        }
      }
      vocabulary.add(List.copyOf(seen));
    }
    double[] sums = new double[8];
    for (int c = 0; c < channels.size(); c++) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += channels.get(c)[i];
      }
    }
    return withDrift(
        Reference.withoutChecks(
            DEFINITION.domain(),
            DEFINITION.imputation().stratum(),
            Marks.learn(channels),
            new Vocabulary(vocabulary),
            new SumDistribution(sums),
            Frequencies.learn(DEFINITION.domain(), new Vocabulary(vocabulary), records())),
        records());
  }

  /**
   * The same tables with what batches look like: each statistic's mean is that of the records, as if
   * from 10,000 rows, and |z| of any batch may be 4.
   */
  private static Reference withDrift(Reference without, List<RawRecord> records) {
    DriftStatistics statistics = without.drift().statistics();
    double[][] numbers = new double[records.size()][statistics.size()];
    int[] codes = statistics.codes();
    for (int i = 0; i < numbers.length; i++) {
      statistics.read(records.get(i), codes, numbers[i]);
    }
    DriftTable.Moments[] moments = IntStream.range(0, statistics.size())
        .mapToObj(s -> {
          double[] values = Arrays.stream(numbers)
              .mapToDouble(row -> row[s])
              .filter(value -> !Double.isNaN(value))
              .toArray();
          double mean = Arrays.stream(values).average().orElse(0);
          double square =
              Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
          double spread = square == 0 ? 1 : Math.sqrt(square);
          return new DriftTable.Moments(
              values.length == 0 ? 0 : 10_000, mean, spread, mean - 9 * spread, mean + 9 * spread);
        })
        .toArray(DriftTable.Moments[]::new);
    double[] ones = new double[moments.length];
    Arrays.fill(ones, 1);
    return new Reference(
        without.marks(),
        without.vocabulary(),
        without.sums(),
        without.frequencies(),
        PairCounts.NONE,
        without.surprise(),
        new DriftTable(statistics, moments, new int[] {10}, new double[][] {ones}, new double[][] {
          {3.6, 3.8, 3.9, 4, 4.2}
        }));
  }

  private static byte[] member(Featurizer featurizer, double scale) {
    List<String> names = featurizer.names();
    return TinyModels.file(
        "binary:logistic",
        featurizer.size(),
        new double[] {0.5},
        List.of(
            new Stump(0, names.indexOf("CryoSleep"), 0.5, -1.0 * scale, 2.5 * scale),
            new Stump(0, names.indexOf("Spa"), 50, 0.5, -1.5 * scale),
            new Stump(0, names.indexOf("indulgence_sum"), 90, 0.25, -0.5),
            new Stump(0, names.indexOf("HomePlanet=Europa"), 0.5, -0.1, 0.3 * scale),
            new Stump(0, names.indexOf("missing_context"), 0.5, 0.01, -0.2),
            new Stump(0, names.indexOf("Age"), 33, 0.05, -0.05)));
  }

  private static byte[] quantiles(Featurizer featurizer) {
    int cryo = featurizer.names().indexOf("CryoSleep");
    return TinyModels.file(
        "reg:quantileerror",
        featurizer.size() + QuantileCalibrator.EXTRAS,
        new double[] {0, 0},
        List.of(new Stump(0, cryo, 0.5, -0.3, -0.2), new Stump(1, cryo, 0.5, 0.25, 0.4)));
  }

  private static LogisticGlm glm(Featurizer featurizer, Featurizer fallbackColumns) {
    int columns = featurizer.size() + fallbackColumns.size();
    double[] means = new double[columns];
    double[] scales = new double[columns];
    double[] coefficients = new double[columns];
    Arrays.fill(scales, 1);
    coefficients[featurizer.names().indexOf("CryoSleep")] = 4.4;
    coefficients[featurizer.names().indexOf("Spa:log")] = -0.3;
    return new LogisticGlm(means, scales, coefficients, -0.9);
  }
}
