package dev.weir.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.numeric.Logistic;
import dev.weir.model.numeric.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The ends are isotonic regression's answers with the record itself added under either label. */
class VennAbersTest {
  private static VennAbers both(VennAbers.Side side) {
    return new VennAbers(List.of(side, side));
  }

  private static double[] distances(VennAbers intervals, double logit) {
    double[] distances = new double[2];
    intervals.distances(new float[] {7, (float) logit, 0, 0}, 0, distances);
    return distances;
  }

  /** By the definition: fit all rows and the new one anew. */
  private static double added(double[] scores, boolean[] labels, double score, boolean label) {
    double[] allScores = Arrays.copyOf(scores, scores.length + 1);
    boolean[] allLabels = Arrays.copyOf(labels, labels.length + 1);
    allScores[scores.length] = score;
    allLabels[labels.length] = label;
    return Isotonic.fit(allScores, allLabels, Weights.ones(allScores.length)).probability(score);
  }

  @Test
  void distances_twoRowsAndAScoreBetween_areTheRegressionsWithIt() {
    VennAbers.Side side = VennAbers.learn(new double[] {-1, 1}, new boolean[] {false, true});

    // With label false added at 0: 0, 0, 1. With label true: 0, 1, 1.
    assertThat(side.lower()[2]).isEqualTo(-12);
    assertThat(side.upper()[2]).isEqualTo(12);
  }

  @Property(tries = 200)
  void learn_anyRows_givesWhatRefittingGives(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @DoubleRange(min = -4, max = 4) double score) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = new double[rows];
    boolean[] labels = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      scores[i] = random.nextInt(-6, 7) / 2.0;
      labels[i] = random.nextDouble() < Logistic.sigmoid(scores[i]);
    }
    double rounded = (float) score;
    double lower = added(scores, labels, rounded, false);
    double upper = added(scores, labels, rounded, true);

    double[] distances = distances(both(VennAbers.learn(scores, labels)), rounded);

    assertThat(distances[0]).isCloseTo(reach(rounded, lower), within(1e-9));
    assertThat(distances[1]).isCloseTo(reach2(rounded, upper), within(1e-9));
  }

  private static double reach(double logit, double lower) {
    return Math.max(0, logit - Math.max(-12, Math.min(12, Logistic.logit(lower))));
  }

  private static double reach2(double logit, double upper) {
    return Math.max(0, Math.max(-12, Math.min(12, Logistic.logit(upper))) - logit);
  }

  @Test
  void distances_fragileRecord_areThoseOfTheFragileSide() {
    VennAbers.Side narrow =
        new VennAbers.Side(new double[] {0}, new double[] {-1, -1, -1}, new double[] {1, 1, 1});
    VennAbers.Side wide =
        new VennAbers.Side(new double[] {0}, new double[] {-3, -3, -3}, new double[] {2, 2, 2});
    VennAbers intervals = new VennAbers(List.of(narrow, wide));
    double[] distances = new double[2];

    intervals.distances(new float[] {0, 0, 0}, Intervals.cell(true, true), distances);

    assertThat(distances).containsExactly(3, 2);
  }

  @Test
  void learn_manyRows_keepsAtMostAThousandScores() {
    double[] scores = new double[5_000];
    boolean[] labels = new boolean[5_000];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (i - 2_500) / 1_000.0;
      labels[i] = i % 3 == 0;
    }

    assertThat(VennAbers.learn(scores, labels).scores()).hasSizeLessThanOrEqualTo(1_000);
  }

  @Test
  void side_endsThatDoNotFitTheScores_areRefused() {
    assertThatThrownBy(
            () -> new VennAbers.Side(new double[] {0}, new double[] {0, 0}, new double[] {0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a Venn–Abers side of 1 scores needs 3 lower and upper ends, found 2 and 2");
  }
}
