package dev.weir.model.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.numeric.Logistic;
import dev.weir.model.numeric.Weights;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElasticNetTest {
  /** One column, -1 four times and +1 four times (mean 0, deviation 1), 1 of 4 and 3 of 4 true. */
  private static final double[][] PAIR = {{-1}, {-1}, {-1}, {-1}, {1}, {1}, {1}, {1}};

  private static final boolean[] PAIR_LABELS = {true, false, false, false, true, true, true, false};

  @Test
  void fit_lassoOnOneBalancedColumn_shrinksTheShareByLambda() {
    // By symmetry the intercept is 0; optimality is σ(β) = 3/4 - λ for β > 0.
    LogisticGlm model =
        ElasticNet.withL1Ratio(1).fit(PAIR, PAIR_LABELS, Weights.ones(8), 0.05).model();
    assertThat(model.coefficients()[0]).isCloseTo(Logistic.logit(0.70), within(1e-9));
    assertThat(model.intercept()).isCloseTo(0, within(1e-9));
  }

  @Test
  void fit_lambdaAtOrAboveTheGradient_isTheInterceptAlone() {
    LogisticGlm model =
        ElasticNet.withL1Ratio(1).fit(PAIR, PAIR_LABELS, Weights.ones(8), 0.25).model();
    assertThat(model.nonzero()).isZero();
    assertThat(model.probability(new double[] {5})).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void fit_ridge_satisfiesItsOptimalityCondition() {
    // σ(β) - 3/4 + λβ = 0.
    double beta = ElasticNet.withL1Ratio(0)
        .fit(PAIR, PAIR_LABELS, Weights.ones(8), 0.1)
        .model()
        .coefficients()[0];
    assertThat(Logistic.sigmoid(beta) - 0.75 + 0.1 * beta).isCloseTo(0, within(1e-10));
  }

  @Test
  void fit_missingValues_countAsTheMeanOfThePresent() {
    double[][] missing = {{-1}, {-1}, {-1}, {-1}, {1}, {1}, {1}, {1}, {Double.NaN}, {Double.NaN}};
    boolean[] labels = Arrays.copyOf(PAIR_LABELS, 10);
    labels[8] = true;
    LogisticGlm model =
        ElasticNet.withL1Ratio(1).fit(missing, labels, Weights.ones(10), 0.05).model();
    assertThat(model.means()).containsExactly(0);
    assertThat(model.scales()).containsExactly(1);
    // Two more rows at 0, one of them true, leave the symmetry; the gradient is 8/10 of before.
    assertThat(model.coefficients()[0]).isCloseTo(Logistic.logit(0.75 - 0.05 / 0.8), within(1e-9));
  }

  @Test
  void fit_constantOrWhollyMissingColumns_getCoefficientZero() {
    double[][] rows = new double[8][];
    for (int i = 0; i < 8; i++) {
      rows[i] = new double[] {0.1, PAIR[i][0], Double.NaN};
    }
    LogisticGlm model =
        ElasticNet.withL1Ratio(0).fit(rows, PAIR_LABELS, Weights.ones(8), 0.1).model();
    assertThat(model.coefficients()[0]).isZero();
    assertThat(model.coefficients()[2]).isZero();
    assertThat(model.coefficients()[1]).isPositive();
    assertThat(model.means()).containsExactly(0.1, 0, 0);
    assertThat(model.scales()).containsExactly(1, 1, 1);
  }

  @Test
  void fit_duplicatedColumnUnderRidge_sharesTheCoefficient() {
    double[][] twice = new double[8][];
    for (int i = 0; i < 8; i++) {
      twice[i] = new double[] {PAIR[i][0], PAIR[i][0]};
    }
    double[] beta = ElasticNet.withL1Ratio(0)
        .fit(twice, PAIR_LABELS, Weights.ones(8), 0.1)
        .model()
        .coefficients();
    assertThat(beta[0]).isCloseTo(beta[1], within(1e-8));
  }

  @Test
  void fit_separableLabels_staysFinite() {
    double[][] rows = {{-2}, {-1}, {1}, {2}};
    boolean[] labels = {false, false, true, true};
    for (double l1Ratio : new double[] {0, 0.5, 1}) {
      ElasticNetFit fit = ElasticNet.withL1Ratio(l1Ratio).fit(rows, labels, Weights.ones(4), 1e-6);
      assertThat(fit.model().coefficients()[0]).isPositive().isLessThan(1e3);
      assertThat(fit.kktResidual()).isLessThan(1e-10);
    }
  }

  @Test
  void fit_oneLabelOnly_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ElasticNet.withL1Ratio(1)
            .fit(
                new double[][] {{1}, {2}, {3}},
                new boolean[] {true, true, false},
                new double[] {1, 1, 0},
                0.1))
        .withMessageContaining("one label only");
  }

  @Test
  void fit_illegalInput_isRefusedByName() {
    ElasticNet net = ElasticNet.withL1Ratio(1);
    boolean[] labels = {true, false};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.fit(new double[0][], new boolean[0], new double[0], 0.1))
        .withMessageContaining("0 rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.fit(new double[][] {{1}, {1, 2}}, labels, Weights.ones(2), 0.1))
        .withMessageContaining("row 1 has 2 columns");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            net.fit(new double[][] {{1}, {Double.NEGATIVE_INFINITY}}, labels, Weights.ones(2), 0.1))
        .withMessageContaining("row 1, column 0 is -Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.fit(new double[][] {{1}, {2}}, labels, Weights.ones(2), 0))
        .withMessageContaining("lambda 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.fit(new double[][] {{1}, {2}}, labels, new double[] {0, 0}, 0.1))
        .withMessageContaining("positive weight");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ElasticNet.withL1Ratio(1.5))
        .withMessageContaining("l1Ratio 1.5");
  }

  @Test
  void lambdaPath_startsWhereTheFirstCoefficientEnters() {
    ElasticNet net = ElasticNet.withL1Ratio(1);
    double[] path = net.lambdaPath(PAIR, PAIR_LABELS, Weights.ones(8));
    assertThat(path).hasSize(30).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(path[0]).isCloseTo(0.25, within(1e-15));
    assertThat(path[29]).isCloseTo(0.25e-3, within(1e-15));
    List<ElasticNetFit> fits = net.path(PAIR, PAIR_LABELS, Weights.ones(8), path);
    assertThat(fits.get(0).model().nonzero()).isZero();
    assertThat(fits.get(1).model().nonzero()).isEqualTo(1);
  }

  @Test
  void lambdaPath_noVaryingColumn_isStillPositive() {
    double[] path = ElasticNet.withL1Ratio(1)
        .lambdaPath(new double[][] {{3}, {3}}, new boolean[] {true, false}, Weights.ones(2));
    assertThat(path[0]).isPositive();
  }
}
