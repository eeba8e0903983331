package dev.weir.model.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Laws that hold for every fit. */
class ElasticNetPropertiesTest {

  @Property(tries = 100)
  void fit_anyData_satisfiesTheOptimalityConditionsAndStaysInTheUnitInterval(
      @ForAll @IntRange(max = 100_000) int seed,
      @ForAll @IntRange(min = 3, max = 60) int size,
      @ForAll @DoubleRange(min = 0, max = 1) double l1Ratio) {
    GlmSample data = GlmSample.of(seed, size, 6);
    ElasticNetFit fit =
        ElasticNet.withL1Ratio(l1Ratio).fit(data.rows(), data.labels(), data.weights(), 0.01);
    assertThat(fit.kktResidual()).isLessThanOrEqualTo(1e-10);
    for (double[] row : data.rows()) {
      assertThat(fit.model().probability(row)).isBetween(0.0, 1.0);
    }
  }

  @Property(tries = 100)
  void fit_weightsTimesAConstant_isUnchanged(
      @ForAll @IntRange(max = 100_000) int seed,
      @ForAll @DoubleRange(min = 0.01, max = 100) double factor) {
    GlmSample data = GlmSample.of(seed, 50, 5);
    double[] scaled = Arrays.stream(data.weights()).map(w -> w * factor).toArray();
    ElasticNet net = ElasticNet.withL1Ratio(0.5);
    assertThat(net.fit(data.rows(), data.labels(), scaled, 0.02).model().coefficients())
        .containsExactly(
            net.fit(data.rows(), data.labels(), data.weights(), 0.02).model().coefficients(),
            within(1e-7));
  }

  @Property(tries = 100)
  void fit_nearlyEqualColumnsAndWildScales_stillConverges(
      @ForAll @IntRange(max = 100_000) int seed,
      @ForAll @DoubleRange(min = 0, max = 1) double l1Ratio) {
    GlmSample data = GlmSample.of(seed, 60, 8);
    for (double[] row : data.rows()) {
      row[3] = row[0];
      row[4] = row[1] * (1 + 1e-7) + 1e-7 * row[2];
      row[5] = 1e9 + 1e-3 * row[5];
      row[6] = row[6] * 1e-8;
    }
    ElasticNetFit fit =
        ElasticNet.withL1Ratio(l1Ratio).fit(data.rows(), data.labels(), data.weights(), 1e-4);
    assertThat(fit.kktResidual()).isLessThanOrEqualTo(1e-10);
  }
}
