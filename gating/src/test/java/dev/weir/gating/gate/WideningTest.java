package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.Components;
import dev.weir.model.score.Score;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

/** Widening by the smallest amounts, where rounding could narrow what it should widen. */
class WideningTest {
  @Property
  void interval_anyKappa_containsTheCalibratorsInterval(
      @ForAll @Scale(20) @DoubleRange(min = 0.001, max = 0.999) double p,
      @ForAll @Scale(20) @DoubleRange(min = 0, max = 1) double below,
      @ForAll @Scale(20) @DoubleRange(min = 0, max = 1) double above,
      @ForAll @Scale(20) @DoubleRange(min = 1e-20, max = 1e-9) double kappa) {
    assertContains(
        new Score(
            0, 0, new double[0], p, p, new double[0], 1, p - below * p, p, p + above * (1 - p)),
        kappa);
  }

  @Property
  void interval_narrowAndOneSided_containsTheCalibratorsInterval(
      @ForAll @Scale(20) @DoubleRange(min = 0.01, max = 0.99) double p,
      @ForAll @Scale(20) @DoubleRange(min = 0, max = 1e-7) double above,
      @ForAll @Scale(20) @DoubleRange(min = 1e-20, max = 1e-12) double kappa) {
    assertContains(new Score(0, 0, new double[0], p, p, new double[0], 1, p, p, p + above), kappa);
  }

  /* The same on a grid: few of many intervals are narrowed by rounding. */
  @Test
  void interval_tiniestKappaOnAGrid_containsTheCalibratorsInterval() {
    for (int i = 1; i < 1_000; i++) {
      double p = i / 1_000.0;
      for (double kappa : new double[] {1e-20, 1e-17, 1e-15}) {
        assertContains(
            new Score(0, 0, new double[0], p, p, new double[0], 1, 0.8 * p, p, p + 0.3 * (1 - p)),
            kappa);
      }
    }
  }

  private static void assertContains(Score score, double kappa) {
    var untouched = new Widening(score, Components.NONE).interval(score.pModel());
    var widened = new Widening(score, Components.of(List.of("missing_count"), new double[] {kappa}))
        .interval(score.pModel());
    assertThat(widened.p10()).isLessThanOrEqualTo(untouched.p10());
    assertThat(widened.p90()).isGreaterThanOrEqualTo(untouched.p90());
  }
}
