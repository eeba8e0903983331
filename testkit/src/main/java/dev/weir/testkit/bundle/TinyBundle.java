package dev.weir.testkit.bundle;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.bundle.FlagCounts;
import dev.weir.model.bundle.TrainingFacts;
import dev.weir.model.calibration.Platt;
import dev.weir.model.calibration.QuantileCalibrator;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Domain;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real bundle of the shipped passenger domain with a model that a person can follow.
 *
 * <p>Margins in logits, of three members that differ by .01: asleep 3.01; awake and spending at
 * least 1 on RoomService, Spa and VRDeck together −3.01; awake otherwise 0. VIPs and passengers to
 * PSO J318.5-22 lose .7 each. The calibrator is the identity. The fallback says 3, −3 and 0.
 * Intervals are ±.2. What goes wrong in real models goes wrong on decks: on A the third member says
 * 6 less, on B the fallback says 3 less, on C the interval is ±2.
 *
 * <p>Of 64 training passengers a quarter slept. A quarter spent, 10 to 16 on every channel, so that
 * more than 16 is high and an outlier. The passengers with {@link #passenger} ids 3 modulo 4 are
 * awake, spend on every channel and are in no flag: every shipped policy accepts them.
 */
public final class TinyBundle {
  private static final int MEMBERS = 3;
  private static final int ROWS = 64;
  private static final double LOGIT = 3;

  private TinyBundle() {}

  /** Writes the bundle as a directory. */
  public static Bundle write(Path directory) {
    return write(directory, 0);
  }

  /** Writes the bundle with a mark that changes its fingerprint and nothing else. */
  public static Bundle write(Path directory, long mark) {
    return write(directory, DomainDefinition.shipped("passenger"), mark);
  }

  /** Writes the bundle of another domain with the same fields, sensitive ones for example. */
  public static Bundle write(Path directory, DomainDefinition definition) {
    return write(directory, definition, 0);
  }

  private static Bundle write(Path directory, DomainDefinition definition, long mark) {
    RecordParser parser = new RecordParser(definition.domain());
    List<RawRecord> records = IntStream.range(0, ROWS)
        .mapToObj(number -> (RawRecord) parser.typed(passenger(number)::get, List.of()))
        .toList();
    return BundleDirectory.write(
        directory, parts(definition, records, mark), records.subList(0, 4));
  }

  /**
   * A valid passenger by field. By number modulo 4: 0 is asleep, 1 and 2 are awake and spend
   * nothing, 3 is awake and spends.
   */
  public static Map<String, Object> passenger(int number) {
    boolean asleep = number % 4 == 0;
    double spent = number % 4 == 3 ? 10 + number % 7 : 0;
    return Map.ofEntries(
        Map.entry("PassengerId", String.format(Locale.ROOT, "%04d_01", number)),
        Map.entry("TravelGroup", String.format(Locale.ROOT, "%04d", number)),
        Map.entry("HomePlanet", List.of("Earth", "Europa", "Mars").get(number % 3)),
        Map.entry("CryoSleep", asleep),
        Map.entry("Cabin", "F/" + number + "/S"),
        Map.entry("Destination", "TRAPPIST-1e"),
        Map.entry("Age", (double) (20 + number % 50)),
        Map.entry("VIP", false),
        Map.entry("RoomService", spent),
        Map.entry("FoodCourt", spent),
        Map.entry("ShoppingMall", spent),
        Map.entry("Spa", spent),
        Map.entry("VRDeck", spent),
        Map.entry("GroupSize", 1.0));
  }

  private static Bundle.BundleParts parts(
      DomainDefinition definition, List<RawRecord> records, long mark) {
    Domain domain = definition.domain();
    Reference reference = reference(definition, records);
    Imputer imputer = Imputer.learn(domain, definition.imputation(), reference, records);
    EvidenceReader reader = new EvidenceReader(
        domain, definition.flags(), definition.fragilityWeights(), imputer, reference);
    List<Evidence> evidence = records.stream().map(reader::read).toList();
    List<String> columns =
        new Featurizer(domain, definition.flags(), definition.features(), reference).names();
    List<String> fallbackColumns = Stream.concat(
            columns.stream(),
            Featurizer.ofFallback(domain, definition.flags(), definition.features(), reference)
                .names()
                .stream())
        .toList();
    List<byte[]> members =
        IntStream.range(0, MEMBERS).mapToObj(member -> member(columns, member)).toList();
    byte[] quantiles = quantiles(columns);
    SlicePriors priors = SlicePriors.learn(definition.prior(), evidence, labels(domain, records));
    return new Bundle.BundleParts(
        definition,
        reference,
        imputer,
        TreeEnsemble.of(members.stream().map(XgboostJson::read).toList()),
        members,
        new Platt(1, 0),
        glm(fallbackColumns),
        new QuantileCalibrator(
            TreeEnsemble.of(List.of(XgboostJson.read(quantiles))), new double[] {1, 1, 1, 1}),
        quantiles,
        priors,
        flagCounts(evidence, priors),
        0.5,
        new TrainingFacts(ROWS, Fingerprint.of("tiny"), mark, Map.of()));
  }

  private static Reference reference(DomainDefinition definition, List<RawRecord> records) {
    Domain domain = definition.domain();
    List<double[]> channels = Arrays.stream(domain.channels())
        .map(domain::firstAttribute)
        .mapToObj(a -> records.stream().mapToDouble(r -> r.number(a)).toArray())
        .toList();
    List<List<String>> vocabulary = domain.attributes().stream()
        .map(attribute -> switch (attribute.name()) {
          case "HomePlanet" -> List.of("Earth", "Europa", "Mars");
          case "Destination" -> List.of("55 Cancri e", "PSO J318.5-22", "TRAPPIST-1e");
          case "Cabin.deck" -> List.of("A", "B", "C", "D", "E", "F", "G", "T");
          case "Cabin.side" -> List.of("P", "S");
          default -> List.<String>of();
        })
        .toList();
    double[] sums = records.stream()
        .mapToDouble(r -> Arrays.stream(domain.channels())
            .mapToDouble(c -> r.number(domain.firstAttribute(c)))
            .sum())
        .toArray();
    return withDrift(
        Reference.withoutChecks(
            domain,
            definition.imputation().stratum(),
            Marks.learn(channels),
            new Vocabulary(vocabulary),
            new SumDistribution(sums),
            Frequencies.learn(domain, new Vocabulary(vocabulary), records)),
        records);
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

  private static boolean[] labels(Domain domain, List<RawRecord> records) {
    int asleep = domain.attributeIndex("CryoSleep").orElseThrow();
    boolean[] labels = new boolean[records.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = records.get(i).number(asleep) > 0;
    }
    return labels;
  }

  private static FlagCounts flagCounts(List<Evidence> evidence, SlicePriors priors) {
    return FlagCounts.of(evidence.stream()
        .map(one -> new FlagCounts.Combination(
            one.flags().truths(), one.flags().unknowns(), priors.of(one).finestN(), 1)));
  }

  /** The fallback: the same rule on the same two columns, as far as a line can follow it. */
  private static LogisticGlm glm(List<String> columns) {
    double[] zeros = new double[columns.size()];
    double[] ones = new double[columns.size()];
    double[] coefficients = new double[columns.size()];
    Arrays.fill(ones, 1);
    coefficients[columns.indexOf("CryoSleep")] = LOGIT;
    coefficients[columns.indexOf("zero_spend_vector")] = LOGIT;
    coefficients[columns.indexOf("Cabin.deck=B")] = -LOGIT;
    return new LogisticGlm(zeros, ones, coefficients, -LOGIT);
  }

  private static byte[] member(List<String> columns, int member) {
    double logit = LOGIT + 0.01 * member;
    List<String> trees = new ArrayList<>();
    trees.add(String.format(
        Locale.ROOT,
        """
        {"left_children": [1, 3, -1, -1, -1], "right_children": [2, 4, -1, -1, -1],
         "split_indices": [%d, %d, 0, 0, 0], "split_conditions": [0.5, 1.0, %s, 0.0, -%s],
         "default_left": [1, 1, 0, 0, 0], "sum_hessian": [64.0, 48.0, 16.0, 32.0, 16.0],
         "tree_param": {"num_nodes": "5", "size_leaf_vector": "1"}}""",
        columns.indexOf("CryoSleep"),
        columns.indexOf("indulgence_sum"),
        logit,
        logit));
    trees.add(stump(columns.indexOf("VIP"), -0.7));
    trees.add(stump(columns.indexOf("Destination=PSO J318.5-22"), -0.7));
    if (member == MEMBERS - 1) {
      trees.add(stump(columns.indexOf("Cabin.deck=A"), -6));
    }
    return model(columns.size(), "5E-1", "binary:logistic", trees, 1);
  }

  private static byte[] quantiles(List<String> columns) {
    int deck = columns.indexOf("Cabin.deck=C");
    return model(
        columns.size() + QuantileCalibrator.EXTRAS,
        "[-2E-1,2E-1]",
        "reg:quantileerror",
        List.of(stump(deck, -1.8), stump(deck, 1.8)),
        2);
  }

  /** A tree that adds to the rows whose column is 1, of which training had none. */
  private static String stump(int column, double added) {
    return String.format(Locale.ROOT, """
        {"left_children": [1, -1, -1], "right_children": [2, -1, -1],
         "split_indices": [%d, 0, 0], "split_conditions": [0.5, 0.0, %s],
         "default_left": [1, 0, 0], "sum_hessian": [64.0, 64.0, 0.0],
         "tree_param": {"num_nodes": "3", "size_leaf_vector": "1"}}""", column, added);
  }

  private static byte[] model(
      int columns, String baseScore, String objective, List<String> trees, int targets) {
    List<String> targetOfTree = IntStream.range(0, trees.size())
        .mapToObj(tree -> String.valueOf(tree % targets))
        .toList();
    return String.format(
            Locale.ROOT,
            """
        {"learner": {
          "feature_names": [],
          "gradient_booster": {"name": "gbtree", "model": {
            "gbtree_model_param": {"num_trees": "%d"},
            "tree_info": [%s],
            "trees": [%s]}},
          "learner_model_param": {
            "base_score": "%s", "num_class": "0", "num_feature": "%d", "num_target": "%d"},
          "objective": {"name": "%s"}},
         "version": [3, 0, 4]}""",
            trees.size(),
            String.join(",", targetOfTree),
            String.join(",", trees),
            baseScore,
            columns,
            targets,
            objective)
        .getBytes(StandardCharsets.UTF_8);
  }
}
