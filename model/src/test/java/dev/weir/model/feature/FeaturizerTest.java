package dev.weir.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.model.reference.Coding;
import dev.weir.model.reference.DriftStatistics;
import dev.weir.model.reference.DriftTable;
import dev.weir.model.reference.Frequencies;
import dev.weir.model.reference.Marks;
import dev.weir.model.reference.PairCounts;
import dev.weir.model.reference.Reference;
import dev.weir.model.reference.SumDistribution;
import dev.weir.model.reference.Surprise;
import dev.weir.model.reference.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The columns of a domain that no shipped one has: moments, rare categories, logarithms. */
class FeaturizerTest {
  private static final DomainDefinition DEFINITION = DomainDefinition.read("shop.yaml", """
      domain: shop
      format: 1
      fields:
        - {name: Id, kind: text, role: id}
        - {name: When, kind: timestamp}
        - {name: Shop, kind: category, columnRowsMin: 3}
        - {name: Price, kind: number, min: 0}
        - {name: Sold, kind: boolean, role: label}
        - {name: Weight, kind: number, min: 0}
      flags: {cheap: {equals: {field: Shop, value: one}}}
      features:
        logs: [Price]
        fallback:
          logs: [Weight]
          bends: [Weight]
          interactions: [{flag: cheap, with: [Weight]}]
      """);
  private static final Vocabulary VOCABULARY = new Vocabulary(
      List.of(List.of(), List.of(), List.of("big", "one", "two"), List.of(), List.of(), List.of()));
  private static final List<RawRecord> RECORDS = Stream.of("big", "big", "one", "big", "two", "two")
      .map(shop -> record(Map.of("Id", "1", "When", 0L, "Shop", shop, "Price", 1.0)))
      .toList();
  private static final Reference REFERENCE = reference();
  private static final Featurizer FEATURIZER =
      new Featurizer(DEFINITION.domain(), DEFINITION.flags(), DEFINITION.features(), REFERENCE);
  private static final Featurizer FALLBACK = Featurizer.ofFallback(
      DEFINITION.domain(), DEFINITION.flags(), DEFINITION.features(), REFERENCE);

  private static Reference reference() {
    Frequencies frequencies = Frequencies.learn(DEFINITION.domain(), VOCABULARY, RECORDS);
    double[][] cuts = new double[DEFINITION.domain().attributes().size()][0];
    cuts[DEFINITION.domain().attributeIndex("Weight").orElseThrow()] = new double[] {2, 5};
    Surprise surprise = Surprise.none(new Coding(DEFINITION.domain(), VOCABULARY, cuts));
    return new Reference(
        Marks.learn(List.of()),
        VOCABULARY,
        new SumDistribution(new double[0]),
        frequencies,
        PairCounts.NONE,
        surprise,
        DriftTable.none(
            new DriftStatistics(DEFINITION.domain(), -1, VOCABULARY, frequencies, surprise)));
  }

  private static RawRecord record(Map<String, Object> values) {
    return (RawRecord) new RecordParser(DEFINITION.domain()).typed(values::get, List.of());
  }

  private static double value(String column, Map<String, Object> values) {
    return FEATURIZER.row(evidence(values))[FEATURIZER.names().indexOf(column)];
  }

  private static Evidence evidence(Map<String, Object> values) {
    Imputer imputer =
        Imputer.learn(DEFINITION.domain(), DEFINITION.imputation(), REFERENCE, RECORDS);
    return new EvidenceReader(
            DEFINITION.domain(), DEFINITION.flags(), new double[1], imputer, REFERENCE)
        .read(record(values));
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0, 4",
    "1969-12-31T23:30:00Z, 23.5, 3",
    "2025-01-06T06:15:00Z, 6.25, 1",
    "2024-02-29T12:00:00Z, 12, 4",
    "2025-06-01T23:59:59.999Z, 23.999999722, 7"
  })
  void row_moment_isItsHourAndWeekday(String when, double hour, double weekday) {
    Map<String, Object> values = Map.of("Id", "1", "When", when);
    assertThat(value("When:hour", values))
        .isCloseTo(hour, org.assertj.core.api.Assertions.within(1e-8));
    assertThat(value("When:weekday", values)).isEqualTo(weekday);
    assertThat(FEATURIZER.names()).doesNotContain("When");
  }

  @Test
  void row_categoryWithFewRows_sharesAColumn() {
    assertThat(FEATURIZER.names())
        .contains("Shop=big", "Shop:rare")
        .doesNotContain("Shop=one", "Shop=two");
    assertThat(value("Shop:rare", Map.of("Id", "1", "Shop", "one"))).isEqualTo(1);
    assertThat(value("Shop:rare", Map.of("Id", "1", "Shop", "two"))).isEqualTo(1);
    assertThat(value("Shop:rare", Map.of("Id", "1", "Shop", "big"))).isZero();
    assertThat(value("Shop=big", Map.of("Id", "1", "Shop", "big"))).isEqualTo(1);
  }

  @Test
  void row_category_isANameToTreesThatRareOnesShare() {
    int column = FEATURIZER.names().indexOf("Shop:code");
    assertThat(value("Shop:code", Map.of("Id", "1", "Shop", "big"))).isZero();
    assertThat(value("Shop:code", Map.of("Id", "1", "Shop", "one"))).isEqualTo(1);
    assertThat(value("Shop:code", Map.of("Id", "1", "Shop", "two"))).isEqualTo(1);
    assertThat(FEATURIZER.nominal()[column]).isTrue();
    assertThat(FEATURIZER.nominal()[FEATURIZER.names().indexOf("Shop=big")]).isFalse();
  }

  @Test
  void row_logarithm_standsBesideTheNumber() {
    Map<String, Object> values = Map.of("Id", "1", "Price", Math.E - 1);
    assertThat(value("Price:log", values))
        .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(value("Price", values)).isEqualTo(Math.E - 1);
  }

  @Test
  void fallbackRow_bends_sayHowFarANumberLiesAboveEachCut() {
    assertThat(FALLBACK.names())
        .containsExactly("Weight:log", "Weight>2.0", "Weight>5.0", "cheap*Weight");
    assertThat(fallback(Map.of("Id", "1", "Shop", "one", "Weight", 1.0)))
        .containsExactly(Math.log(2), 0, 0, 1);
    assertThat(fallback(Map.of("Id", "1", "Shop", "big", "Weight", 7.0)))
        .containsExactly(Math.log(8), 5, 2, 0);
  }

  private static double[] fallback(Map<String, Object> values) {
    return FALLBACK.row(evidence(values));
  }

  @Test
  void fallbackColumns_areNotTheTrees() {
    assertThat(FEATURIZER.names()).contains("Weight").doesNotContainAnyElementsOf(FALLBACK.names());
  }

  @Test
  void learn_label_isNeverFilledFrom() {
    Imputer imputer =
        Imputer.learn(DEFINITION.domain(), DEFINITION.imputation(), REFERENCE, RECORDS);
    int label = DEFINITION.domain().attributeIndex("Sold").orElseThrow();
    assertThat(imputer.fills()[0][label]).isNaN();
  }
}
