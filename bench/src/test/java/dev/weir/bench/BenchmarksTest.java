package dev.weir.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Reason;
import dev.weir.model.bundle.RecordSheet;
import dev.weir.model.domain.RawRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A comparison is fair only if all give the same answer; and every benchmark runs. */
class BenchmarksTest {
  private static final String SHAPE = "2x8x3";
  private static Workload workload;

  @BeforeAll
  static void train() {
    workload = Workload.of(SHAPE);
  }

  /** An engine by name. */
  record Engine(String name, RowScorer scorer) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Engine> engines() {
    List<BoosterFile> boosters = workload.boosters();
    List<byte[]> merged = List.of(BoosterFile.merged(workload.files()));
    return Stream.of(
        new Engine("xgboost, members", new XgboostRows(workload.files(), false)),
        new Engine("xgboost, merged", new XgboostRows(merged, false)),
        new Engine("xgboost, in place", new XgboostRows(merged, true)),
        new Engine("onnx", new OnnxRows(OnnxModel.of(boosters))),
        new Engine("linked", new LinkedTrees(boosters)),
        new Engine("level order", new LevelOrderTrees(boosters, false)),
        new Engine("level order, in turn", new LevelOrderTrees(boosters, true)),
        new Engine("quick scorer", new QuickScorerTrees(boosters)));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void margin_anyEngine_isWeirs(Engine engine) {
    WeirTrees weir = workload.weir();
    try (RowScorer scorer = engine.scorer()) {
      for (float[] row : hostileRows()) {
        assertThat(scorer.margin(row)).isCloseTo(weir.margin(row), within(1e-5));
      }
    }
  }

  /** The workload's rows, and the same with every third value missing. */
  private static Iterable<float[]> hostileRows() {
    return Stream.of(workload.rows).limit(500).flatMap(row -> {
      float[] gaps = row.clone();
      for (int i = 0; i < gaps.length; i += 3) {
        gaps[i] = Float.NaN;
      }
      return Stream.of(row, gaps);
    })::iterator;
  }

  @Test
  void weirRecord_anyRecord_hasTheMarginOfItsRowAndOfItsContributions() {
    WeirTrees weir = workload.weir();
    RecordSheet sheet = workload.bundle.sheet();
    for (int i = 0; i < workload.rows.length; i++) {
      workload.bundle.read(workload.records.get(i), sheet);
      assertThat(sheet.score().margin()).isEqualTo(weir.marginAndContributions(workload.rows[i]));
      assertThat(weir.sum()).isCloseTo(sheet.score().margin(), within(1e-5));
    }
  }

  @Test
  void weirProbability_anyRecord_isTheBundles() {
    WeirProbability probability = new WeirProbability(workload.bundle);
    RecordSheet sheet = workload.bundle.sheet();
    for (RawRecord record : workload.records) {
      workload.bundle.read(record, sheet);
      assertThat(probability.of(record)).isEqualTo(sheet.score().pModel());
    }
  }

  @Test
  void contributions_ofXgboost_sumToWeirsMargin() {
    WeirTrees weir = workload.weir();
    try (XgboostRows xgboost = new XgboostRows(workload.files(), false)) {
      for (float[] row : List.of(workload.rows).subList(0, 20)) {
        assertThat(Arrays.stream(xgboost.contributions(row)).sum())
            .isCloseTo(weir.margin(row), within(1e-5));
      }
    }
  }

  @Test
  void sumOfMargins_fourRows_isTheSumOfEachAlone() {
    LevelOrderTrees trees = new LevelOrderTrees(workload.boosters(), false);
    float[][] rows = workload.rows;
    for (int i = 0; i + 4 <= 400; i += 4) {
      double expected = trees.margin(rows[i])
          + trees.margin(rows[i + 1])
          + trees.margin(rows[i + 2])
          + trees.margin(rows[i + 3]);
      assertThat(trees.sumOfMargins(rows[i], rows[i + 1], rows[i + 2], rows[i + 3]))
          .isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void capped_contributions_areClippedAndScaledToTheTopSum() {
    // Clipped to .6 each, then times 1 / 1.8: the margin keeps the last .4 and a third of 1 each.
    double[] contributions = {2, -1, 0.6};
    assertThat(AttributionComparison.capped(2, contributions))
        .isCloseTo(0.4 + (0.6 - 0.6 + 0.6) / 1.8, within(1e-12));
    assertThat(AttributionComparison.capped(2, new double[] {0.5, -0.1, 0.2})).isEqualTo(2);
  }

  @Test
  void attributionComparison_someRecords_countsThem() {
    AttributionComparison comparison = new AttributionComparison(workload.bundle);
    workload.records.subList(0, 5).forEach(comparison::add);
    assertThat(comparison).asString().startsWith("5 records: ");
  }

  @Test
  void scoreBenchmark_runs() {
    ScoreBenchmark benchmark = new ScoreBenchmark();
    benchmark.shape = SHAPE;
    benchmark.load();
    double probability = benchmark.weirRecord();
    assertThat(probability).isBetween(0.0, 1.0);
    assertThat(benchmark.weirProbability()).isBetween(0.0, 1.0);
    assertThat(benchmark.xgboostContributions()).isNotEmpty();
    assertThat(List.of(
            benchmark.weirTrees(),
            benchmark.xgboostMembers(),
            benchmark.xgboostMerged(),
            benchmark.xgboostInPlace(),
            benchmark.onnx()))
        .allSatisfy(margin -> assertThat(margin).isFinite());
    benchmark.close();
  }

  @Test
  void contributionBenchmark_runs() {
    ContributionBenchmark benchmark = new ContributionBenchmark();
    benchmark.shape = SHAPE;
    benchmark.load();
    assertThat(List.of(benchmark.margin(), benchmark.pathAttribution()))
        .allSatisfy(margin -> assertThat(margin).isFinite());
    assertThat(benchmark.treeShap()).isNotEmpty();
  }

  @Test
  void batchBenchmark_runs() {
    BatchBenchmark benchmark = new BatchBenchmark();
    benchmark.shape = SHAPE;
    benchmark.rows = 10;
    benchmark.load();
    assertThat(benchmark.records()).isBetween(0.0, 10.0);
  }

  @Test
  void layoutBenchmark_runs() {
    LayoutBenchmark benchmark = new LayoutBenchmark();
    benchmark.shape = SHAPE;
    benchmark.load();
    assertThat(List.of(
            benchmark.linked(),
            benchmark.levelOrder(),
            benchmark.levelOrderInTurn(),
            benchmark.levelOrderRowsInTurn(),
            benchmark.quickScorer(),
            benchmark.weir()))
        .allSatisfy(margin -> assertThat(margin).isFinite());
  }

  @ParameterizedTest
  @ValueSource(strings = {"LZ4", "ZSTD", "SNAPPY", "GZIP"})
  void compressBenchmark_anyCodec_readsAsMuchAsItWrote(String codec) throws IOException {
    CompressBenchmark benchmark = new CompressBenchmark();
    benchmark.shape = SHAPE;
    benchmark.codec = codec;
    benchmark.load();

    assertThat(benchmark.write().length).isLessThan(benchmark.read());
  }

  @Test
  void decideBenchmark_runs() {
    DecideBenchmark benchmark = new DecideBenchmark();
    benchmark.shape = SHAPE;
    benchmark.rows = 10;
    benchmark.load();
    assertThat(benchmark.decide().decisions()).hasSize(10);
  }

  @Test
  void encodeBenchmark_runs() throws IOException {
    EncodeBenchmark benchmark = new EncodeBenchmark();
    benchmark.shape = SHAPE;
    benchmark.load();
    assertThat(benchmark.direct().get(0).length).isBetween(700, 2_000);
    assertThat(benchmark.generatedWriter().remaining()).isPositive();
    assertThat(benchmark.generatedBuilder().remaining()).isPositive();
  }

  @Test
  void sealBenchmark_bothWays_giveTheSameSeal() {
    SealBenchmark bytes = new SealBenchmark();
    bytes.shape = SHAPE;
    bytes.load();
    SealBenchmark tree = new SealBenchmark();
    tree.shape = SHAPE;
    tree.load();
    assertThat(bytes.bytes().seals()).containsExactly(tree.tree());
  }

  /** A rule engine of the gate's suite, by name. */
  record Rules(String name, Function<GateBenchmark, List<Facts>> check) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Rules> rules() {
    return Stream.of(
        new Rules("hand-written", GateBenchmark::handWritten),
        new Rules("drools", GateBenchmark::drools),
        new Rules("cel", GateBenchmark::cel));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void findings_anyRuleEngine_areTheGates(Rules rules) throws Exception {
    for (int rows : new int[] {1, 100}) {
      GateBenchmark weir = gateBenchmark(rows);
      GateBenchmark other = gateBenchmark(rows);
      Set<Reason> seen = EnumSet.noneOf(Reason.class);
      for (int batch = 0; batch < 512 / rows; batch++) {
        List<Judgement> expected = weir.weir().judgements();
        List<Facts> found = rules.check().apply(other);
        for (int i = 0; i < rows; i++) {
          Set<Reason> findings = findings(expected.get(i));
          assertThat(found.get(i).findings()).isEqualTo(findings);
          seen.addAll(findings);
        }
      }
      assertThat(seen).as("a comparison of findings needs some").hasSizeGreaterThan(2);
      weir.close();
      other.close();
    }
  }

  private static GateBenchmark gateBenchmark(int rows) {
    GateBenchmark benchmark = new GateBenchmark();
    benchmark.shape = SHAPE;
    benchmark.rows = rows;
    benchmark.load();
    return benchmark;
  }

  private static Set<Reason> findings(Judgement judgement) {
    Set<Reason> findings = EnumSet.noneOf(Reason.class);
    findings.addAll(judgement.reasons());
    // Why a record passed, and rules 1 and 2, are not the engines' matter.
    findings.removeAll(EnumSet.of(Reason.CONSENSUS, Reason.NORMAL, Reason.CANARY_BLOCKED));
    return findings;
  }
}
