package dev.weir.schemas.wire;

import dev.weir.gating.decision.CappedMargin;
import dev.weir.gating.decision.Judgement;
import dev.weir.model.prior.SlicePrior;
import dev.weir.schemas.avro.CapCause;
import dev.weir.schemas.avro.CappedContribution;
import dev.weir.schemas.avro.Caps;
import dev.weir.schemas.avro.Interval;
import dev.weir.schemas.avro.Prior;
import dev.weir.schemas.avro.Promotion;
import dev.weir.schemas.avro.Reason;
import dev.weir.schemas.avro.Score;
import dev.weir.schemas.avro.Variance;
import dev.weir.schemas.avro.VarianceComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the models and the record gate say, from core to wire. */
final class JudgementParts {
  private JudgementParts() {}

  static Score score(dev.weir.model.score.Score score, Judgement judgement) {
    return Score.newBuilder()
        .setMargin(score.margin())
        .setBias(score.bias())
        .setContributions(boxed(score.contributions()))
        .setPModel(score.pModel())
        .setPGlm(score.pGlm())
        .setGlmAgrees(judgement.glmAgrees())
        .setMemberProbabilities(boxed(score.memberProbabilities()))
        .setAgreement(score.agreement())
        .setP10(score.p10())
        .setP50(score.p50())
        .setP90(score.p90())
        .build();
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  static Prior prior(SlicePrior prior) {
    return Prior.newBuilder()
        .setKey(prior.key())
        .setN(prior.n())
        .setFinestN(prior.finestN())
        .setMuCluster(prior.muCluster())
        .setMuGlobal(prior.muGlobal())
        .setTau(prior.tau())
        .setMuBlend(prior.muBlend())
        .build();
  }

  static @Nullable Caps caps(Judgement judgement, dev.weir.model.score.Score score) {
    CappedMargin capped = judgement.capped().orElse(null);
    if (capped == null) {
      return null;
    }
    List<CappedContribution> changed = new ArrayList<>();
    for (int j = 0; j < capped.contributions().length; j++) {
      if (capped.contributions()[j] != score.contributions()[j]) {
        changed.add(new CappedContribution(j, capped.contributions()[j]));
      }
    }
    return Caps.newBuilder()
        .setTriggered(!judgement.capCauses().isEmpty())
        .setCauses(judgement.capCauses().stream()
            .sorted()
            .map(cause -> CapCause.valueOf(cause.name()))
            .toList())
        .setContributions(changed)
        .setMargin(capped.margin())
        .setPCapped(judgement.probability())
        .build();
  }

  static Variance variance(dev.weir.gating.decision.Variance variance) {
    return Variance.newBuilder()
        .setBase(variance.base())
        .setComponents(variance.components().entrySet().stream()
            .map(component -> new VarianceComponent(component.getKey(), component.getValue()))
            .toList())
        .setCombined(variance.combined())
        .build();
  }

  static Interval interval(Judgement judgement) {
    return Interval.newBuilder()
        .setP10(judgement.interval().p10())
        .setP50(judgement.interval().p50())
        .setP90(judgement.interval().p90())
        .setWidth(judgement.width())
        .setConfidence(judgement.confidence())
        .build();
  }

  static Promotion promotion(dev.weir.gating.decision.Promotion promotion) {
    return Promotion.newBuilder()
        .setFlagged(promotion.flagged())
        .setCandidate(promotion.candidate())
        .setFailed(promotion.failed())
        .setRank(promotion.rank().isPresent() ? promotion.rank().getAsInt() : null)
        .setFlip(promotion.flip())
        .setPrediction(promotion.flip() ? promotion.prediction() : null)
        .setFlaggedInBatch(promotion.counts().flagged())
        .setCandidatesInBatch(promotion.counts().candidates())
        .setFlipsInBatch(promotion.counts().flips())
        .build();
  }

  static List<Reason> reasons(Judgement judgement) {
    return judgement.reasons().stream()
        .map(reason -> Reason.valueOf(reason.name()))
        .toList();
  }
}
