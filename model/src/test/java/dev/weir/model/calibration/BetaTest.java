package dev.weir.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.numeric.Logistic;
import dev.weir.model.numeric.Weights;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BetaTest {

  @Test
  void probability_oneOneZero_isTheSigmoid() {
    Beta identity = new Beta(1, 1, 0);
    for (double margin : new double[] {-30, -1, 0, 0.3, 12}) {
      assertThat(identity.probability(margin)).isCloseTo(Logistic.sigmoid(margin), within(1e-15));
    }
  }

  @Test
  void probability_followsTheFormulaOfThePaper() {
    // 1 / (1 + 1 / (e^c · q^a / (1 - q)^b)) at q = 0.8: odds e^0.1 · 0.8² / 0.2^0.5.
    double odds = StrictMath.exp(0.1) * 0.64 / Math.sqrt(0.2);
    assertThat(new Beta(2, 0.5, 0.1).probability(Logistic.logit(0.8)))
        .isCloseTo(odds / (1 + odds), within(1e-14));
  }

  @Test
  void probability_farOut_neitherOverflowsNorIsNaN() {
    assertThat(new Beta(2, 0.5, 0.1).probability(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(new Beta(2, 0.5, 0.1).probability(-1e300)).isEqualTo(0);
    assertThat(new Beta(0, 0, 0).probability(Double.NEGATIVE_INFINITY)).isEqualTo(0.5);
    assertThat(new Beta(1, 1, 0).probability(Double.NaN)).isNaN();
  }

  @Test
  void fit_labelsDrawnFromABetaMap_findsIt() {
    Beta truth = new Beta(0.6, 1.7, 0.4);
    SplittableRandom random = new SplittableRandom(11);
    int rows = 40_000;
    double[] margins = new double[rows];
    boolean[] labels = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      margins[row] = 8 * random.nextDouble() - 4;
      labels[row] = random.nextDouble() < truth.probability(margins[row]);
    }
    Beta found = Beta.fit(margins, labels, Weights.ones(rows));
    // Standard errors are about 0.03 at this size.
    assertThat(found.a()).isCloseTo(truth.a(), within(0.1));
    assertThat(found.b()).isCloseTo(truth.b(), within(0.1));
    assertThat(found.c()).isCloseTo(truth.c(), within(0.1));
  }

  @Test
  void fit_marginsAgainstTheLabels_isConstant() {
    Beta beta = Beta.fit(
        new double[] {-3, -2, -1, 1, 2, 3},
        new boolean[] {true, true, true, false, false, false},
        Weights.ones(6));
    assertThat(beta.a()).isZero();
    assertThat(beta.b()).isZero();
    assertThat(beta.probability(2)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void fit_separableMargins_staysFinite() {
    Beta beta = Beta.fit(
        new double[] {-2, -1, 1, 2}, new boolean[] {false, false, true, true}, Weights.ones(4));
    // The smoothed targets are 3/4 and 1/4.
    assertThat(beta.probability(2)).isBetween(0.6, 0.9);
    assertThat(beta.probability(-2)).isBetween(0.1, 0.4);
  }

  @Test
  void fit_marginsWhereSigmoidsAreFlat_isStillTheMinimum() {
    // Far out Newton's quadratic is useless. N+ = 2, N- = 1: targets 3/4 at the ends, 1/3 in the
    // middle; monotone maps
    // pool the first two: mean (3/4 + 1/3)/2.
    Beta beta = Beta.fit(
        new double[] {-680, -190, 310}, new boolean[] {true, false, true}, Weights.ones(3));
    assertThat(beta.probability(-190)).isCloseTo(13.0 / 24, within(0.02));
    assertThat(beta.probability(310)).isCloseTo(0.75, within(0.02));
  }

  @Test
  void fit_oneClass_isItsSmoothedTarget() {
    Beta beta =
        Beta.fit(new double[] {-2, 0, 3}, new boolean[] {false, false, false}, Weights.ones(3));
    assertThat(beta.probability(0)).isCloseTo(1.0 / 5, within(1e-5));
  }

  @Test
  void fit_equalMargins_keepTheShapeOfTheIdentityAndMoveTheIntercept() {
    // N+ = 1, N- = 3: the mean target is 19/60, as for Platt.
    Beta beta = Beta.fit(
        new double[] {2, 2, 2, 2}, new boolean[] {true, false, false, false}, Weights.ones(4));
    assertThat(beta.probability(2)).isCloseTo(19.0 / 60, within(1e-5));
    assertThat(beta.a()).isCloseTo(1, within(0.5));
    assertThat(beta.b()).isBetween(0.0, 1.5);
  }

  @Test
  void constructor_decreasingOrNotFinite_isRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Beta(-0.1, 1, 0))
        .withMessageContaining("beta.a -0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Beta(1, Double.NaN, 0))
        .withMessageContaining("beta.b NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Beta(1, 1, Double.POSITIVE_INFINITY))
        .withMessageContaining("beta.c Infinity");
  }
}
