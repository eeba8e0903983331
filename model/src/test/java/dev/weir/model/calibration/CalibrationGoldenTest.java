package dev.weir.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.model.Golden;
import dev.weir.model.numeric.Logistic;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Parity with the reference values, case by case, when they are there. */
class CalibrationGoldenTest {

  @Test
  void platt_goldenCases_matchTheTightOptimum() {
    forEachCase((name, scores, labels, weights, reference) -> {
      Platt platt = Platt.fit(scores, labels, weights);
      JsonNode tight = reference.get("platt").get("tight");
      assertPredictions(name, platt, scores, tight.get("predictions"), 1e-8);
      if (reference.get("platt").get("parameters_identified").booleanValue()) {
        assertThat(-platt.slope()).as(name).isCloseTo(tight.get("a").doubleValue(), within(1e-6));
        assertThat(-platt.intercept())
            .as(name)
            .isCloseTo(tight.get("b").doubleValue(), within(1e-6));
        double[] query = Golden.doubles(reference.get("query"));
        assertPredictions(name, platt, query, tight.get("query_predictions"), 1e-8);
      }
    });
  }

  @Test
  void plattHardLabels_goldenCases_matchLogisticRegressionOnTheLogit() {
    forEachCase((name, scores, labels, weights, reference) -> {
      JsonNode expected = reference.get("logistic_on_logit");
      double[] margins = margins(scores);
      if (!expected.isNull()) {
        Platt platt = Platt.fitHardLabels(margins, labels, weights);
        assertThat(platt.slope())
            .as(name)
            .isCloseTo(expected.get("slope").doubleValue(), within(1e-8));
        assertThat(platt.intercept())
            .as(name)
            .isCloseTo(expected.get("intercept").doubleValue(), within(1e-8));
        assertPredictions(name, platt, margins, expected.get("predictions"), 1e-8);
      } else if (name.equals("constant_score_12")) {
        assertThat(Platt.fitHardLabels(margins, labels, weights).slope()).isZero();
      } else {
        assertThatIllegalArgumentException()
            .as(name)
            .isThrownBy(() -> Platt.fitHardLabels(margins, labels, weights));
      }
    });
  }

  @Test
  void isotonic_goldenCases_matchThresholdsAndInterpolation() {
    forEachCase((name, scores, labels, weights, reference) -> {
      JsonNode expected = reference.get("isotonic");
      Isotonic isotonic = Isotonic.fit(scores, labels, weights);
      assertThat(isotonic.margins())
          .as(name)
          .containsExactly(Golden.doubles(expected.get("x_thresholds")));
      assertThat(isotonic.probabilities())
          .as(name)
          .containsExactly(Golden.doubles(expected.get("y_thresholds")), within(1e-10));
      assertPredictions(name, isotonic, scores, expected.get("predictions"), 1e-10);
      double[] query = Golden.doubles(reference.get("query"));
      assertPredictions(name, isotonic, query, expected.get("query_predictions"), 1e-10);
      double[] unique = Golden.doubles(expected.get("unique_x"));
      assertPredictions(name, isotonic, unique, expected.get("unique_x_fitted"), 1e-10);
    });
  }

  @Test
  void beta_goldenCases_isBoundedAndIncreasing() {
    forEachCase((name, scores, labels, weights, reference) -> {
      double[] margins = margins(scores);
      Beta beta = Beta.fit(margins, labels, weights);
      assertThat(beta.a()).as(name).isGreaterThanOrEqualTo(0);
      assertThat(beta.b()).as(name).isGreaterThanOrEqualTo(0);
      for (double margin : margins) {
        assertThat(beta.probability(margin)).as(name).isBetween(0.0, 1.0);
      }
    });
  }

  private static double[] margins(double[] scores) {
    return Arrays.stream(scores)
        .map(score -> Logistic.logit(Math.max(1e-6, Math.min(1 - 1e-6, score))))
        .toArray();
  }

  private static void assertPredictions(
      String name, Calibrator calibrator, double[] scores, JsonNode expected, double tolerance) {
    assertThat(Arrays.stream(scores).map(calibrator::probability).toArray())
        .as(name)
        .containsExactly(Golden.doubles(expected), within(tolerance));
  }

  private interface Case {
    void check(
        String name, double[] scores, boolean[] labels, double[] weights, JsonNode reference);
  }

  private static void forEachCase(Case check) {
    Golden.find("calibration.json").ifPresent(golden -> {
      assertThat(golden.get("cases")).isNotEmpty();
      for (JsonNode reference : golden.get("cases")) {
        double[] scores = Golden.doubles(reference.get("scores"));
        check.check(
            reference.get("name").textValue(),
            scores,
            Golden.labels(reference.get("labels")),
            Golden.weights(reference.get("weights"), scores.length),
            reference);
      }
    });
  }
}
