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
    assertThat(changed(STEADY, "true: 0.80", "true: 0.76").get(0))
        .hasToString("accept.true: 0.8 -> 0.76; loosens");
  }
}
