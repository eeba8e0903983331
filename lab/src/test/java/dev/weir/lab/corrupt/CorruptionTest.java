package dev.weir.lab.corrupt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.lab.data.CsvRecords;
import dev.weir.lab.world.PassengerWorld;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.document.InvalidDocument;
import dev.weir.model.domain.Invalid;
import dev.weir.model.domain.RawRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What corruptions do to records, and what they leave alone. */
class CorruptionTest {
  private static final DomainDefinition PASSENGER = DomainDefinition.shipped("passenger");
  private static final long SEED = 7;

  @TempDir
  static Path directory;

  private static List<RawRecord> records;

  @BeforeAll
  static void read() throws Exception {
    Path csv = directory.resolve("world.csv");
    PassengerWorld.writeCsv(csv, PassengerWorld.rows(2_000, 3));
    // One object for each record, so that a test can tell a record from its copy.
    records = List.copyOf(CsvRecords.labelled(csv, PASSENGER));
  }

  static Stream<Corruption> all() {
    return Stream.of(
        new Corruption.ZeroFilled(false),
        new Corruption.ZeroFilled(true),
        new Corruption.ChannelDown("Spa", true),
        new Corruption.ChannelDown("Spa", false),
        new Corruption.FieldsMissing(List.of("Cabin", "HomePlanet")),
        new Corruption.UnitChanged("Spa", true),
        new Corruption.UnitChanged("Spa", false),
        new Corruption.CategoryRenamed("Cabin.deck"),
        new Corruption.CategoryRenamed("HomePlanet"),
        new Corruption.ChannelsSwapped("Spa", "FoodCourt"),
        new Corruption.TruthFlipped("CryoSleep"),
        new Corruption.Duplicated(),
        new Corruption.CohortShifted(
            "vip", record -> value(record, "VIP").equals(Optional.of(true))));
  }

  static Stream<Corruption> byRecord() {
    return all()
        .filter(one -> one.family() != Family.DUPLICATED && one.family() != Family.COHORT_SHIFT);
  }

  private static Optional<Object> value(RawRecord record, String field) {
    return record.received(PASSENGER.domain().fieldIndex(field).orElseThrow());
  }

  private static RawRecord heavy(Corruption corruption, int row) {
    return (RawRecord) corruption.apply(records, Strength.HEAVY, SEED).get(row).parsed();
  }

  private static int rowWhere(java.util.function.Predicate<RawRecord> condition) {
    return IntStream.range(0, records.size())
        .filter(i -> condition.test(records.get(i)))
        .findFirst()
        .orElseThrow();
  }

  private static String described(Arrival arrival) {
    if (arrival.parsed() instanceof Invalid invalid) {
      return invalid.reason();
    }
    RawRecord record = (RawRecord) arrival.parsed();
    StringBuilder text = new StringBuilder(record.id() + " " + record.imputedUpstream());
    for (int f = 0; f < PASSENGER.domain().fields().size(); f++) {
      text.append('|').append(record.received(f).map(Object::toString).orElse(""));
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("all")
  void apply_sameSeed_givesTheSameArrivals(Corruption corruption) {
    assertThat(corruption.apply(records, Strength.MEDIUM, SEED))
        .extracting(CorruptionTest::described)
        .containsExactlyElementsOf(corruption.apply(records, Strength.MEDIUM, SEED).stream()
            .map(CorruptionTest::described)
            .toList());
  }

  @ParameterizedTest
  @MethodSource("all")
  void apply_arrivalThatIsNotHit_isTheRecordItself(Corruption corruption) {
    assertThat(corruption.apply(records, Strength.LIGHT, SEED))
        .filteredOn(arrival -> !arrival.isHit())
        .isNotEmpty()
        .allMatch(arrival -> arrival.parsed() == arrival.origin());
  }

  @ParameterizedTest
  @MethodSource("byRecord")
  void apply_anyStrength_keepsOrderIdsAndOutcomes(Corruption corruption) {
    List<Arrival> arrivals = corruption.apply(records, Strength.HEAVY, SEED);

    assertThat(arrivals).extracting(Arrival::origin).containsExactlyElementsOf(records);
    assertThat(arrivals)
        .allSatisfy(arrival -> assertThat(((RawRecord) arrival.parsed()).label())
            .isEqualTo(arrival.origin().label()));
  }

  @ParameterizedTest
  @MethodSource("byRecord")
  void apply_higherStrength_hitsAtLeastTheSameRecords(Corruption corruption) {
    List<Arrival> light = corruption.apply(records, Strength.LIGHT, SEED);
    List<Arrival> medium = corruption.apply(records, Strength.MEDIUM, SEED);
    List<Arrival> heavy = corruption.apply(records, Strength.HEAVY, SEED);

    assertThat(IntStream.range(0, records.size()))
        .allMatch(i -> !light.get(i).isHit() || medium.get(i).isHit())
        .allMatch(i -> !medium.get(i).isHit() || heavy.get(i).isHit());
    assertThat(hits(light)).isPositive().isLessThan(hits(medium));
    assertThat(hits(medium)).isLessThan(hits(heavy));
  }

  private static long hits(List<Arrival> arrivals) {
    return arrivals.stream().filter(Arrival::isHit).count();
  }

  @Test
  void missing_aTenth_isAboutATenthOfTheRecords() {
    Corruption wave = new Corruption.FieldsMissing(List.of("Cabin", "HomePlanet"));

    // Binomial(2,000, .1) is within 4 standard deviations of 200 but once in 16,000 seeds.
    assertThat(hits(wave.apply(records, Strength.LIGHT, SEED))).isBetween(146L, 254L);
  }

  @Test
  void zeroFilled_unmarked_looksObserved() {
    int channel = PASSENGER.domain().fieldIndex("Spa").orElseThrow();
    List<Arrival> arrivals = new Corruption.ZeroFilled(false).apply(records, Strength.HEAVY, SEED);

    assertThat(arrivals)
        .filteredOn(a -> a.isHit() && (a.origin().present() >>> channel & 1) == 0)
        .filteredOn(a -> (((RawRecord) a.parsed()).present() >>> channel & 1) != 0)
        .isNotEmpty()
        .allMatch(a -> (((RawRecord) a.parsed()).observed() >>> channel & 1) != 0)
        .allMatch(a -> value((RawRecord) a.parsed(), "Spa").equals(Optional.of(0.0)));
  }

  @Test
  void zeroFilled_marked_isNotObserved() {
    List<Arrival> arrivals = new Corruption.ZeroFilled(true).apply(records, Strength.HEAVY, SEED);

    assertThat(arrivals)
        .filteredOn(Arrival::isHit)
        .allMatch(a -> ((RawRecord) a.parsed()).imputedUpstream() != 0);
  }

  @Test
  void unitChanged_amount_isAHundredTimesOrAHundredth() {
    int row = rowWhere(record -> value(record, "Spa").equals(Optional.of(0.0))
        ? false
        : value(record, "Spa").isPresent());
    double spa = (double) value(records.get(row), "Spa").orElseThrow();

    assertThat(value(heavy(new Corruption.UnitChanged("Spa", true), row), "Spa"))
        .contains(100 * spa);
    assertThat(value(heavy(new Corruption.UnitChanged("Spa", false), row), "Spa"))
        .contains(spa / 100);
  }

  @Test
  void renamed_partOfAText_leavesTheOtherParts() {
    int row = rowWhere(record ->
        value(record, "Cabin").filter(c -> c.toString().startsWith("F/")).isPresent());
    String cabin = value(records.get(row), "Cabin").orElseThrow().toString();

    assertThat(value(heavy(new Corruption.CategoryRenamed("Cabin.deck"), row), "Cabin"))
        .contains("F_new" + cabin.substring(1));
  }

  @Test
  void swapped_channels_standInEachOthersPlace() {
    int row = rowWhere(
        record -> value(record, "Spa").isPresent() && value(record, "FoodCourt").isEmpty());
    RawRecord swapped = heavy(new Corruption.ChannelsSwapped("Spa", "FoodCourt"), row);

    assertThat(value(swapped, "FoodCourt")).isEqualTo(value(records.get(row), "Spa"));
    assertThat(value(swapped, "Spa")).isEmpty();
  }

  @Test
  void flipped_truth_isItsOpposite_andAGapStays() {
    int row = rowWhere(record -> value(record, "CryoSleep").equals(Optional.of(true)));
    int gap = rowWhere(record -> value(record, "CryoSleep").isEmpty());

    assertThat(value(heavy(new Corruption.TruthFlipped("CryoSleep"), row), "CryoSleep"))
        .contains(false);
    assertThat(new Corruption.TruthFlipped("CryoSleep")
            .apply(records, Strength.HEAVY, SEED)
            .get(gap)
            .isHit())
        .isFalse();
  }

  @Test
  void duplicated_heavy_isEveryRecordTwiceInARow() {
    List<Arrival> arrivals = new Corruption.Duplicated().apply(records, Strength.HEAVY, SEED);

    assertThat(arrivals).hasSize(2 * records.size());
    assertThat(IntStream.range(0, records.size()))
        .allMatch(i -> arrivals.get(2 * i).parsed() == records.get(i)
            && arrivals.get(2 * i + 1).parsed() == records.get(i)
            && arrivals.get(2 * i + 1).isHit());
  }

  @Test
  void cohort_heavy_isAboutHalfOfTheStream() {
    Corruption shift = new Corruption.CohortShifted(
        "vip", record -> value(record, "VIP").equals(Optional.of(true)));
    List<Arrival> arrivals = shift.apply(records, Strength.HEAVY, SEED);

    assertThat(arrivals).hasSize(records.size());
    assertThat(arrivals)
        .filteredOn(Arrival::isHit)
        .hasSizeBetween(900, 1_100)
        .allMatch(a -> value(a.origin(), "VIP").equals(Optional.of(true)));
  }

  @Test
  void cohort_withoutMembers_changesNothing() {
    assertThat(new Corruption.CohortShifted("none", record -> false)
            .apply(records, Strength.HEAVY, SEED))
        .noneMatch(Arrival::isHit);
  }

  @Test
  void suite_ofAFile_namesEveryMistakeWithItsPlace() {
    assertThatThrownBy(() -> CorruptionSuite.read("suite.yaml", """
            swapped: [Spa]
            renamed: [Colour]
            """, PASSENGER))
        .isInstanceOf(InvalidDocument.class)
        .hasMessageContaining("suite.yaml:1:10: 'Spa' must be two channels, joined by +")
        .hasMessageContaining("suite.yaml:2:10: [Colour] cannot be renamed");
  }
}
