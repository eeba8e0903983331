package dev.weir.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.model.Passengers;
import dev.weir.model.document.InvalidDocument;
import dev.weir.model.document.Issue;
import dev.weir.model.domain.RawRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The columns of a model trained elsewhere: their values, their sources, and every mistake. */
class MappedColumnsTest {
  private static MappedColumns read(String columns, List<String> names, int count) {
    return MappedColumns.read(
        "features.yaml",
        "format: 1\ncolumns:\n" + columns,
        Passengers.DEFINITION.domain(),
        Passengers.DEFINITION.flags(),
        Passengers.REFERENCE,
        new MappedColumns.Wanted(names, count));
  }

  private static double value(String formula, RawRecord record) {
    return read("  - {column: x, " + formula + "}", List.of("x"), 1)
        .featurizer()
        .row(Passengers.evidence(record))[0];
  }

  private static String source(String formula) {
    return read("  - {column: x, " + formula + "}", List.of("x"), 1)
        .featurizer()
        .sources()
        .get(0);
  }

  private static List<String> wrong(String columns, List<String> names, int count) {
    InvalidDocument found =
        catchThrowableOfType(InvalidDocument.class, () -> read(columns, names, count));
    assertThat(found).as("refusal").isNotNull();
    return found.issues().stream().map(Issue::toString).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "field: Age | 30",
        "field: CryoSleep | 0",
        "field: Cabin.number | 12",
        "field: HomePlanet, is: Earth | 1",
        "field: HomePlanet, is: Mars | 0",
        "'field: HomePlanet, codes: {Earth: 7, Mars: 8}' | 7",
        "missing: Age | 0",
        "flag: cryo_allzero | 0",
        "constant: 2.5 | 2.5",
        "'sum: [{field: RoomService}, {field: Age}, {constant: 1}]' | 41",
        "'difference: [{field: Age}, {field: RoomService}]' | 20",
        "'product: [{field: Age}, {field: RoomService}]' | 300",
        "'quotient: [{field: Age}, {field: RoomService}]' | 3",
        "'log1p: {constant: 0}' | 0"
      })
  void read_formula_computesFromThePlainPassenger(String formula, double expected) {
    // Earth, awake, cabin F/12/P, age 30, spending 10, 20, 30, 40, 50.
    assertThat(value(formula, Passengers.record().build())).isEqualTo(expected);
  }

  @Test
  void read_absentValue_isNotANumberUnlessTheMappingSaysOtherwise() {
    RawRecord record = Passengers.record().missing("Age", "HomePlanet", "Spa").build();
    assertThat(value("field: Age", record)).isNaN();
    assertThat(value("field: Age, absent: -1", record)).isEqualTo(-1);
    assertThat(value("field: Spa, absent: filled", record)).isEqualTo(50);
    assertThat(value("field: HomePlanet, is: Earth", record)).isZero();
    assertThat(value("field: HomePlanet, codes: {Earth: 7}", record)).isNaN();
    assertThat(value("sum: [{field: Age}, {constant: 1}]", record)).isNaN();
    assertThat(value("sum: [{field: Age, absent: 0}, {constant: 1}]", record)).isEqualTo(1);
    assertThat(value("missing: Age", record)).isEqualTo(1);
  }

  @Test
  void read_categoryWithoutACode_countsAsAbsent() {
    RawRecord record = Passengers.record().with("HomePlanet", "Titan").build();
    assertThat(value("field: HomePlanet, codes: {Earth: 7}, absent: 99", record))
        .isEqualTo(99);
  }

  @Test
  void read_quotientByZero_isAbsent() {
    assertThat(value(
            "quotient: [{field: Age}, {constant: 0}], absent: 5",
            Passengers.record().build()))
        .isEqualTo(5);
  }

  @Test
  void read_source_isTheFieldOrChannelsWhereSeveralAreMixed() {
    assertThat(source("field: Age")).isEqualTo("Age");
    assertThat(source("field: Cabin.deck, is: F")).isEqualTo("Cabin");
    assertThat(source("log1p: {field: Spa}")).isEqualTo("Spa");
    assertThat(source("sum: [{field: Spa}, {field: VRDeck}]")).isEqualTo("channels");
    assertThat(source("quotient: [{field: Age}, {field: Spa}]")).isEqualTo("channels");
    assertThat(source("sum: [{field: Age}, {missing: VIP}]")).isEqualTo("Age");
    assertThat(source("flag: missing_context")).isEqualTo("missing_context");
    assertThat(source("flag: cryo_allzero")).isEqualTo("channels");
  }

  @Test
  void read_namedColumns_comeInTheModelsOrder() {
    MappedColumns found = read("""
          - {column: b, field: Age}
          - {column: a, field: Spa}
        """, List.of("a", "b"), 2);
    assertThat(found.featurizer().names()).containsExactly("a", "b");
  }

  @Test
  void read_modelWithoutNames_takesTheOrderOfTheFile() {
    assertThat(read("  - {column: b, field: Age}", List.of(), 1).featurizer().names())
        .containsExactly("b");
    assertThat(wrong("  - {column: b, field: Age}", List.of(), 3))
        .containsExactly("features.yaml:3:3: 1 columns; the model has 3, without names, so that the"
            + " order here is its order");
  }

  @Test
  void read_everyMistake_isNamedWithItsPlace() {
    assertThat(wrong("""
          - {column: a, field: Aeg}
          - {column: b, field: HomePlanet}
          - {column: c, sum: [{field: Age}], field: Age}
          - {column: d, hourOf: Age}
          - {column: e, flag: nobody}
          - {column: f, quotient: [{field: Age}]}
          - {column: g, field: Age, absent: maybe}
          - {column: stranger, constant: 1}
        """, List.of("a", "b", "c", "d", "e", "f", "g", "h"), 8))
        .containsExactly(
            "features.yaml:3:3: 1 columns of the model are not mapped: h",
            "features.yaml:3:24: 'Aeg' is not a field of domain passenger that carries evidence",
            "features.yaml:4:24: 'HomePlanet' is a category; say which one with is: NAME, or give"
                + " codes: {NAME: NUMBER, …}",
            "features.yaml:5:5: a column has exactly one of [field, missing, flag, hourOf, weekdayOf,"
                + " log1p, sum, difference, product, quotient, constant], found [sum, field]",
            "features.yaml:6:25: 'Age' is not a timestamp",
            "features.yaml:7:23: flag 'nobody' is not declared by domain passenger",
            "features.yaml:8:27: quotient takes two formulas, found 1",
            "features.yaml:9:37: absent must be a number, or 'filled', found 'maybe'",
            "features.yaml:10:14: the model has no column 'stranger'; it has a, b, c, d, e, f, g, h");
  }

  @Test
  void read_formulaMistyped_saysWhichWasMeant() {
    assertThat(wrong("""
          - {column: a, log1q: {field: Age}}
        """, List.of("a"), 1))
        .singleElement()
        .asString()
        .endsWith("found none; did you mean 'log1p'?");
  }

  @Test
  void read_columnTwice_isNamed() {
    assertThat(wrong("""
          - {column: a, field: Age}
          - {column: a, field: Spa}
        """, List.of("a"), 1))
        .containsExactly("features.yaml:4:14: column 'a' is mapped twice; keep one");
  }
}
