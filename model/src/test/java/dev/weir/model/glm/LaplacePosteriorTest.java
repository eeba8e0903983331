package dev.weir.model.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LaplacePosteriorTest {
  /* Intercept 0 and coefficient 0: every row has p(1 − p) = 1/4, whatever its column. */
  private static final LogisticGlm FLAT =
      new LogisticGlm(new double[] {0}, new double[] {1}, new double[] {0}, 0);

  private static double[][] rows(int number) {
    double[][] rows = new double[number][1];
    for (int i = 0; i < number; i++) {
      rows[i][0] = i % 2 == 0 ? 1 : -1;
    }
    return rows;
  }

  private static double[][] draws(LaplacePosterior posterior, int number) {
    SplittableRandom random = new SplittableRandom(7);
    double[][] draws = new double[2][number];
    for (int i = 0; i < number; i++) {
      LogisticGlm drawn = posterior.draw(random);
      draws[0][i] = drawn.coefficients()[0];
      draws[1][i] = drawn.intercept();
    }
    return draws;
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
  }

  @Test
  void draw_manyTimes_hasTheInverseHessianAsVariance() {
    // 400 rows of information 1/4 each: 100 for the intercept, 100 + 60 for the coefficient.
    double[][] draws = draws(LaplacePosterior.of(FLAT, rows(400), 60), 20_000);

    assertThat(variance(draws[0])).isCloseTo(1 / 160.0, within(0.0003));
    assertThat(variance(draws[1])).isCloseTo(1 / 100.0, within(0.0005));
    assertThat(Arrays.stream(draws[0]).average().orElseThrow()).isCloseTo(0, within(0.003));
  }

  @Test
  void draw_whereEveryoneIsSure_variesAsMuchAsItMayBeforehand() {
    LogisticGlm sure = new LogisticGlm(new double[] {0}, new double[] {1}, new double[] {0}, 12);

    double[][] draws = draws(LaplacePosterior.of(sure, rows(400), 4), 20_000);

    assertThat(variance(draws[0])).isCloseTo(0.25, within(0.01));
  }

  @Test
  void draw_missingValues_tellNothing() {
    double[][] missing = {{Double.NaN}, {Double.NaN}};

    double[][] draws = draws(LaplacePosterior.of(FLAT, missing, 4), 20_000);

    assertThat(variance(draws[0])).isCloseTo(0.25, within(0.01));
  }

  @Test
  void draw_sameSeed_isTheSameModel() {
    LaplacePosterior posterior = LaplacePosterior.of(FLAT, rows(10), 1);

    assertThat(posterior.draw(new SplittableRandom(3)))
        .isEqualTo(posterior.draw(new SplittableRandom(3)));
  }

  @Test
  void of_noPrecision_isRefused() {
    assertThatThrownBy(() -> LaplacePosterior.of(FLAT, rows(10), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("precision 0.0 is not above 0");
  }
}
