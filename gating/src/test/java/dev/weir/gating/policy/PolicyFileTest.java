package dev.weir.gating.policy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.gating.policy.Policy.Hold;
import dev.weir.gating.policy.Policy.Scope;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.document.InvalidDocument;
import dev.weir.model.document.Issue;
import dev.weir.model.flag.Flag;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Policy files: the three shipped ones value by value (gate.md §15), and every kind of mistake. Long because each mistake is
 * one change of the same shipped file.
 */
class PolicyFileTest {
  private static final DomainDefinition PASSENGER = DomainDefinition.shipped("passenger");
  private static final String HOTFIX = PolicyFile.shippedText("passenger/hotfix");
  private static final List<String> UNION = List.of(
      "cryo_allzero",
      "imputed_zero_all",
      "missing_context",
      "super_dominant",
      "multi_high_spend",
      "per_channel_outlier",
      "thin_slice");
  private static final Set<String> CANARIES =
      Set.of("0237_01", "0239_01", "0241_01", "0243_01", "0244_01", "0244_02");

  private static Policy shipped(String name) {
    return PolicyFile.read(name, PolicyFile.shippedText("passenger/" + name), PASSENGER)
        .policy();
  }

  private static InvalidDocument refused(String text) {
    InvalidDocument found = catchThrowableOfType(
        InvalidDocument.class, () -> PolicyFile.read("policy.yaml", text, PASSENGER));
    assertThat(found).as("refusal").isNotNull();
    return found;
  }

  private static List<String> wrong(String old, String changed) {
    assertThat(HOTFIX).contains(old);
    return refused(HOTFIX.replaceFirst(Pattern.quote(old), changed)).issues().stream()
        .map(Issue::message)
        .toList();
  }

  private static void assertSourceValues(Policy policy) {
    assertThat(policy.semantics()).isEqualTo(1);
    assertThat(policy.scope()).isEqualTo("passenger");
    assertThat(policy.accept()).isEqualTo(new Policy.Accept(0.80, 0.20, 0.60, 0));
    assertThat(policy.fragile())
        .isEqualTo(new Policy.Fragile(
            UNION, false, false, 10, new Limits(0.03, 0.99, 0.12, 0.80), Map.of()));
    assertThat(policy.thinSlice().recordsMin()).isEqualTo(60);
    assertThat(policy.caps())
        .isEqualTo(new Policy.Caps(Scope.FRAGILE, 0.60, 3, 1.0, 0.45, "multi_high_spend"));
    assertThat(policy.variance().kappa())
        .isEqualTo(Map.of(
            "cryo_allzero",
            1.90,
            "super_dominant",
            1.80,
            "multi_high_spend",
            1.80,
            "imputed_count",
            0.30,
            "missing_count",
            0.60));
    assertThat(policy.canaries()).isEqualTo(new Policy.Canaries(true, CANARIES));
    assertThat(policy.auditSample()).isEqualTo(new Policy.AuditSample(0, Map.of(), ""));
  }

  @Test
  void hotfix_everyValue_isTheSources() {
    assertSourceValues(shipped("hotfix"));
    assertThat(shipped("hotfix").variance().scope()).isEqualTo(Scope.FRAGILE);
    assertThat(shipped("hotfix").hold())
        .isEqualTo(new Hold(Hold.Mode.ABSOLUTE, 1, 0.05, 0, OptionalDouble.empty()));
  }

  @Test
  void steady_everyValue_isTheHotfixsButTwo() {
    assertSourceValues(shipped("steady"));
    assertThat(shipped("steady").variance().scope()).isEqualTo(Scope.ALL);
    assertThat(shipped("steady").hold())
        .isEqualTo(new Hold(Hold.Mode.ABSOLUTE, 11, 0.05, 0, OptionalDouble.empty()));
  }

  @Test
  void baseline_everyValue_isAsPrinted() {
    Policy found = shipped("baseline");
    assertThat(found.accept()).isEqualTo(new Policy.Accept(0.76, 0.24, 0.30, 0));
    assertThat(found.fragile().union())
        .startsWith(UNION.toArray(String[]::new))
        .endsWith("unknown_category")
        .hasSize(8);
    assertThat(found.fragile().unknownCounts()).isTrue();
    assertThat(found.fragile().consensusAlways()).isTrue();
    assertThat(found.fragile().smallBatch()).isEqualTo(10);
    assertThat(found.fragile().limits()).isEqualTo(new Limits(0.30, 0.75, 0.30, 0.50));
    assertThat(found.thinSlice().recordsMin()).isEqualTo(60);
    assertThat(found.caps())
        .isEqualTo(new Policy.Caps(Scope.FRAGILE, 2.5, 3, 5.0, 0.45, "multi_high_spend"));
    assertThat(found.variance())
        .isEqualTo(new Policy.Variance(Scope.ALL, Map.of("missing_count", 0.10)));
    assertThat(found.hold())
        .isEqualTo(new Hold(Hold.Mode.EXCESS, 11, 1, 1e-4, OptionalDouble.empty()));
    assertThat(found.canaries()).isEqualTo(new Policy.Canaries(true, CANARIES));
    assertThat(found.auditSample()).isEqualTo(new Policy.AuditSample(0.01, Map.of(), "demo"));
  }

  @Test
  void read_mistake_showsPlaceLineAndCaret() {
    assertThat(refused(HOTFIX.replace("{true: 0.80", "{true: 1.5"))).hasMessage("""
            ERROR: policy.yaml:5:16: accept.true 1.5 is outside [0, 1]
             | accept: {true: 1.5, false: 0.20, width: 0.60, confidence: 0}
             |                ^""");
  }

  @Test
  void read_severalMistakes_namesAllInTheOrderOfTheText() {
    InvalidDocument found = refused(HOTFIX
        .replace("semantics: 1", "semantics: 2")
        .replace("true: 0.80", "true: high")
        .replace("[cryo_allzero, ", "[cryo_all_zero, ")
        .replace("smallBatch: 10", "smallBatch: 1.5")
        .replace("top: 3", "topp: 3")
        .replace("mode: absolute", "mode: never")
        .replace("rate: 0", "rate: 2"));
    assertThat(found.issues())
        .extracting(issue -> issue.location().line())
        .isSorted()
        .contains(3, 5, 7, 10, 15, 19, 21);
  }

  @Test
  void read_undeclaredFlag_isNamedWhereverItIsUsed() {
    assertThat(wrong("[cryo_allzero, ", "[cryo, ")).hasSize(1);
    assertThat(wrong("slices: {}", "slices: {cryo: {width: 0.1}}")).hasSize(1);
    assertThat(wrong("kappa: {cryo_allzero", "kappa: {cryo")).hasSize(1);
    assertThat(wrong("betaHigh: 0.45", "betaHigh: 0.45, betaFlag: cryo")).hasSize(1);
    assertThat(wrong("{rate: 0, slices: {}", "{rate: 0, slices: {cryo: 0}")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "super_dominant, multi_high_spend, p | superdominant, multi_high_spend, p | super_dominant",
        "slices: {}                          | slices: {thin_slic: {width: 0.1}}  | thin_slice",
        "{cryo_allzero: 1.90                 | {missing_cont: 1.90                | missing_count",
      })
  void read_mistypedName_isNamedAtItsPlaceWithTheOneThatWasMeant(
      String old, String changed, String meant) {
    String text = HOTFIX.replaceFirst(Pattern.quote(old), changed);

    Issue found = refused(text).issues().get(0);

    String line = text.lines().toList().get(found.location().line() - 1);
    String typed = found.message().split("'", 3)[1];
    assertThat(found.message()).contains("; did you mean '" + meant + "'? known: [");
    assertThat(line.substring(found.location().column() - 1)).startsWith(typed);
  }

  @Test
  void read_outOfRange_isNamed() {
    assertThat(wrong("false: 0.20", "false: 0.81")).hasSize(1);
    assertThat(wrong("agreement: 0.99", "agreement: 99")).hasSize(1);
    assertThat(wrong("perSourceLogit: 0.60", "perSourceLogit: -1")).hasSize(1);
    assertThat(wrong("cryo_allzero: 1.90", "cryo_allzero: -0.1")).hasSize(1);
    assertThat(wrong("recordsMin: 1,", "recordsMin: 0,")).hasSize(1);
    assertThat(wrong("fraction: 0.05", "fraction: .nan")).isNotEmpty();
  }

  @Test
  void read_parameterOfTheOtherMode_isUnknown() {
    assertThat(wrong("mode: absolute", "mode: excess"))
        .singleElement()
        .asString()
        .contains("unknown key 'hold.fraction'");
  }

  @Test
  void read_canaryThatLooksLikeANumber_mustBeQuoted() {
    assertThat(wrong("\"0237_01\"", "0237_01")).singleElement().asString().contains("quote it");
  }

  @Test
  void bounds_include_theirEnds() {
    PromotionPolicy.Bounds bounds = new PromotionPolicy.Bounds(18, 65);

    assertThat(bounds.include(18) && bounds.include(65)).isTrue();
    assertThat(bounds.include(17.9) || bounds.include(65.1)).isFalse();
    assertThat(bounds.include(Double.NaN)).isFalse();
  }

  @Test
  void read_sampleWithoutKey_isNamed() {
    assertThat(wrong("{rate: 0,", "{rate: 0.1,")).hasSize(1);
    assertThat(wrong("{rate: 0, slices: {}", "{rate: 0, slices: {thin_slice: 0.1}"))
        .hasSize(1);
  }

  @Test
  void read_withoutFragileOrVariance_isRefused() {
    // Absent, they would make nobody fragile and widen nothing: looser than any policy says.
    assertThat(refused("semantics: 1\nscope: passenger\n").getMessage())
        .contains("'fragile' is missing")
        .contains("'variance' is missing");
  }

  @Test
  void read_ownFlags_canBeUsedInTheUnion() {
    String text = HOTFIX
        .replace("extraFlags: {}", "extraFlags: {vip: {equals: {field: VIP, value: true}}}")
        .replace("[cryo_allzero, ", "[vip, cryo_allzero, ");
    assertThat(PolicyFile.read("p", text, PASSENGER).policy().flags().index("vip"))
        .hasValue(9);
  }

  @Test
  void read_ownFlagNamedLikeTheDomains_isRefused() {
    assertThat(wrong("extraFlags: {}", "extraFlags: {cryo_allzero: {allMissing: channels}}"))
        .hasSize(1);
    assertThat(wrong("extraFlags: {}", "extraFlags: {thin_slice: {allMissing: channels}}"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "topp, top",
    "perSourceLogits, perSourceLogit",
    "BetaHigh, betaHigh",
  })
  void read_mistypedKey_isNamedWithTheOneThatWasMeant(String typed, String meant) {
    String old = HOTFIX.contains(meant + ":") ? meant : "top";
    assertThat(refused(HOTFIX.replace(" " + old + ":", " " + typed + ":")).getMessage())
        .contains("unknown key 'caps." + typed + "'; did you mean '" + meant + "'?");
  }

  @Test
  void read_unionOfMoreSlicesThanAMaskHolds_isRefused() {
    StringBuilder flags = new StringBuilder();
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 55; i++) {
      flags.append(i == 0 ? "" : ", ").append("own").append(i).append(": {allMissing: channels}");
      names.append("own").append(i).append(", ");
    }
    String all = PASSENGER.flags().flags().stream().map(Flag::name).collect(joining(", "));
    String text = HOTFIX.replace("extraFlags: {}", "extraFlags: {" + flags + "}");

    assertThat(refused(
                text.replaceFirst("union: \\[[^]]*]", "union: [thin_slice, " + names + all + "]"))
            .getMessage())
        .contains("65 slices, limit 64");
  }

  @Test
  void read_dampingThatNoFlagAsksFor_isNamed() {
    DomainDefinition payments = DomainDefinition.read("small.yaml", """
        domain: small
        format: 1
        fields:
          - {name: Id, kind: text, role: id}
          - {name: A, kind: number, role: channel}
        flags:
          zero: {zeroVector: channels}
        """);
    String text = """
        semantics: 1
        scope: small
        fragile:
          union: [zero]
          limits: {glmDifference: 1, agreement: 0, width: 1, confidence: 0}
        variance: {kappa: {}}
        caps: {scope: fragile, betaHigh: .45}
        """;

    assertThat(
            catchThrowableOfType(InvalidDocument.class, () -> PolicyFile.read("p", text, payments)))
        .hasMessageContaining("multi_high_spend");
    assertThat(PolicyFile.read("p", text.replace(", betaHigh: .45", ""), payments)
            .policy()
            .scope())
        .isEqualTo("small");
  }

  @Test
  void read_keyLikeNoOther_suggestsNothing() {
    assertThat(wrong("top: 3", "xyz: 3"))
        .singleElement()
        .asString()
        .contains("unknown key 'caps.xyz'; known here")
        .doesNotContain("did you mean");
  }

  @Test
  void read_boundsThatMeet_areAllowed() {
    Policy found = PolicyFile.read(
            "p",
            HOTFIX.replace("true: 0.80, false: 0.20", "true: 0.5, false: 0.5")
                + PROMOTION
                    .replace("min: 18, max: 65", "min: 18, max: 18")
                    .replace("min: 1, max: 5", "min: 5, max: 5"),
            PASSENGER)
        .policy();

    assertThat(found.accept().ifTrue()).isEqualTo(found.accept().ifFalse());
    assertThat(found.promotion().orElseThrow().flips().min()).isEqualTo(5);
  }

  @Test
  void read_flagOfWhatIsAcceptedAsFalse_isRefused() {
    String flagged = "flagged: {gates";
    assertThat(refused(HOTFIX + PROMOTION.replace(flagged, "flagged: {probability: 0.20, gates"))
            .issues())
        .singleElement()
        .asString()
        .contains("promotion.flagged.probability 0.2 must be above accept.false 0.2");
  }

  @Test
  void read_gateOnACategory_isRefused() {
    assertThat(refused(HOTFIX + PROMOTION.replace("Spa:", "HomePlanet:")).issues())
        .singleElement()
        .asString()
        .contains("'HomePlanet' is not a number field of this domain");
  }

  @Test
  void read_drift_hasItsValuesOrTheStartValues() {
    String given = "fraction: 0.05, drift: {falseAlarms: 0.01, recordsMin: 30}}";
    assertThat(hold(given).drift()).contains(new Policy.Drift(0.01, 30));
    assertThat(hold("fraction: 0.05, drift: {}}").drift()).contains(new Policy.Drift(0.005, 25));
    assertThat(hold("fraction: 0.05}").drift()).isEmpty();
  }

  private static Policy.Hold hold(String rest) {
    return PolicyFile.read("p", HOTFIX.replace("fraction: 0.05}", rest), PASSENGER)
        .policy()
        .hold();
  }

  @Test
  void shippedText_otherName_isRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> PolicyFile.shippedText("passenger/best"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no policy 'passenger/best' comes with Weir")
        .hasMessageContaining("passenger/baseline");
  }

  @Test
  void schemaText_isTheSchemasOfThisVersion() {
    assertThat(PolicyFile.schemaText()).contains("\"$id\": \"urn:weir:policy:1\"");
  }

  private static final String PROMOTION = """
      promotion:
        flagged: {gates: {Age: {min: 18}}}
        candidates: {probability: 0.8, gates: {Age: {min: 18, max: 65}, Spa: {max: 1000}}}
        flips: {share: 0.2, min: 1, max: 5, shareMin: 0.01}
        slow: {flips: 3, ratio: 0.1, windowHours: 336}
      """;

  @Test
  void read_promotion_hasEveryValue() {
    PromotionPolicy found =
        PolicyFile.read("p", HOTFIX + PROMOTION, PASSENGER).policy().promotion().orElseThrow();
    double all = Double.POSITIVE_INFINITY;
    assertThat(found)
        .isEqualTo(new PromotionPolicy(
            new PromotionPolicy.Stage(0.75, Map.of("Age", new PromotionPolicy.Bounds(18, all))),
            new PromotionPolicy.Stage(
                0.8,
                Map.of(
                    "Age",
                    new PromotionPolicy.Bounds(18, 65),
                    "Spa",
                    new PromotionPolicy.Bounds(-all, 1000))),
            new PromotionPolicy.Flips(0.2, 1, 5, 0.01, 23),
            new PromotionPolicy.SlowCaps(3, 0.1, 336)));
  }

  @Test
  void read_wrongPromotion_namesEveryMistake() {
    String wrong = PROMOTION
        .replace(
            "flagged: {gates: {Age: {min: 18}}}",
            "flagged: {probability: 0.1, gates: {Cabin: {min: 1}}}")
        .replace("{min: 18, max: 65}", "{min: 70, max: 65}")
        .replace("Spa: {max: 1000}", "Spa: {}")
        .replace("min: 1, max: 5", "min: 9, max: 5")
        .replace("ratio: 0.1", "ratio: 1.1");
    assertThat(refused(HOTFIX + wrong).issues())
        .extracting(Issue::message)
        .hasSize(6)
        .anyMatch(message -> message.contains("'Cabin' is not a number field"))
        .anyMatch(message -> message.contains("must be above accept.false 0.2"))
        .anyMatch(message -> message.contains("min 70.0 is above max 65.0"))
        .anyMatch(message -> message.contains("a gate needs min, max or both"))
        .anyMatch(message -> message.contains("promotion.flips.min 9 is above"))
        .anyMatch(message -> message.contains("promotion.slow.ratio 1.1 is outside [0, 1]"));
  }

  @Test
  void fingerprint_orderAndSpacing_doNotMatter() {
    String other =
        HOTFIX.replace("thinSlice: {recordsMin: 60}\n", "") + "thinSlice:\n  recordsMin:   60.0\n";
    assertThat(PolicyFile.read("p", other, PASSENGER).fingerprint())
        .isEqualTo(PolicyFile.read("p", HOTFIX, PASSENGER).fingerprint());
  }
}
