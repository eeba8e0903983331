package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.CapCause;
import dev.weir.gating.decision.CappedMargin;
import dev.weir.gating.policy.Policy;
import dev.weir.model.calibration.Platt;
import org.junit.jupiter.api.Test;

/** Why a contribution was changed, and what follows for the margin (gate.md §6). */
class MarginCapsTest {
  private static CappedMargin apply(double beta, double... contributions) {
    return new MarginCaps(
            new Policy.Caps(Policy.Scope.ALL, 0.5, 2, 0.75, 0.45, "multi_high_spend"),
            new boolean[] {true, false, false},
            new Platt(1, 0))
        .apply(3, contributions, beta);
  }

  @Test
  void apply_atTheLimits_changesNothing() {
    CappedMargin found = apply(1, 0.5, -0.25, 0.25);
    assertThat(found.causes()).isEmpty();
    assertThat(found.margin()).isEqualTo(3);
    assertThat(found.contributions()).containsExactly(0.5, -0.25, 0.25);
  }

  @Test
  void apply_oneSourceTooLarge_isPerSource() {
    CappedMargin found = apply(1, 0, -0.75, 0.25);
    assertThat(found.causes()).containsExactly(CapCause.PER_SOURCE);
    assertThat(found.contributions()).containsExactly(0, -0.5, 0.25);
    assertThat(found.margin()).isEqualTo(3.25);
  }

  @Test
  void apply_largestTogetherTooLarge_scalesAll() {
    CappedMargin found = apply(1, 0.5, -0.5, 0.25);
    assertThat(found.causes()).containsExactly(CapCause.TOP_SUM);
    assertThat(found.contributions()).containsExactly(0.375, -0.375, 0.1875);
    assertThat(found.margin()).isEqualTo(3 - 0.0625);
  }

  @Test
  void apply_betaOnChannel_isBetaAlone() {
    CappedMargin found = apply(0.5, 0.5, 0.25, 0);
    assertThat(found.causes()).containsExactly(CapCause.BETA);
    assertThat(found.contributions()).containsExactly(0.25, 0.25, 0);
    assertThat(found.margin()).isEqualTo(2.75);
  }

  @Test
  void apply_betaOnChannelWithoutContribution_isNoCause() {
    assertThat(apply(0.5, 0, 0.25, 0).causes()).isEmpty();
  }

  @Test
  void apply_betaAndBothLimits_namesAllThree() {
    assertThat(apply(0.5, 1.5, -0.5, 0).causes())
        .containsExactlyInAnyOrder(CapCause.BETA, CapCause.PER_SOURCE, CapCause.TOP_SUM);
  }

  @Test
  void apply_dampedBelowItsLimit_isNotPerSource() {
    assertThat(apply(0.5, 1.0, 0, 0).causes()).containsExactly(CapCause.BETA);
  }
}
