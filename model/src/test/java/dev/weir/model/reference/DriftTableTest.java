package dev.weir.model.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each z is what its formula says, whatever the order of records. */
class DriftTableTest {
  private static final DomainDefinition DEFINITION = DomainDefinition.read("small.yaml", """
      domain: small
      format: 1
      fields:
        - {name: Id, kind: text, role: id}
        - {name: Spa, kind: number, role: channel, min: 0}
        - {name: Age, kind: number}
        - {name: Planet, kind: category}
        - {name: Vip, kind: boolean}
      flags: {}
      """);
  private static final Vocabulary VOCABULARY =
      new Vocabulary(List.of(List.of(), List.of(), List.of(), List.of("Earth", "Mars"), List.of()));
  private static final int ROWS = 400;

  private static RawRecord record(Map<String, Object> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("Id", "x");
    return (RawRecord) new RecordParser(DEFINITION.domain()).typed(all::get, List.of());
  }

  /** Half of the training rows of either planet; Age 40 ± 10 within [20, 60]; half without Spa. */
  private static DriftTable table(double scale) {
    Frequencies frequencies = new Frequencies(
        ROWS, new int[4], new int[4], new int[] {ROWS}, new int[] {ROWS / 2}, new int[][] {
          {}, {}, {}, {ROWS / 2, ROWS / 2}, {}
        });
    Surprise nothing = Surprise.none(new Coding(DEFINITION.domain(), VOCABULARY, new double[5][0]));
    DriftStatistics statistics =
        new DriftStatistics(DEFINITION.domain(), 3, VOCABULARY, frequencies, nothing);
    DriftTable.Moments[] moments = statistics.all().stream()
        .map(statistic -> statistic.rate()
            ? new DriftTable.Moments(ROWS, statistic.name().startsWith("zero") ? 0.25 : 0, 0, 0, 1)
            : new DriftTable.Moments(ROWS, 40, 10, 20, 60))
        .toArray(DriftTable.Moments[]::new);
    double[] scales = new double[moments.length];
    Arrays.fill(scales, scale);
    return new DriftTable(
        statistics, moments, new int[] {4, 16}, new double[][] {scales, scales}, new double[][] {
          {3, 4, 5, 6, 7}, {5, 6, 7, 8, 9}
        });
  }

  private static int index(DriftTable table, String name) {
    List<String> names =
        table.statistics().all().stream().map(DriftStatistic::name).toList();
    assertThat(names).contains(name);
    return names.indexOf(name);
  }

  private static double z(DriftTable table, String name, List<RawRecord> records) {
    DriftTally tally = table.tally();
    records.forEach(tally::add);
    return table.z(index(table, name), tally);
  }

  private static List<RawRecord> times(int n, Map<String, Object> values) {
    return Collections.nCopies(n, record(values));
  }

  private static List<RawRecord> both(List<RawRecord> some, List<RawRecord> others) {
    List<RawRecord> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  @Test
  void statistics_ofADomain_areTheseInThisOrder() {
    assertThat(table(1).statistics().all())
        .extracting(DriftStatistic::name)
        .containsExactly(
            "missing(Spa)",
            "missing(Age)",
            "missing(Planet)",
            "missing(Vip)",
            "zero(Spa)",
            "log(Spa)",
            "zero(Spa | Planet=Earth)",
            "log(Spa | Planet=Earth)",
            "zero(Spa | Planet=Mars)",
            "log(Spa | Planet=Mars)",
            "mean(Age)",
            "unknown(Planet)",
            "share(Planet=Earth)",
            "share(Planet=Mars)",
            "true(Vip)");
  }

  @Test
  void z_ofARate_isTheDifferenceOfAngles() {
    // asin √½ = π/4 and asin √¼ = π/6, of 16 records.
    List<RawRecord> half = both(times(8, Map.of("Spa", 0)), times(8, Map.of("Spa", 9)));
    double expected = 2 * (Math.PI / 4 - Math.PI / 6) * 4 / Math.sqrt(1 + 16.0 / ROWS);
    assertThat(z(table(1), "zero(Spa)", half)).isCloseTo(expected, within(1e-12));
    assertThat(z(table(2), "zero(Spa)", half)).isCloseTo(expected / 2, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"1.5, 0, 0, 1", "NaN, 0, 0, 1", "0.5, -1, 0, 1", "0.5, 0, 1, 0", "0.5, 0, 0, Infinity"
  })
  void table_momentsOfARateThatNoRowsHave_areRefused(
      double mean, double spread, double low, double high) {
    DriftTable sound = table(1);
    DriftTable.Moments[] moments = sound.moments().toArray(DriftTable.Moments[]::new);
    moments[0] = new DriftTable.Moments(ROWS, mean, spread, low, high);

    assertThatThrownBy(() -> new DriftTable(
            sound.statistics(), moments, sound.sizes(), sound.scales(), sound.thresholds()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unsound moments of statistic 0");
  }

  @Test
  void z_ofARateLikeTraining_isZero() {
    List<RawRecord> quarter = both(times(1, Map.of("Spa", 0)), times(3, Map.of("Spa", 9)));
    assertThat(z(table(1), "zero(Spa)", quarter)).isZero();
  }

  @Test
  void z_ofAMean_isTheStandardizedSum() {
    // Four at 50: one σ above, √4 records.
    assertThat(z(table(1), "mean(Age)", times(4, Map.of("Age", 50))))
        .isCloseTo(2 / Math.sqrt(1 + 4.0 / ROWS), within(1e-7));
  }

  @Test
  void z_ofAMean_takesNoValueFartherThanTrainingWent() {
    assertThat(z(table(1), "mean(Age)", times(4, Map.of("Age", 1e99))))
        .isEqualTo(z(table(1), "mean(Age)", times(4, Map.of("Age", 60))));
  }

  @Test
  void z_withinAStratum_looksAtItsRecordsAlone() {
    List<RawRecord> batch = both(
        times(8, Map.of("Planet", "Mars", "Spa", 0)),
        times(8, Map.of("Planet", "Earth", "Spa", 5)));
    double mars = 2 * (Math.PI / 2 - Math.PI / 6) * Math.sqrt(8) / Math.sqrt(1 + 8.0 / ROWS);
    assertThat(z(table(1), "zero(Spa | Planet=Mars)", batch)).isCloseTo(mars, within(1e-12));
  }

  @Test
  void z_ofWhatNoRecordHas_isZero() {
    assertThat(z(table(1), "mean(Age)", times(4, Map.of("Spa", 1)))).isZero();
  }

  @Test
  void z_ofAnUnknownCategory_countsIt() {
    // p = 0, and 4 of 16: asin √¼ = π/6.
    List<RawRecord> batch =
        both(times(4, Map.of("Planet", "Pluto")), times(12, Map.of("Planet", "Mars")));
    assertThat(z(table(1), "unknown(Planet)", batch))
        .isCloseTo(2 * Math.PI / 6 * 4 / Math.sqrt(1 + 16.0 / ROWS), within(1e-12));
  }

  @Test
  void threshold_betweenSizesAndShares_isLinearInTheirLogarithms() {
    DriftTable table = table(1);
    assertThat(table.threshold(4, 0.05)).isEqualTo(3);
    assertThat(table.threshold(16, 0.005)).isEqualTo(8);
    assertThat(table.threshold(1000, 0.002)).isEqualTo(9);
    // 8 = √(4 · 16), and √(0.05 · 0.02).
    assertThat(table.threshold(8, 0.05)).isCloseTo(4, within(1e-12));
    assertThat(table.threshold(4, Math.sqrt(0.05 * 0.02))).isCloseTo(3.5, within(1e-12));
  }

  @Test
  void threshold_belowTheSmallestSize_isRefused() {
    assertThatThrownBy(() -> table(1).threshold(3, 0.01))
        .hasMessage("a batch of 3 records cannot be checked; the smallest that was measured has 4");
  }

  @Property(tries = 100)
  void z_anyOrderOfRecords_isTheSameToTheBit(@ForAll long seed) {
    Random random = new Random(seed);
    List<RawRecord> records = new ArrayList<>(IntStream.range(0, 20)
        .mapToObj(i -> record(Map.of(
            "Spa",
            random.nextInt(3) * random.nextDouble(),
            "Age",
            100 * random.nextDouble(),
            "Planet",
            List.of("Earth", "Mars", "Pluto").get(random.nextInt(3)),
            "Vip",
            random.nextBoolean())))
        .toList());
    double[] before = all(records);
    Collections.shuffle(records, random);
    assertThat(all(records)).isEqualTo(before);
  }

  private static double[] all(List<RawRecord> records) {
    DriftTable table = table(1.5);
    DriftTally first = table.tally();
    DriftTally second = table.tally();
    for (int i = 0; i < records.size(); i++) {
      (i % 3 == 0 ? first : second).add(records.get(i));
    }
    first.add(second);
    return IntStream.range(0, table.statistics().size())
        .mapToDouble(s -> table.z(s, first))
        .toArray();
  }
}
