package dev.weir.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.numeric.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Laws that hold for every fit, over small random samples with ties, zero weights, separable and one-class ones. */
class CalibratorPropertiesTest {

  private record Sample(double[] margins, boolean[] labels, double[] weights) {
    static Sample of(long seed, int rows) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] margins = new double[rows];
      boolean[] labels = new boolean[rows];
      double[] weights = new double[rows];
      double grid = random.nextBoolean() ? 1 : 1e-9;
      double share = random.nextInt(5) / 4.0;
      for (int row = 0; row < rows; row++) {
        margins[row] = grid * Math.rint((random.nextDouble() * 12 - 6) / grid);
        labels[row] = random.nextDouble() < share;
        weights[row] = random.nextInt(5) == 0 ? 0 : random.nextDouble() * 3;
      }
      weights[0] = 1;
      return new Sample(margins, labels, weights);
    }

    List<Calibrator> fits() {
      return List.of(
          Platt.fit(margins, labels, weights),
          Beta.fit(margins, labels, weights),
          Isotonic.fit(margins, labels, weights));
    }

    /** What Beta.fit minimises, written out again. */
    double smoothedLoss(Beta beta) {
      double[] counts = Weights.scaledToMeanOne(weights);
      double positive = 0;
      double negative = 0;
      for (int row = 0; row < labels.length; row++) {
        positive += labels[row] ? counts[row] : 0;
        negative += labels[row] ? 0 : counts[row];
      }
      double loss = 0.5e-6
          * ((beta.a() - 1) * (beta.a() - 1)
              + (beta.b() - 1) * (beta.b() - 1)
              + beta.c() * beta.c());
      for (int row = 0; row < labels.length; row++) {
        double target = labels[row] ? (positive + 1) / (positive + 2) : 1 / (negative + 2);
        double probability = beta.probability(margins[row]);
        double logLikelihood =
            target * StrictMath.log(probability) + (1 - target) * StrictMath.log1p(-probability);
        // A row without weight does not count, not even one that no double can rule out.
        loss -= counts[row] == 0 ? 0 : counts[row] * logLikelihood;
      }
      return loss;
    }

    Sample scaled(double factor) {
      return new Sample(
          margins, labels, Arrays.stream(weights).map(w -> w * factor).toArray());
    }
  }

  @Property
  void fits_anySample_areFiniteAndWithinTheUnitInterval(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int rows) {
    for (Calibrator calibrator : Sample.of(seed, rows).fits()) {
      for (double margin = -50; margin <= 50; margin += 0.37) {
        assertThat(calibrator.probability(margin)).isBetween(0.0, 1.0);
      }
    }
  }

  @Property
  void increasingFits_anySample_neverDecrease(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int rows) {
    for (Calibrator calibrator : Sample.of(seed, rows).fits()) {
      if (calibrator.isIncreasing()) {
        double before = 0;
        for (double margin = -9; margin <= 9; margin += 0.01) {
          double now = calibrator.probability(margin);
          assertThat(now).isGreaterThanOrEqualTo(before - 1e-15);
          before = now;
        }
      }
    }
  }

  @Property
  void betaAndIsotonic_weightsTimesAConstant_areUnchanged(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @LongRange(min = 1, max = 1000) long k) {
    Sample sample = Sample.of(seed, rows);
    Sample scaled = sample.scaled(k / 7.0);
    Calibrator beta = Beta.fit(sample.margins, sample.labels, sample.weights);
    Calibrator betaScaled = Beta.fit(scaled.margins, scaled.labels, scaled.weights);
    Calibrator isotonic = Isotonic.fit(sample.margins, sample.labels, sample.weights);
    Calibrator isotonicScaled = Isotonic.fit(scaled.margins, scaled.labels, scaled.weights);
    for (double margin : sample.margins) {
      assertThat(betaScaled.probability(margin)).isCloseTo(beta.probability(margin), within(1e-7));
      assertThat(isotonicScaled.probability(margin))
          .isCloseTo(isotonic.probability(margin), within(1e-12));
    }
  }

  @Property(tries = 300)
  void beta_anySample_cannotBeImprovedNearby(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int rows) {
    Sample sample = Sample.of(seed, rows);
    Beta beta = Beta.fit(sample.margins, sample.labels, sample.weights);
    double least = sample.smoothedLoss(beta);
    for (double step : new double[] {1e-4, 1e-2, 0.3}) {
      for (int direction = 0; direction < 27; direction++) {
        Beta near = new Beta(
            Math.max(0, beta.a() + step * (direction % 3 - 1)),
            Math.max(0, beta.b() + step * (direction / 3 % 3 - 1)),
            beta.c() + step * (direction / 9 - 1));
        assertThat(sample.smoothedLoss(near)).isGreaterThanOrEqualTo(least - 1e-9);
      }
    }
  }

  @Property
  void plattHardLabels_weightsTimesAConstant_isUnchangedOrRefusedBoth(
      @ForAll long seed,
      @ForAll @IntRange(min = 8, max = 40) int rows,
      @ForAll @LongRange(min = 1, max = 1000) long k) {
    Sample sample = Sample.of(seed, rows);
    Sample scaled = sample.scaled(k / 7.0);
    try {
      Platt platt = Platt.fitHardLabels(sample.margins, sample.labels, sample.weights);
      Platt plattScaled = Platt.fitHardLabels(scaled.margins, scaled.labels, scaled.weights);
      for (double margin : sample.margins) {
        assertThat(plattScaled.probability(margin))
            .isCloseTo(platt.probability(margin), within(1e-9));
      }
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("no finite fit");
    }
  }

  @Property
  void choice_anyFoldsOfAnySample_isIncreasing(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 40) int rows) {
    Sample sample = Sample.of(seed, rows);
    double[] weights = Arrays.stream(sample.weights).map(w -> w + 0.1).toArray();
    int[] folds = new int[rows];
    Arrays.setAll(folds, row -> row % 3);
    CalibratorChoice choice =
        CalibratorChoice.choose(sample.margins, sample.labels, weights, folds);
    assertThat(choice.calibrator().isIncreasing()).isTrue();
    assertThat(choice.brierScores().values())
        .allSatisfy(score -> assertThat(score).isBetween(0.0, 1.0));
  }

  @Property(tries = 300)
  void choice_weightsTimesAConstant_isUnchanged(
      @ForAll long seed,
      @ForAll @IntRange(min = 4, max = 40) int rows,
      @ForAll @LongRange(min = 1, max = 1000) long k) {
    Sample sample = Sample.of(seed, rows);
    double[] weights = Arrays.stream(sample.weights).map(w -> w + 0.1).toArray();
    double[] scaled = Arrays.stream(weights).map(w -> w * k / 7.0).toArray();
    int[] folds = new int[rows];
    Arrays.setAll(folds, row -> row % 3);
    Calibrator one =
        CalibratorChoice.choose(sample.margins, sample.labels, weights, folds).calibrator();
    Calibrator other =
        CalibratorChoice.choose(sample.margins, sample.labels, scaled, folds).calibrator();
    for (double margin : sample.margins) {
      assertThat(other.probability(margin)).isCloseTo(one.probability(margin), within(1e-7));
    }
  }
}
