package dev.weir.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.model.numeric.Split;
import dev.weir.model.reference.Coding;
import dev.weir.model.reference.DriftStatistics;
import dev.weir.model.reference.DriftTable;
import dev.weir.model.reference.DriftTally;
import dev.weir.model.reference.Frequencies;
import dev.weir.model.reference.PairCounts;
import dev.weir.model.reference.Surprise;
import dev.weir.model.reference.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is learnt from rows that a person can follow. */
class ChecksTest {
  private static final DomainDefinition DEFINITION = DomainDefinition.read("small.yaml", """
      domain: small
      format: 1
      fields:
        - {name: Id, kind: text, role: id}
        - {name: Planet, kind: category}
        - {name: Asleep, kind: boolean}
        - {name: Vip, kind: boolean}
        - {name: Age, kind: number}
      flags: {}
      """);
  private static final Vocabulary VOCABULARY =
      new Vocabulary(List.of(List.of(), List.of("Earth", "Mars"), List.of(), List.of(), List.of()));
  private static final int PLANET = 1;
  private static final int ASLEEP = 2;
  private static final int VIP = 3;
  private static final int ROWS = 2_000;

  /** Everybody of Mars sleeps, and nobody of Earth; VIPs and ages are anywhere; nothing is missing. */
  private static List<RawRecord> rows() {
    SplittableRandom random = new SplittableRandom(1);
    return IntStream.range(0, ROWS)
        .mapToObj(i -> {
          boolean mars = random.nextBoolean();
          return row(i, mars, mars, random.nextInt(4) == 0, 100 * random.nextDouble());
        })
        .toList();
  }

  /** Families of eight, alike in everything, which has nothing to do with anything else. */
  private static List<RawRecord> families() {
    SplittableRandom random = new SplittableRandom(2);
    return IntStream.range(0, ROWS / 8)
        .boxed()
        .flatMap(family -> {
          boolean mars = random.nextBoolean();
          boolean asleep = random.nextBoolean();
          double age = 100 * random.nextDouble();
          return IntStream.range(0, 8)
              .mapToObj(member -> row(8 * family + member, mars, asleep, false, age));
        })
        .toList();
  }

  private static RawRecord row(int i, boolean mars, boolean asleep, boolean vip, double age) {
    Map<String, Object> values = Map.of(
        "Id", "r" + i, "Planet", mars ? "Mars" : "Earth", "Asleep", asleep, "Vip", vip, "Age", age);
    return (RawRecord) new RecordParser(DEFINITION.domain()).typed(values::get, List.of());
  }

  private static SurpriseFit fit(List<RawRecord> rows, int rowsOfGroup) {
    Coding coding = Coding.learn(DEFINITION.domain(), VOCABULARY, rows);
    int[][] codes = new int[rows.size()][coding.attributes()];
    for (int i = 0; i < codes.length; i++) {
      coding.code(rows.get(i), rows.get(i).observed(), codes[i]);
    }
    int[] groupOfRow = IntStream.range(0, ROWS).map(i -> i / rowsOfGroup).toArray();
    return SurpriseFit.of(
        coding,
        codes,
        groupOfRow,
        Split.of(IntStream.of(groupOfRow).map(group -> group % 5).toArray()));
  }

  private static double surprise(Surprise of, int attribute, int planet, int asleep, int vip) {
    return of.of(attribute, new int[] {Coding.NONE, planet, asleep, vip, 3});
  }

  @Test
  void surprise_whatAlwaysGoesTogether_isExpectedAndTheRestIsNot() {
    Surprise learnt = fit(rows(), 1).all();

    assertThat(surprise(learnt, ASLEEP, 1, 1, 0)).isLessThan(0.01);
    assertThat(surprise(learnt, ASLEEP, 0, 1, 0)).isGreaterThan(5);
    assertThat(surprise(learnt, PLANET, 0, 1, 0)).isGreaterThan(5);
  }

  @Test
  void surprise_whatDependsOnNothing_isItsShare() {
    Surprise learnt = fit(rows(), 1).all();

    assertThat(learnt.trees().get(VIP).orElseThrow().attribute()).hasSize(1);
    assertThat(surprise(learnt, VIP, 0, 0, 1)).isCloseTo(-Math.log(0.25), within(0.1));
  }

  /* Counted one by one, 8 members of some 20 families to each tenth of the ages agree more than chance would have it. */
  @Test
  void surprise_whatOnlyFamiliesShare_isNotLearnt() {
    Surprise learnt = fit(families(), 8).all();

    assertThat(learnt.trees().get(ASLEEP).orElseThrow().attribute()).hasSize(1);
    assertThat(learnt.trees().get(PLANET).orElseThrow().attribute()).hasSize(1);
  }

  @Test
  void weights_groupsOfOneCode_countOnceEach() {
    assertThat(RowWeights.of(
            new int[] {0, 1, 2, 3, 4}, new int[] {0, 0, 1, 1, 0}, 2, new int[] {0, 0, 1, 1, 2, 2}))
        .containsExactly(0.5, 0.5, 0.5, 0.5, 1, 0);
  }

  /* Of the 2 pairs in groups none agrees, of any 6 there are 2. */
  @Test
  void weights_groupsNoMoreAlikeThanAnyRows_countRowByRow() {
    assertThat(RowWeights.of(
            new int[] {0, 1, 2, 3}, new int[] {0, 1, 0, 1}, 2, new int[] {0, 0, 1, 1}))
        .containsExactly(1, 1, 1, 1);
  }

  @Test
  void pairs_thatNeverStoodTogether_areCounted() {
    PairCounts.Table table =
        PairCounts.learn(DEFINITION.domain(), VOCABULARY, rows()).tableOrNull(PLANET, ASLEEP);

    assertThat(table).isNotNull();
    assertThat(table.isNeverSeen(0, 1, 5)).isTrue();
    assertThat(table.isNeverSeen(1, 1, 5)).isFalse();
  }

  private static DriftTable drift(double[][] numbers, DriftStatistics statistics) {
    return DriftFit.learn(statistics, numbers, IntStream.range(0, ROWS).toArray(), 7);
  }

  private static DriftStatistics statistics(List<RawRecord> rows) {
    return new DriftStatistics(
        DEFINITION.domain(),
        -1,
        VOCABULARY,
        Frequencies.learn(DEFINITION.domain(), VOCABULARY, rows),
        Surprise.none(Coding.learn(DEFINITION.domain(), VOCABULARY, rows)));
  }

  private static double[][] numbers(DriftStatistics statistics, List<RawRecord> rows) {
    double[][] numbers = new double[ROWS][statistics.size()];
    int[] codes = statistics.codes();
    for (int i = 0; i < ROWS; i++) {
      statistics.read(rows.get(i), codes, numbers[i]);
    }
    return numbers;
  }

  private static int age(DriftStatistics statistics) {
    return IntStream.range(0, statistics.size())
        .filter(s -> statistics.all().get(s).name().equals("mean(Age)"))
        .findFirst()
        .getAsInt();
  }

  /* With independent rows |z| has the .99 quantile of a normal distribution, so the scale is near 1. */
  @Test
  void drift_independentRows_haveScaleOneAndFewFalseAlarms() {
    List<RawRecord> rows = rows();
    DriftStatistics statistics = statistics(rows);
    double[][] numbers = numbers(statistics, rows);
    DriftTable table = drift(numbers, statistics);
    int hundred = Arrays.binarySearch(table.sizes(), 100);

    assertThat(table.scales()[hundred][age(statistics)]).isBetween(1.0, 1.1);
    assertThat(alarms(table, numbers, 0.05)).isBetween(0.01, 0.08);
  }

  private static double alarms(DriftTable table, double[][] numbers, double share) {
    SplittableRandom random = new SplittableRandom(3);
    int alarms = 0;
    for (int batch = 0; batch < 1_000; batch++) {
      DriftTally tally = table.tally();
      for (int i = 0; i < 100; i++) {
        tally.add(numbers[random.nextInt(ROWS)]);
      }
      double largest = IntStream.range(0, table.statistics().size())
          .mapToDouble(s -> Math.abs(table.z(s, tally)))
          .max()
          .getAsDouble();
      alarms += largest > table.threshold(100, share) ? 1 : 0;
    }
    return alarms / 1_000.0;
  }

  @Test
  void drift_numberThatRisesAlongTheFile_isWidened() {
    List<RawRecord> rows = new ArrayList<>(rows());
    rows.sort((a, b) -> Double.compare(a.number(4), b.number(4)));
    DriftStatistics statistics = statistics(rows);
    DriftTable table = drift(numbers(statistics, rows), statistics);
    int hundred = Arrays.binarySearch(table.sizes(), 100);

    // Runs of 100 sorted ages lie where their rows do: their z spreads by √100.
    assertThat(table.scales()[hundred][age(statistics)]).isCloseTo(10, within(1.0));
  }
}
