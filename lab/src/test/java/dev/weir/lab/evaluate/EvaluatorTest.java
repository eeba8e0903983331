package dev.weir.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.lab.corrupt.CorruptionSuite;
import dev.weir.lab.corrupt.Family;
import dev.weir.lab.train.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an evaluation says of a gate, on synthetic passengers in two folds. */
class EvaluatorTest {
  private static final Evaluator.Settings SETTINGS = new Evaluator.Settings(25, 5, List.of(100), 2);

  private static final Evaluator.Settings WITHOUT_INCIDENTS =
      new Evaluator.Settings(25, 5, List.of(), 2);

  private static Evaluation baseline;

  @BeforeAll
  static void evaluate() {
    baseline = evaluation(Folded.baseline(), SETTINGS);
  }

  private static Evaluation evaluation(PolicyFile policy, Evaluator.Settings settings) {
    return new Evaluator(settings, IncidentLog.none(), Progress.silent())
        .evaluate(
            Folded.arms(),
            policy,
            CorruptionSuite.of(Folded.PASSENGER),
            new Evaluator.Names(
                Folded.arms().get(0).bundle().fingerprint(), "a policy", "world.csv", 2));
  }

  @Test
  void evaluate_everyRow_isJudgedOnceByAModelThatDidNotSeeIt() {
    assertThat(baseline.judged().size()).isEqualTo(Folded.records().size());
    for (Arm arm : Folded.arms()) {
      assertThat(arm.rows().stream().map(r -> r.group()).collect(Collectors.toSet()))
          .doesNotContainAnyElementsOf(
              arm.fitted().stream().map(r -> r.group()).collect(Collectors.toSet()));
    }
  }

  @Test
  void evaluate_plainThreshold_isExactlyAsGoodAsPlainConfidence() {
    Evaluation evaluation = evaluation(
        Folded.plain("{mode: excess, recordsMin: 11, alpha: 0.0001}"), WITHOUT_INCIDENTS);

    assertThat(evaluation.comparison().gateError())
        .isCloseTo(evaluation.comparison().plainError(), within(1e-12));
    assertThat(evaluation.comparison().accuracy().value()).isCloseTo(0, within(1e-12));
    assertThat(evaluation.isWorse()).isFalse();
    assertThat(evaluation.corruptions().incidents()).isEmpty();
  }

  @Test
  void evaluate_gateThatAcceptsTheUnsure_isWorseAndSaysSo() {
    // Whoever shares no slice is refused, so that the sure are left out and the unsure kept.
    PolicyFile faithless = Folded.policy("""
        semantics: 1
        scope: passenger
        accept: {true: 0.5, false: 0.5, width: 1, confidence: 0}
        fragile:
          union: [zero_spend_vector]
          unknownFlags: count_as_true
          consensus: always
          limits: {glmDifference: 0, agreement: 1, width: 0, confidence: 1}
        caps: {scope: none, perSourceLogit: 1, top: 1, topSumLogit: 1}
        variance: {scope: all, kappa: {}}
        hold: {mode: excess, recordsMin: 11, alpha: 0.0001}
        """);
    Evaluation evaluation = evaluation(faithless, WITHOUT_INCIDENTS);

    assertThat(evaluation.isWorse()).isTrue();
    assertThat(EvaluationText.of(evaluation))
        .anySatisfy(line -> assertThat(line).contains("WORSE than plain confidence"));
  }

  @Test
  void evaluate_sameSeed_givesTheSameFigures() {
    assertThat(EvaluationJson.of(evaluation(Folded.baseline(), WITHOUT_INCIDENTS)))
        .isEqualTo(EvaluationJson.of(evaluation(Folded.baseline(), WITHOUT_INCIDENTS)));
  }

  @Test
  void holds_anyBatchSize_shareOutEveryRecord() {
    assertThat(baseline.holds())
        .extracting(Evaluation.HoldRow::batching)
        .containsExactly("1", "10", "25", "100", "group");
    assertThat(baseline.holds())
        .allSatisfy(row -> assertThat(row.coverage() + row.audited() + row.heldRecords())
            .isCloseTo(1, within(1e-9)));
  }

  @Test
  void incidents_suite_hasTwelveFamiliesInThreeStrengths() {
    List<Incident> incidents = baseline.corruptions().incidents();

    assertThat(incidents.stream().map(Incident::family).distinct())
        .containsExactlyElementsOf(
            Arrays.stream(Family.values()).map(Family::label).toList());
    assertThat(incidents.stream().map(Incident::strength).distinct())
        .containsExactly("light", "medium", "heavy");
  }

  @Test
  void incidents_sharesOfCauses_addUpToOne() {
    assertThat(baseline.corruptions().incidents())
        .filteredOn(incident -> !incident.caughtBy().isEmpty())
        .isNotEmpty()
        .allSatisfy(incident -> assertThat(
                incident.caughtBy().values().stream().mapToDouble(d -> d).sum())
            .isCloseTo(1, within(1e-9)));
  }

  @Test
  void incidents_cabinGoneForAll_areHeldByBaseline() {
    Incident cabin = baseline.corruptions().incidents().stream()
        .filter(
            i -> i.corruption().equals("field_missing:Cabin") && i.strength().equals("heavy"))
        .findFirst()
        .orElseThrow();

    assertThat(cabin.heldShare()).isGreaterThan(0.9);
    assertThat(cabin.caughtBy()).containsKey("HOLD");
    assertThat(cabin.raised()).containsKey("missing_context");
    assertThat(cabin.hit()).isLessThan(cabin.received());
  }

  @Test
  void slices_declared_haveAVerdictAndACost() {
    assertThat(baseline.slices())
        .extracting(row -> row.audit().name())
        .contains("cryo_allzero", "missing_context", "thin_slice");
    assertThat(baseline.slices())
        .filteredOn(row -> row.audit().name().equals("all_spend_nan"))
        .allSatisfy(row -> assertThat(row.isFragile()).isFalse());
  }

  @Test
  void agreement_bothModels_coverEveryRow() {
    for (String model : List.of("fallback", "members")) {
      assertThat(baseline.agreement().stream()
              .filter(row -> row.model().equals(model))
              .mapToInt(Evaluation.AgreementRow::rows)
              .sum())
          .isEqualTo(baseline.judged().size());
    }
  }

  @Test
  void text_anyEvaluation_fitsAScreen() {
    assertThat(EvaluationText.of(baseline))
        .hasSizeLessThan(60)
        .allSatisfy(line -> assertThat(line.length()).isLessThan(125));
  }

  @Test
  void json_anyEvaluation_hasNoFigureThatIsNotANumber() {
    assertThat(leaves(EvaluationJson.of(baseline)))
        .filteredOn(JsonNode::isDouble)
        .allMatch(leaf -> Double.isFinite(leaf.doubleValue()));
    assertThat(EvaluationJson.of(baseline).path("origin").path("bundle").textValue())
        .hasSize(64);
  }

  private static List<JsonNode> leaves(JsonNode json) {
    if (!json.isContainerNode()) {
      return List.of(json);
    }
    return IntStream.range(0, 1)
        .boxed()
        .flatMap(i -> java.util.stream.StreamSupport.stream(json.spliterator(), false))
        .flatMap(child -> leaves(child).stream())
        .toList();
  }

  @Test
  void slack_anyDecision_isNotNegativeWhereTheRecordPasses() {
    CleanRun run = CleanRun.of(
        Folded.arms().stream().map(arm -> Contestant.of(arm, Folded.baseline())).toList(),
        new Batching(25),
        2);
    for (int arm = 0; arm < 2; arm++) {
      Passage passage = run.passages().get(arm);
      for (int row = 0; row < passage.size(); row++) {
        double slack = run.slack(arm).of(passage.decisions().get(row).orElseThrow());
        assertThat(slack >= 0).isEqualTo(passage.isSound(row));
        assertThat(slack).isBetween(-1.0, 1.0);
      }
    }
  }

  @Test
  void bootstrap_groupsOfWrongRowsOnOneSide_seesTheDifference() {
    // 100 groups of two; by slack the wrong ones come last, by confidence first.
    int n = 200;
    boolean[] wrong = new boolean[n];
    boolean[] accepted = new boolean[n];
    double[] slack = new double[n];
    double[] confidence = new double[n];
    int[] group = new int[n];
    for (int i = 0; i < n; i++) {
      group[i] = i / 2;
      wrong[i] = group[i] % 4 == 0;
      accepted[i] = !wrong[i];
      slack[i] = wrong[i] ? 0 : 1;
      confidence[i] = wrong[i] ? 1 : 0;
    }
    PairedBootstrap.Differences differences =
        new PairedBootstrap(wrong, accepted, slack, confidence, group).differences(200, 1);

    // The gate accepts 150 rows without an error; of the 150 most confident 50 are wrong.
    assertThat(differences.accuracy().value()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(differences.accuracy().lower()).isBetween(0.15, 1 / 3.0);
    assertThat(differences.area().upper()).isNegative();
  }

  @Test
  void folds_secondTime_areKeptAndNotTrained() {
    List<String> stages = new java.util.ArrayList<>();
    List<Arm> again = new FoldBundles(
            Folded.cache(),
            Folded.PASSENGER,
            Folded.SMALL,
            (stage, done, total) -> stages.add(stage))
        .arms(Folded.records(), 2);

    assertThat(stages).containsExactly("fold 1 of 2, kept", "fold 2 of 2, kept");
    assertThat(again)
        .extracting(arm -> arm.bundle().fingerprint())
        .containsExactlyElementsOf(
            Folded.arms().stream().map(arm -> arm.bundle().fingerprint()).toList());
    assertThat(again.get(0).choosing().orElseThrow().p())
        .isEqualTo(Folded.arms().get(0).choosing().orElseThrow().p());
  }

  @Test
  void choosing_accuracyThatIsReached_givesTheLeastConfidence() {
    Choosing rows = new Choosing(
        new double[] {0.99, 0.97, 0.05, 0.80, 0.30, 0.60},
        new boolean[] {true, true, false, false, false, true});

    // By confidence .99 .97 .95 right, .80 wrong, .70 right, .60 right: 4 of 5 and 5 of 6 are
    // right.
    assertThat(rows.confidenceFor(0.80, 0.5)).isEqualTo(0.60);
    assertThat(rows.confidenceFor(0.84, 0.5)).isEqualTo(0.95);
  }
}
