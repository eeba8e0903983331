package dev.weir.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.model.Golden;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Parity with the reference metrics, when they are there; null there is empty here. */
class MetricsGoldenTest {
  private static final double TOLERANCE = 1e-10;

  @Test
  void binary_goldenCases_match() {
    Golden.find("metrics.json").ifPresent(golden -> {
      for (JsonNode reference : golden.get("binary")) {
        double[] p = Golden.doubles(reference.get("p"));
        boolean[] y = Golden.labels(reference.get("y"));
        double[] w = Golden.weights(reference.get("weights"), p.length);
        Expected expected = new Expected(reference);
        expected.check("auc", Discrimination.auc(p, y, w), TOLERANCE);
        expected.check("gini_auc", Discrimination.gini(p, y, w), TOLERANCE);
        expected.check("brier", ProbabilityLoss.brier(p, y, w), TOLERANCE);
        expected.check("log_loss", ProbabilityLoss.logLoss(p, y, w), 1e-9);
        expected.check("ece_10_equal_width", CalibrationError.equalWidth(p, y, w, 10), TOLERANCE);
        expected.check("ece_15_equal_width", CalibrationError.equalWidth(p, y, w, 15), TOLERANCE);
        expected.check(
            "ece_10_equal_mass_unweighted", CalibrationError.equalMass(p, y, 10), TOLERANCE);
        PrecisionRecall curve = PrecisionRecall.of(p, y, w);
        expected.check("precision_at_threshold_0.8", curve.precisionAtThreshold(0.8), TOLERANCE);
        expected.check("recall_at_threshold_0.8", curve.recallAtThreshold(0.8), TOLERANCE);
        expected.check("precision_at_recall_0.8", curve.bestPrecisionAtRecall(0.8), TOLERANCE);
        expected.check(
            "precision_at_first_threshold_with_recall_0.8",
            curve.precisionAtFirstRecall(0.8),
            TOLERANCE);
        expected.check(
            "first_threshold_with_recall_0.8", curve.firstThresholdWithRecall(0.8), TOLERANCE);
        checkBins(reference, CalibrationError.bins(p, y, w, 10));
      }
    });
  }

  private static void checkBins(JsonNode reference, List<CalibrationError.Bin> bins) {
    Map<Integer, CalibrationError.Bin> byIndex = new HashMap<>();
    bins.forEach(bin -> byIndex.put(bin.index(), bin));
    for (JsonNode expected : reference.get("expected").get("ece_10_bins")) {
      CalibrationError.Bin bin = byIndex.get(expected.get("bin").intValue());
      if (bin != null) {
        assertThat(bin.rows()).isEqualTo(expected.get("n").intValue());
        assertThat(bin.weight()).isCloseTo(expected.get("weight").doubleValue(), within(TOLERANCE));
        assertThat(bin.meanProbability())
            .isCloseTo(expected.get("mean_p").doubleValue(), within(TOLERANCE));
        assertThat(bin.meanLabel())
            .isCloseTo(expected.get("mean_y").doubleValue(), within(TOLERANCE));
      } else {
        assertThat(expected.path("weight").doubleValue()).isZero();
      }
    }
  }

  @Test
  void regression_goldenCases_match() {
    Golden.find("metrics.json").ifPresent(golden -> {
      for (JsonNode reference : golden.get("regression")) {
        double[] target = Golden.doubles(reference.get("target"));
        double[] prediction = Golden.doubles(reference.get("prediction"));
        double[] w = Golden.weights(reference.get("weights"), target.length);
        Expected expected = new Expected(reference);
        expected.check("mae", RegressionError.meanAbsolute(target, prediction, w), TOLERANCE);
        expected.check("rmse", RegressionError.rootMeanSquared(target, prediction, w), TOLERANCE);
        for (double q : new double[] {0.1, 0.5, 0.9}) {
          expected.check(
              "pinball_" + q, RegressionError.pinball(target, prediction, w, q), TOLERANCE);
        }
        OptionalDouble rSquared = RegressionError.rSquared(target, prediction, w);
        if (reference
            .get("expected")
            .get("r2_undefined_because_target_constant")
            .booleanValue()) {
          assertThat(rSquared).isEmpty();
        } else {
          expected.check("r2_sklearn", rSquared, TOLERANCE);
        }
      }
    });
  }

  @Test
  void clusters_goldenCases_match() {
    Golden.find("metrics.json").ifPresent(golden -> {
      for (JsonNode reference : golden.get("clusters")) {
        double[][] points = Golden.matrix(reference.get("X"));
        int[] labels = numbered(reference.get("labels"));
        Expected expected = new Expected(reference);
        expected.check("silhouette", ClusterQuality.silhouette(points, labels), TOLERANCE);
        expected.check("knn5_purity", ClusterQuality.neighbourPurity(points, labels, 5), TOLERANCE);
        JsonNode samples = reference.get("expected").get("silhouette_samples");
        Optional<double[]> silhouettes = ClusterQuality.silhouettes(points, labels);
        assertThat(silhouettes.isEmpty()).isEqualTo(samples.isNull());
        silhouettes.ifPresent(values ->
            assertThat(values).containsExactly(Golden.doubles(samples), within(TOLERANCE)));
        assertThat(ClusterQuality.neighbourPurities(points, labels, 5).stream()
                .mapToDouble(purity -> purity)
                .toArray())
            .containsExactly(
                Golden.doubles(reference.get("expected").get("knn5_purity_per_row")),
                within(TOLERANCE));
      }
    });
  }

  private static int[] numbered(JsonNode labels) {
    Map<String, Integer> numbers = new HashMap<>();
    int[] numbered = new int[labels.size()];
    Arrays.setAll(
        numbered, i -> numbers.computeIfAbsent(labels.get(i).asText(), text -> numbers.size()));
    return numbered;
  }

  @Test
  void pointBiserial_goldenCases_match() {
    Golden.find("metrics.json").ifPresent(golden -> {
      for (JsonNode reference : golden.get("point_biserial")) {
        Optional<PointBiserial> found = PointBiserial.of(
            Golden.labels(reference.get("binary")), Golden.doubles(reference.get("x")));
        Expected expected = new Expected(reference);
        expected.check("r", value(found.map(PointBiserial::correlation)), TOLERANCE);
        expected.check("p_value", value(found.map(PointBiserial::probability)), 1e-8);
      }
    });
  }

  @Test
  void concentration_goldenCases_match() {
    Golden.find("metrics.json").ifPresent(golden -> {
      for (JsonNode reference : golden.get("concentration")) {
        double[] x = Golden.doubles(reference.get("x"));
        Expected expected = new Expected(reference);
        expected.check("gini", Concentration.gini(x), TOLERANCE);
        expected.check("gini_unbiased_n_over_n_minus_1", Concentration.giniUnbiased(x), TOLERANCE);
        expected.check("hhi", Concentration.herfindahl(x), TOLERANCE);
        for (int k : new int[] {1, 3, 5, 10}) {
          expected.check("top_" + k + "_share", Concentration.topShare(x, k), TOLERANCE);
        }
        for (int percent : new int[] {1, 10, 20}) {
          expected.check(
              "top_" + percent + "pct_share_ceil",
              Concentration.topFractionShare(x, percent / 100.0),
              TOLERANCE);
        }
      }
    });
  }

  private static OptionalDouble value(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private record Expected(JsonNode reference) {
    void check(String metric, OptionalDouble found, double tolerance) {
      JsonNode value = reference.get("expected").get(metric);
      String name = reference.get("name").textValue() + " " + metric;
      assertThat(value).as(name).isNotNull();
      if (value.isNull()) {
        assertThat(found).as(name).isEmpty();
      } else {
        assertThat(found).as(name).hasValueCloseTo(value.doubleValue(), within(tolerance));
      }
    }
  }
}
