package dev.weir.gating.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.policy.PolicyChange.Effect;
import dev.weir.model.definition.DomainDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDiffTest {
  private static final DomainDefinition PASSENGER = DomainDefinition.shipped("passenger");
  private static final String STEADY = PolicyFile.shippedText("passenger/steady");
  private static final String BASELINE = PolicyFile.shippedText("passenger/baseline");

  private static List<PolicyChange> diff(String before, String after) {
    return PolicyDiff.between(
        PolicyFile.read("a", before, PASSENGER), PolicyFile.read("b", after, PASSENGER));
  }

  private static List<PolicyChange> changed(String policy, String old, String replacement) {
    assertThat(policy).contains(old);
    return diff(policy, policy.replace(old, replacement));
  }

  @Test
  void between_samePolicyInOtherWords_isEmpty() {
    assertThat(changed(STEADY, "extraFlags: {}", "extraFlags: {}  # none")).isEmpty();
    assertThat(changed(STEADY, "thinSlice: {recordsMin: 60}", "")).isEmpty();
  }

  @Test
  void between_hotfixAndSteady_areTheTwoThatTheSourceNames() {
    assertThat(diff(PolicyFile.shippedText("passenger/hotfix"), STEADY))
        .containsExactly(
            new PolicyChange("variance.scope", "fragile", "all", Effect.TIGHTENS),
            new PolicyChange("hold.recordsMin", "1", "11", Effect.LOOSENS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accept: {true: 0.80 | accept: {true: 0.81 | accept.true | TIGHTENS",
        "accept: {true: 0.80 | accept: {true: 0.79 | accept.true | LOOSENS",
        "false: 0.20 | false: 0.19 | accept.false | TIGHTENS",
        "width: 0.60 | width: 0.61 | accept.width | LOOSENS",
        ", confidence: 0} | , confidence: 0.1} | accept.confidence | TIGHTENS",
        "[cryo_allzero,  | [unknown_category, cryo_allzero,  | fragile.union | TIGHTENS",
        "[cryo_allzero,  | [ | fragile.union | LOOSENS",
        "count_as_false | count_as_true | fragile.unknownFlags | TIGHTENS",
        "consensus: small_batch | consensus: always | fragile.consensus | TIGHTENS",
        "smallBatch: 10 | smallBatch: 9 | fragile.smallBatch | LOOSENS",
        "glmDifference: 0.03 | glmDifference: 0.02 | fragile.limits.glmDifference | TIGHTENS",
        "agreement: 0.99 | agreement: 0.9 | fragile.limits.agreement | LOOSENS",
        "slices: {}\\n | slices: {thin_slice: {width: 0.1}}\\n | fragile.slices.thin_slice.width | TIGHTENS",
        "recordsMin: 60 | recordsMin: 61 | thinSlice.recordsMin | TIGHTENS",
        "caps: {scope: fragile | caps: {scope: none | caps.scope | LOOSENS",
        "perSourceLogit: 0.60 | perSourceLogit: 0.50 | caps.perSourceLogit | EITHER",
        "betaHigh: 0.45 | betaHigh: 0.40 | caps.betaHigh | EITHER",
        "missing_count: 0.60 | missing_count: 0.61 | variance.kappa.missing_count | TIGHTENS",
        "kappa: { | kappa: {thin_slice: 0.1,  | variance.kappa.thin_slice | TIGHTENS",
        "fraction: 0.05 | fraction: 0.06 | hold.fraction | LOOSENS",
        "mode: absolute, recordsMin: 11, fraction: 0.05 | mode: excess, recordsMin: 11 | hold.mode | EITHER",
        "block: true | block: false | canaries.block | LOOSENS",
        "\"0237_01\",  | | canaries.ids | LOOSENS",
        "rate: 0, slices: {}, key: null | rate: 0.1, slices: {}, key: k | auditSample.rate | NEITHER",
        "extraFlags: {} | extraFlags: {vip: {allMissing: channels}} | fragile.extraFlags.vip | NEITHER",
      })
  void between_oneChange_saysWhichWay(String old, String replacement, String key, Effect effect) {
    String from = old.replace("\\n", "\n");
    String to = replacement == null ? "" : replacement.replace("\\n", "\n");
    assertThat(changed(STEADY, from, to))
        .filteredOn(change -> change.key().equals(key))
        .extracting(PolicyChange::effect)
        .containsExactly(effect);
  }

  @Test
  void between_unionUnderExcess_mayGoEitherWay() {
    assertThat(changed(BASELINE, ", unknown_category]", "]"))
        .containsExactly(
            new PolicyChange("fragile.union", "unknown_category", "(none)", Effect.EITHER));
    assertThat(changed(
            BASELINE.replace("alpha: 0.0001", "alpha: 0.0001, referenceRate: 0.5"),
            ", unknown_category]",
            "]"))
        .extracting(PolicyChange::effect)
        .containsExactly(Effect.LOOSENS);
  }

  @Test
  void between_excess_saysWhichWayItsNumbersMove() {
    assertThat(changed(BASELINE, "alpha: 0.0001", "alpha: 0.001"))
        .containsExactly(new PolicyChange("hold.alpha", "0.0001", "0.001", Effect.TIGHTENS));
    assertThat(changed(BASELINE, "alpha: 0.0001", "alpha: 0.0001, referenceRate: 0.5"))
        .containsExactly(new PolicyChange("hold.referenceRate", "(none)", "0.5", Effect.EITHER));
    String given = BASELINE.replace("alpha: 0.0001", "alpha: 0.0001, referenceRate: 0.5");
    assertThat(changed(given, "referenceRate: 0.5", "referenceRate: 0.6"))
        .containsExactly(new PolicyChange("hold.referenceRate", "0.5", "0.6", Effect.LOOSENS));
    assertThat(changed(given, "recordsMin: 11", "recordsMin: 10"))
        .containsExactly(new PolicyChange("hold.recordsMin", "11", "10", Effect.TIGHTENS));
  }

  @Test
  void between_absoluteAndExcess_areNamedByTheModeAndTheRate() {
    assertThat(changed(
            STEADY,
            "mode: absolute, recordsMin: 11, fraction: 0.05",
            "mode: excess, recordsMin: 11, alpha: 0.0001, referenceRate: 0.5"))
        .containsExactly(
            new PolicyChange("hold.mode", "absolute", "excess", Effect.EITHER),
            new PolicyChange("hold.referenceRate", "(none)", "0.5", Effect.EITHER));
    assertThat(changed(STEADY, "fraction: 0.05", "fraction: 0.05, referenceRate: 0.5"))
        .containsExactly(new PolicyChange("hold.referenceRate", "(none)", "0.5", Effect.NEITHER));
  }

  @Test
  void between_canaries_blockOnEitherSide() {
    String unblocked = STEADY.replace("block: true", "block: false");
    String fewer = STEADY.replace("\"0237_01\", ", "");

    assertThat(diff(unblocked, fewer))
        .containsExactly(
            new PolicyChange("canaries.block", "false", "true", Effect.TIGHTENS),
            new PolicyChange("canaries.ids", "0237_01", "(none)", Effect.LOOSENS));
    assertThat(diff(fewer, unblocked))
        .containsExactly(
            new PolicyChange("canaries.block", "true", "false", Effect.LOOSENS),
            new PolicyChange("canaries.ids", "(none)", "0237_01", Effect.TIGHTENS));
  }

  @Test
  void between_unknownFlagsAndLimits_areNamedAsWritten() {
    assertThat(changed(STEADY, "count_as_false", "count_as_true"))
        .containsExactly(new PolicyChange(
            "fragile.unknownFlags", "count_as_false", "count_as_true", Effect.TIGHTENS));
    assertThat(changed(STEADY, "confidence: 0.80}", "confidence: 0.70}"))
        .containsExactly(
            new PolicyChange("fragile.limits.confidence", "0.8", "0.7", Effect.LOOSENS));
    assertThat(changed(STEADY, "width: 0.12", "width: 0.11"))
        .containsExactly(new PolicyChange("fragile.limits.width", "0.12", "0.11", Effect.TIGHTENS));
  }

  @Test
  void between_ownFlagTakenAway_movesNothingByItself() {
    String own = STEADY.replace("extraFlags: {}", "extraFlags: {vip: {allMissing: channels}}");

    assertThat(diff(own, STEADY))
        .containsExactly(new PolicyChange(
            "fragile.extraFlags.vip", "{\"allMissing\":\"channels\"}", "(none)", Effect.NEITHER));
  }

  @Test
  void between_drift_saysWhichWayItMoves() {
    String drift = STEADY.replace(
        "fraction: 0.05}", "fraction: 0.05, drift: {falseAlarms: 0.005, recordsMin: 25}}");

    assertThat(diff(STEADY, drift))
        .containsExactly(
            new PolicyChange("hold.drift", "(none)", "0.005 from 25 records", Effect.TIGHTENS));
    assertThat(diff(drift, STEADY))
        .containsExactly(
            new PolicyChange("hold.drift", "0.005 from 25 records", "(none)", Effect.LOOSENS));
    assertThat(changed(drift, "falseAlarms: 0.005", "falseAlarms: 0.01"))
        .containsExactly(
            new PolicyChange("hold.drift.falseAlarms", "0.005", "0.01", Effect.TIGHTENS));
    assertThat(changed(drift, "recordsMin: 25", "recordsMin: 26"))
        .containsExactly(new PolicyChange("hold.drift.recordsMin", "25", "26", Effect.LOOSENS));
    assertThat(changed(drift, "fraction: 0.05", "fraction: 0.06"))
        .extracting(PolicyChange::key)
        .containsExactly("hold.fraction");
  }

  @Test
  void between_auditSample_movesNoRoute() {
    String sampled = STEADY.replace(
        "rate: 0, slices: {}, key: null", "rate: 0.1, slices: {thin_slice: 0.2}, key: k");

    assertThat(diff(STEADY, sampled))
        .containsExactly(
            new PolicyChange("auditSample.rate", "0", "0.1", Effect.NEITHER),
            new PolicyChange("auditSample.slices.thin_slice", "0", "0.2", Effect.NEITHER),
            new PolicyChange("auditSample.key", "", "k", Effect.NEITHER));
    assertThat(changed(STEADY, "block: true, ids: [", "block: false, ids: ["))
        .containsExactly(new PolicyChange("canaries.block", "true", "false", Effect.LOOSENS));
    String unblocked = STEADY.replace("block: true", "block: false");
    assertThat(changed(unblocked, "\"0237_01\", ", ""))
        .containsExactly(new PolicyChange("canaries.ids", "0237_01", "(none)", Effect.NEITHER));
  }

  @Test
  void between_promotion_namesEachValueThatChanges() {
    String promoting = STEADY + """
        promotion:
          flagged: {probability: 0.75, gates: {Age: {min: 18}}}
          candidates: {probability: 0.8, gates: {Spa: {max: 1000}}}
          flips: {share: 0.2, min: 1, max: 5, shareMin: 0.01, prediction: 23}
          slow: {flips: 3, ratio: 0.1, windowHours: 336}
        """;
    String other = STEADY + """
        promotion:
          flagged: {probability: 0.76, gates: {Age: {min: 18, max: 65}}}
          candidates: {probability: 0.81}
          flips: {share: 0.3, min: 2, max: 6, shareMin: 0.02, prediction: 22}
          slow: {flips: 4, ratio: 0.2, windowHours: 337}
        """;

    assertThat(diff(STEADY, promoting))
        .containsExactly(new PolicyChange("promotion", "(none)", "given", Effect.TIGHTENS));
    assertThat(diff(promoting, STEADY))
        .containsExactly(new PolicyChange("promotion", "given", "(none)", Effect.LOOSENS));
    assertThat(diff(promoting, other))
        .containsExactly(
            either("flagged.probability", "0.75", "0.76"),
            either("flagged.gates.Age", "at least 18", "18 to 65"),
            either("candidates.probability", "0.8", "0.81"),
            either("candidates.gates.Spa", "at most 1000", "(none)"),
            either("flips.share", "0.2", "0.3"),
            either("flips.min", "1", "2"),
            either("flips.max", "5", "6"),
            either("flips.shareMin", "0.01", "0.02"),
            new PolicyChange("promotion.flips.prediction", "23", "22", Effect.NEITHER),
            either("slow.flips", "3", "4"),
            either("slow.ratio", "0.1", "0.2"),
            either("slow.windowHours", "336", "337"));
  }

  private static PolicyChange either(String key, String before, String after) {
    return new PolicyChange("promotion." + key, before, after, Effect.EITHER);
  }

  @Test
  void between_scopeAndCaps_mayGoEitherWay() {
    assertThat(changed(STEADY, "scope: passenger", "scope: people"))
        .containsExactly(new PolicyChange("scope", "passenger", "people", Effect.EITHER));
    assertThat(changed(STEADY, "top: 3, topSumLogit: 1.0", "top: 4, topSumLogit: 1.1"))
        .containsExactly(
            new PolicyChange("caps.top", "3", "4", Effect.EITHER),
            new PolicyChange("caps.topSumLogit", "1", "1.1", Effect.EITHER));
    assertThat(changed(STEADY, "betaHigh: 0.45", "betaHigh: 0.45, betaFlag: super_dominant"))
        .containsExactly(
            new PolicyChange("caps.betaFlag", "multi_high_spend", "super_dominant", Effect.EITHER));
  }

  @Test
  void between_ownFlagRedefined_mayGoEitherWay() {
    String own = STEADY.replace("extraFlags: {}", "extraFlags: {vip: {allMissing: channels}}");
    assertThat(changed(own, "{allMissing: channels}", "{anyMissing: channels}"))
        .containsExactly(new PolicyChange(
            "fragile.extraFlags.vip",
            "{\"allMissing\":\"channels\"}",
            "{\"anyMissing\":\"channels\"}",
            Effect.EITHER));
  }

  @Test
  void toString_anyChange_isASentence() {
    assertThat(new PolicyChange("k", "a", "b", Effect.LOOSENS)).hasToString("k: a -> b; loosens");
    assertThat(new PolicyChange("k", "a", "b", Effect.TIGHTENS)).hasToString("k: a -> b; tightens");
    assertThat(new PolicyChange("k", "a", "b", Effect.NEITHER))
        .hasToString("k: a -> b; moves no route");
    assertThat(new PolicyChange("k", "a", "b", Effect.EITHER))
        .hasToString("k: a -> b; may tighten or loosen");
  }
}
