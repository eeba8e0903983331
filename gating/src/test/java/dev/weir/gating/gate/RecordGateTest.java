package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.TinyGate;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Reasons;
import dev.weir.model.calibration.Platt;
import dev.weir.model.score.Score;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordGateTest {
  private static Judgement judged(double pModel, double pGlm) {
    RecordGate gate = new RecordGate(
        TinyGate.policy("steady").policy(), new Platt(1, 0), 0.5, List.of(), Set.of(), -1);
    Score score =
        new Score(0, 0, new double[0], pModel, pGlm, new double[0], 1, pModel, pModel, pModel);
    return gate.judge(
        new Signals("a", new FlagSignals(0, 0, 100), 0, 0, score, Optional.empty()),
        1,
        Reasons.copyOf(Set.of()),
        false);
  }

  /* The decision threshold is .5, and at it the class is true. */
  @ParameterizedTest
  @CsvSource({"0.5, 0.5, true", "0.49, 0.49, true", "0.5, 0.49, false", "0.49, 0.5, false"})
  void judge_fallbackOfTheModelsClass_agrees(double pModel, double pGlm, boolean agrees) {
    assertThat(judged(pModel, pGlm).glmAgrees()).isEqualTo(agrees);
    assertThat(judged(pModel, pGlm).predicted()).isEqualTo(pModel == 0.5);
    assertThat(judged(pModel, pGlm).probability()).isEqualTo(pModel);
  }
}
