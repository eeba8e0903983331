package dev.weir.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.metric.RiskCoverage.Point;
import dev.weir.model.numeric.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RiskCoverageTest {

  private static final RiskCoverage CURVE = RiskCoverage.of(
      new double[] {0.6, 0.9, 0.8, 0.7}, new boolean[] {true, false, false, true}, Weights.ones(4));

  @Test
  void points_byDescendingConfidence_accumulateErrors() {
    assertThat(CURVE.points())
        .containsExactly(
            new Point(0.9, 0.25, 0),
            new Point(0.8, 0.5, 0),
            new Point(0.7, 0.75, 1.0 / 3),
            new Point(0.6, 1, 0.5));
  }

  @Test
  void area_distinctConfidences_isTheMeanRiskOverPrefixes() {
    assertThat(CURVE.area().orElseThrow()).isCloseTo((0 + 0 + 1.0 / 3 + 0.5) / 4, within(1e-15));
  }

  @Test
  void points_equalConfidences_areOnePoint() {
    RiskCoverage curve = RiskCoverage.of(
        new double[] {0.9, 0.5, 0.5, 0.5},
        new boolean[] {false, true, false, false},
        Weights.ones(4));
    assertThat(curve.points()).containsExactly(new Point(0.9, 0.25, 0), new Point(0.5, 1, 0.25));
  }

  @Test
  void riskAt_insideEqualConfidences_isTheExpectation() {
    RiskCoverage curve = RiskCoverage.of(
        new double[] {0.9, 0.5, 0.5, 0.5},
        new boolean[] {false, true, false, false},
        Weights.ones(4));
    // Two rows: the sure one and one of three, of which one is wrong: (0 + 1/3) / 2.
    assertThat(curve.riskAt(0.5).orElseThrow()).isCloseTo(1.0 / 6, within(1e-15));
    assertThat(curve.riskAt(0.1).orElseThrow()).isZero();
    assertThat(curve.riskAt(1).orElseThrow()).isCloseTo(0.25, within(1e-15));
  }

  @Test
  void coverageAt_bound_isTheGreatestThatMeetsIt() {
    assertThat(CURVE.coverageAt(0)).hasValue(0.5);
    assertThat(CURVE.coverageAt(0.4)).hasValue(0.75);
    assertThat(CURVE.coverageAt(1)).hasValue(1);
    RiskCoverage wrong = RiskCoverage.of(new double[] {1}, new boolean[] {true}, Weights.ones(1));
    assertThat(wrong.coverageAt(0.5)).hasValue(0);
  }

  @Test
  void curve_withoutWeight_isEmpty() {
    RiskCoverage curve = RiskCoverage.of(new double[] {1, 2}, new boolean[2], new double[2]);
    assertThat(curve.points()).isEmpty();
    assertThat(curve.area()).isEmpty();
    assertThat(curve.riskAt(0.5)).isEmpty();
    assertThat(curve.coverageAt(0.5)).isEmpty();
  }

  @Test
  void curve_illegalInput_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RiskCoverage.of(new double[] {Double.NaN}, new boolean[1], Weights.ones(1)))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CURVE.riskAt(0))
        .withMessageContaining("coverage 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CURVE.coverageAt(-1))
        .withMessageContaining("risk -1.0");
  }

  @Property(tries = 300)
  void curve_rowsInAnyOrder_isTheSameAndEndsAtTheOverallRisk(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int rows) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] confidences = random.doubles(rows).map(c -> Math.rint(c * 8)).toArray();
    boolean[] wrong = new boolean[rows];
    double[] backwards = new double[rows];
    boolean[] wrongBackwards = new boolean[rows];
    int errors = 0;
    for (int i = 0; i < rows; i++) {
      wrong[i] = random.nextBoolean();
      errors += wrong[i] ? 1 : 0;
      backwards[rows - 1 - i] = confidences[i];
      wrongBackwards[rows - 1 - i] = wrong[i];
    }
    RiskCoverage curve = RiskCoverage.of(confidences, wrong, Weights.ones(rows));
    assertThat(RiskCoverage.of(backwards, wrongBackwards, Weights.ones(rows)).points())
        .isEqualTo(curve.points());
    assertThat(curve.riskAt(1).orElseThrow()).isCloseTo((double) errors / rows, within(1e-12));
    assertThat(curve.area().orElseThrow()).isBetween(0.0, 1.0);
    double[] heavier = Weights.ones(rows);
    Arrays.fill(heavier, 3.7);
    assertThat(RiskCoverage.of(confidences, wrong, heavier).area().orElseThrow())
        .isCloseTo(curve.area().orElseThrow(), within(1e-12));
  }
}
