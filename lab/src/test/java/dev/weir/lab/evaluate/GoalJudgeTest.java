package dev.weir.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.gating.drift.DriftWatch;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.lab.corrupt.CorruptionSuite;
import dev.weir.lab.train.Progress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What policies reach of the goal whose figures follow from what they are. */
class GoalJudgeTest {
  private static final CorruptionSuite SUITE = CorruptionSuite.of(Folded.PASSENGER);
  private static final int ROWS = 220;

  private static Goal goal(PolicyFile policy, Arm arm) {
    return new GoalJudge(
            List.of(0.85, 0.80),
            List.of(100),
            3,
            new Watching(DriftWatch.Settings.DEFAULTS, 0),
            true,
            2,
            IncidentLog.none(),
            Progress.silent())
        .judge(List.of(arm), policy, "a policy", SUITE);
  }

  @Test
  void judge_plainThreshold_givesNothingUpAndGainsNothing() {
    Goal goal =
        goal(Folded.plain("{mode: excess, recordsMin: 1000, alpha: 0.0001}"), Folded.few(ROWS));

    assertThat(goal.points()).extracting(Goal.Point::accuracy).containsExactly(0.85, 0.80);
    assertThat(goal.points()).allSatisfy(point -> {
      assertThat(point.clean().coverage()).isCloseTo(point.plainCoverage(), within(1e-12));
      assertThat(point.clean().error()).isCloseTo(point.clean().plainError(), within(1e-12));
      // Thresholds of equal coverage on clean rows may lie anywhere between two rows' confidences.
      assertThat(point.summary("all").reduction()).isCloseTo(0, within(0.02));
      assertThat(point.alone())
          .extracting(Goal.Criterion::isMet)
          .containsExactly(false, true, true, true);
    });
    assertThat(goal.isMetAlone()).isFalse();
    assertThat(goal.points().get(0).plainCoverage())
        .as("more accuracy costs coverage")
        .isLessThan(goal.points().get(1).plainCoverage());
  }

  /* A window of 25 is full of them before the first of 100 closes; 120 of the 220 records come after. */
  @Test
  void judge_cabinGoneForAll_nothingIsAcceptedAfterTheWatchHasSeenIt() {
    Goal goal =
        goal(Folded.plain("{mode: excess, recordsMin: 1000, alpha: 0.0001}"), Folded.few(ROWS));

    assertThat(goal.points()).allSatisfy(point -> {
      Incident cabin = point.incidents().stream()
          .filter(i -> i.corruption().equals("field_missing:Cabin"))
          .filter(i -> i.strength().equals("heavy"))
          .findFirst()
          .orElseThrow();
      assertThat(cabin.watched().ordered()).isEqualTo(1);
      assertThat(cabin.watched().stopped()).isEqualTo(120);
      // What does not come cannot be left out.
      assertThat(cabin.repaired().received()).isEqualTo(120);
      assertThat(cabin.repaired().withoutTheField()).isEqualTo(cabin.repaired().asTheyCame());
      assertThat(cabin.watched().accepted().records())
          .isLessThan(cabin.gate().records())
          .isLessThanOrEqualTo(100);
    });
  }

  @Test
  void judge_gateThatHoldsEverything_acceptsNothingAndPaysForIt() {
    Goal goal =
        goal(Folded.plain("{mode: absolute, recordsMin: 1, fraction: 0}"), Folded.few(ROWS));

    assertThat(goal.points()).allSatisfy(point -> {
      assertThat(point.clean().coverage()).isZero();
      assertThat(point.falseHolds().share()).isEqualTo(1);
      assertThat(point.summary("all").gate()).isZero();
      assertThat(point.alone().get(1).isMet()).isFalse();
      assertThat(point.alone().get(3).isMet()).isFalse();
    });
    assertThat(GoalText.of(goal))
        .anySatisfy(
            line -> assertThat(line).contains("clean coverage given up").contains("MISSED"));
  }

  @Test
  void judge_armWithoutRowsToChooseOn_isRefused() {
    Arm arm = Folded.few(ROWS);
    Arm bare = new Arm(arm.bundle(), arm.rows(), arm.fitted(), Optional.empty());

    assertThatThrownBy(() -> goal(Folded.baseline(), bare))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give --folds");
  }
}
