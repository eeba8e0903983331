package dev.weir.model.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Paths and cross-validation, on seeded synthetic data. */
class ElasticNetPathTest {

  @Test
  void path_warmStarts_reachTheSameMinimaAsColdOnes() {
    GlmSample data = GlmSample.of(1, 400, 12);
    ElasticNet net = ElasticNet.withL1Ratio(0.7);
    double[] lambdas = net.lambdaPath(data.rows(), data.labels(), data.weights());
    List<ElasticNetFit> warm = net.path(data.rows(), data.labels(), data.weights(), lambdas);
    for (int k = 0; k < lambdas.length; k += 7) {
      ElasticNetFit cold = net.fit(data.rows(), data.labels(), data.weights(), lambdas[k]);
      assertThat(warm.get(k).model().coefficients())
          .containsExactly(cold.model().coefficients(), within(1e-7));
      assertThat(warm.get(k).kktResidual()).isLessThanOrEqualTo(1e-10);
    }
  }

  @Test
  void fit_moreColumnsThanRows_isSolved() {
    GlmSample data = GlmSample.of(2, 40, 100);
    ElasticNetFit fit =
        ElasticNet.withL1Ratio(0.9).fit(data.rows(), data.labels(), data.weights(), 0.01);
    assertThat(fit.kktResidual()).isLessThanOrEqualTo(1e-10);
    assertThat(fit.model().nonzero()).isLessThan(60);
  }

  @Test
  void fit_sameInputTwice_givesTheSameBits() {
    GlmSample data = GlmSample.of(3, 200, 9);
    ElasticNet net = ElasticNet.withL1Ratio(0.5);
    assertThat(net.choose(data.rows(), data.labels(), data.weights(), data.folds()))
        .isEqualTo(net.choose(data.rows(), data.labels(), data.weights(), data.folds()));
  }

  @Test
  void choose_signalInTwoColumns_findsThemAndBeatsTheIntercept() {
    GlmSample data = GlmSample.of(4, 1500, 15);
    ElasticNetChoice choice =
        ElasticNet.withL1Ratio(1).choose(data.rows(), data.labels(), data.weights(), data.folds());
    double[] beta = choice.fit().model().coefficients();
    assertThat(beta[0]).isPositive();
    assertThat(beta[1]).isNegative();
    assertThat(choice.path()).hasSize(30);
    double best = choice.path().stream()
        .mapToDouble(ElasticNetChoice.Point::logLoss)
        .min()
        .orElseThrow();
    assertThat(best).isLessThan(choice.path().get(0).logLoss() - 0.02);
    assertThat(choice.path())
        .anySatisfy(point -> assertThat(point.lambda()).isEqualTo(choice.fit().lambda()));
  }

  @Test
  void choose_labelsOfPureNoise_keepsAlmostNothing() {
    GlmSample data = GlmSample.of(5, 1000, 10);
    SplittableRandom random = new SplittableRandom(9);
    boolean[] noise = new boolean[1000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextBoolean();
    }
    ElasticNetChoice choice =
        ElasticNet.withL1Ratio(1).choose(data.rows(), noise, data.weights(), data.folds());
    assertThat(choice.fit().logLoss()).isCloseTo(StrictMath.log(2), within(0.01));
  }

  @Test
  void choose_foldsThatCannotBeUsed_areRefused() {
    GlmSample data = GlmSample.of(6, 60, 3);
    ElasticNet net = ElasticNet.withL1Ratio(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.choose(data.rows(), data.labels(), data.weights(), new int[60]))
        .withMessageContaining("one fold");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.choose(data.rows(), data.labels(), data.weights(), new int[3]))
        .withMessageContaining("3 folds for 60 rows");
  }
}
