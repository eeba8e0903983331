package dev.weir.model.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.model.Golden;
import dev.weir.model.numeric.Weights;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Parity with the reference fits, when they are there. */
class GlmGoldenTest {

  @Test
  void fit_goldenCases_matchCoefficientsZeroPatternAndPredictions() {
    Golden.find("glm.json").ifPresent(golden -> {
      double[][] rows = Golden.matrix(golden.get("X"));
      boolean[] labels = Golden.labels(golden.get("y"));
      assertThat(golden.get("fits")).isNotEmpty();
      for (JsonNode reference : golden.get("fits")) {
        double[] weights = reference.get("weights").textValue().equals("none")
            ? Weights.ones(rows.length)
            : Golden.doubles(golden.get("sample_weight"));
        String name = "C " + reference.get("C") + " l1 " + reference.get("l1_ratio");
        double sum = Weights.total(weights);
        double lambda = 1 / (reference.get("C").doubleValue() * sum);
        ElasticNetFit fit = ElasticNet.withL1Ratio(reference.get("l1_ratio").doubleValue())
            .fit(rows, labels, weights, lambda);
        assertThat(fit.kktResidual()).as(name).isLessThanOrEqualTo(1e-10);
        LogisticGlm model = fit.model();
        double[] expected = Golden.doubles(reference.get("coef_standardized"));
        assertThat(model.coefficients()).as(name).containsExactly(expected, within(1e-6));
        assertThat(Arrays.stream(model.coefficients()).map(Math::signum).toArray())
            .as(name)
            .containsExactly(Arrays.stream(expected).map(Math::signum).toArray());
        assertThat(model.nonzero()).as(name).isEqualTo(reference.get("nonzero").intValue());
        assertThat(model.intercept())
            .as(name)
            .isCloseTo(reference.get("intercept").doubleValue(), within(1e-6));
        assertThat(fit.logLoss())
            .as(name)
            .isCloseTo(reference.get("log_loss_weighted").doubleValue(), within(1e-9));
        assertThat(fit.objective() / lambda)
            .as(name)
            .isCloseTo(reference.get("objective").doubleValue(), within(1e-8 * sum));
        JsonNode probes = golden.get("probe_rows");
        for (int i = 0; i < probes.size(); i++) {
          assertThat(model.probability(rows[probes.get(i).intValue()]))
              .as(name)
              .isCloseTo(reference.get("predictions_probe").get(i).doubleValue(), within(1e-7));
        }
      }
    });
  }

  @Test
  void fit_goldenColumns_areStandardizedAlike() {
    Golden.find("glm.json").ifPresent(golden -> {
      double[][] rows = Golden.matrix(golden.get("X"));
      LogisticGlm model = ElasticNet.withL1Ratio(0.5)
          .fit(rows, Golden.labels(golden.get("y")), Weights.ones(rows.length), 0.01)
          .model();
      double[] means = Golden.doubles(golden.get("mean"));
      double[] scales = Golden.doubles(golden.get("std"));
      for (int j = 0; j < means.length; j++) {
        assertThat(model.means()[j]).isCloseTo(means[j], within(1e-12 * (1 + Math.abs(means[j]))));
        assertThat(model.scales()[j]).isCloseTo(scales[j], within(1e-12 * scales[j]));
      }
    });
  }
}
