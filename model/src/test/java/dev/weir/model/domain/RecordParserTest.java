package dev.weir.model.domain;

import static dev.weir.model.Passengers.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Passengers;
import dev.weir.model.document.Document;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes a record valid, missing and invalid (gate.md §2). */
class RecordParserTest {
  private static final int AGE = Passengers.DOMAIN.attributeIndex("Age").orElseThrow();
  private static final int CABIN =
      Passengers.DOMAIN.attributeIndex("Cabin.deck").orElseThrow();

  private static List<String> reasons(Parsed parsed) {
    assertThat(parsed).isInstanceOf(Invalid.class);
    return ((Invalid) parsed).violations().stream().map(Object::toString).toList();
  }

  private static double age(Parsed parsed) {
    return ((RawRecord) parsed).number(AGE);
  }

  private static boolean isMissing(Parsed parsed, String field) {
    assertThat(parsed).isInstanceOf(RawRecord.class);
    int index = Passengers.DOMAIN.fieldIndex(field).orElseThrow();
    return (((RawRecord) parsed).present() >>> index & 1) == 0;
  }

  @Test
  void typed_nullEmptyAndNan_areMissing() {
    assertThat(isMissing(record().with("Age", null).parse(), "Age")).isTrue();
    assertThat(isMissing(record().with("Age", "").parse(), "Age")).isTrue();
    assertThat(isMissing(record().with("Age", Double.NaN).parse(), "Age")).isTrue();
    assertThat(isMissing(record().with("Age", Float.NaN).parse(), "Age")).isTrue();
    assertThat(isMissing(record().with("HomePlanet", "  ").parse(), "HomePlanet"))
        .isTrue();
    assertThat(isMissing(record().missing("Age").parse(), "Age")).isTrue();
  }

  @Test
  void textual_blankAndNan_areMissing() {
    assertThat(isMissing(record().with("Age", " ").parseText(), "Age")).isTrue();
    assertThat(isMissing(record().with("Age", "NaN").parseText(), "Age")).isTrue();
    assertThat(isMissing(record().with("Age", " nan ").parseText(), "Age")).isTrue();
  }

  @Test
  void typed_textNanInNumberField_isInvalid() {
    assertThat(reasons(record().with("Age", "NaN").parse()))
        .containsExactly("Age 'NaN' must be a finite number");
  }

  @Test
  void parse_zero_isNeverMissing() {
    assertThat(isMissing(record().with("Age", 0).parse(), "Age")).isFalse();
    assertThat(isMissing(record().with("Age", "0").parseText(), "Age")).isFalse();
    assertThat(isMissing(record().with("VIP", false).parse(), "VIP")).isFalse();
  }

  @Test
  void parse_infinity_isInvalid() {
    assertThat(reasons(record().with("Spa", Double.POSITIVE_INFINITY).parse()))
        .containsExactly("Spa 'Infinity' must be a finite number");
    assertThat(reasons(record().with("Spa", Double.NEGATIVE_INFINITY).parse())).hasSize(1);
    assertThat(reasons(record().with("Spa", "Infinity").parseText())).hasSize(1);
    assertThat(reasons(record().with("Spa", "1e999").parseText())).hasSize(1);
    assertThat(reasons(record().with("Spa", BigInteger.TEN.pow(400)).parse())).hasSize(1);
  }

  @Test
  void parse_numberOfWhichSumsCouldOverflow_isInvalid() {
    assertThat(record().with("Spa", 1e100).parse()).isInstanceOf(RawRecord.class);
    assertThat(reasons(record().with("Spa", Math.nextUp(1e100)).parse()))
        .containsExactly("Spa '1.0000000000000002E100' must be within [-1.0E100, 1.0E100]");
    assertThat(reasons(record().with("Cabin", "F/1e101/P").parse()))
        .containsExactly("Cabin 'F/1e101/P' number must be within [-1.0E100, 1.0E100]");
  }

  @Test
  void typed_textInNumberField_isInvalid() {
    assertThat(reasons(record().with("Age", "30").parse()))
        .containsExactly("Age '30' must be a finite number");
  }

  @Test
  void typed_truthInNumberField_isInvalid() {
    assertThat(reasons(record().with("Age", true).parse())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", " 30 ", "30.0", "3e1", "+30", "030"})
  void textual_number_isRead(String text) {
    assertThat(age(record().with("Age", text).parseText())).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"thirty", "30d", "30f", "0x1p3", "0x1p-1", "1_000", "30,5", "--3", "3 0", "٣", "1e"
      })
  void textual_noNumber_isInvalid(String text) {
    assertThat(reasons(record().with("Age", text).parseText()))
        .containsExactly("Age '" + text + "' must be a finite number");
  }

  @Test
  void typed_anyNumberType_isRead() {
    assertThat(age(record().with("Age", 30).parse())).isEqualTo(30);
    assertThat(age(record().with("Age", 30L).parse())).isEqualTo(30);
    assertThat(age(record().with("Age", 30f).parse())).isEqualTo(30);
    assertThat(age(record().with("Age", new BigDecimal("30.0")).parse())).isEqualTo(30);
  }

  @Test
  void parse_rangeLimits_areInclusive() {
    assertThat(age(record().with("Age", 200).parse())).isEqualTo(200);
    assertThat(age(record().with("Age", 0).parse())).isZero();
    assertThat(reasons(record().with("Age", Math.nextUp(200.0)).parse())).hasSize(1);
    assertThat(reasons(record().with("Age", -Double.MIN_VALUE).parse()))
        .containsExactly("Age '-4.9E-324' must be within [0.0, 200.0]");
    assertThat(reasons(record().with("GroupSize", 0).parse())).hasSize(1);
  }

  @Test
  void typed_truth_takesTrueAndFalseAlone() {
    assertThat(record().with("VIP", true).parse()).isInstanceOf(RawRecord.class);
    assertThat(reasons(record().with("VIP", 1).parse()))
        .containsExactly("VIP '1' must be true or false");
    assertThat(reasons(record().with("VIP", "true").parse())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"True", "true", "TRUE", "1", " true "})
  void textual_truth_isRead(String text) {
    RawRecord found = (RawRecord) record().with("VIP", text).parseText();
    assertThat(found.received(Passengers.DOMAIN.fieldIndex("VIP").getAsInt())).contains(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "T", "2", "1.0"})
  void textual_noTruth_isInvalid(String text) {
    assertThat(reasons(record().with("VIP", text).parseText())).hasSize(1);
  }

  @Test
  void typed_numberInCategory_isInvalid() {
    assertThat(reasons(record().with("HomePlanet", 3).parse()))
        .containsExactly("HomePlanet '3' must be text");
  }

  @Test
  void parse_unseenCategory_isValid() {
    assertThat(record().with("HomePlanet", "Pluto").parse()).isInstanceOf(RawRecord.class);
  }

  @Test
  void parse_cabin_isReadInParts() {
    RawRecord found = record().with("Cabin", " B / 7 / S ").build();
    assertThat(found.category(CABIN)).isEqualTo("B");
    assertThat(found.number(CABIN + 1)).isEqualTo(7);
    assertThat(found.category(CABIN + 2)).isEqualTo("S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"B", "B/7", "B/7/S/8", "/7/S", "B//S", "B/x/S", "B/-1/S", "B/1e999/S"})
  void parse_wrongCabin_isInvalid(String text) {
    assertThat(reasons(record().with("Cabin", text).parse()))
        .singleElement()
        .asString()
        .startsWith("Cabin '" + text + "' ");
  }

  /* With backtracking this took a quarter of an hour. */
  @Test
  @Timeout(10)
  void parse_partOfNothingButDigitsAndALetter_isInvalidAtOnce() {
    assertThat(
            reasons(record().with("Cabin", "B/" + "1".repeat(250_000) + "x/S").parse()))
        .singleElement()
        .asString()
        .endsWith("must have a finite number for number");
  }

  @Test
  void parse_missingCabin_leavesItsPartsMissing() {
    RawRecord found = record().missing("Cabin").build();
    assertThat(found.category(CABIN)).isNull();
    assertThat(found.number(CABIN + 1)).isNaN();
  }

  @Test
  void parse_noId_isInvalidWithoutId() {
    Parsed found = record().missing("PassengerId").parse();
    assertThat(reasons(found))
        .containsExactly("PassengerId '' is missing; every record needs an id");
    assertThat(((Invalid) found).id()).isEmpty();
  }

  @Test
  void parse_numberAsId_isItsText() {
    assertThat(((RawRecord) record().with("PassengerId", 17).parse()).id()).isEqualTo("17");
  }

  @Test
  void parse_loneSurrogate_isInvalid() {
    assertThat(reasons(record().with("HomePlanet", "Ear\ud800th").parse())).hasSize(1);
  }

  @Test
  void parse_everyMistake_isNamedTogether() {
    Parsed found = record()
        .missing("PassengerId")
        .with("Age", -1)
        .with("VIP", "maybe")
        .with("Cabin", "B/x")
        .with("Spa", Double.POSITIVE_INFINITY)
        .marked("Nonsense", "Transported")
        .parse();
    assertThat(((Invalid) found).violations())
        .extracting(Invalid.Violation::field)
        .containsExactlyInAnyOrder(
            "PassengerId", "Age", "VIP", "Cabin", "Spa", "imputed", "imputed");
  }

  @Test
  void parse_invalidWithId_keepsTheId() {
    assertThat(((Invalid) record().with("Age", -1).parse()).id()).contains("0001_01");
  }

  @Test
  void parse_undeclaredImputedName_isInvalid() {
    assertThat(reasons(record().marked("Nonsense").parse()))
        .containsExactly("imputed 'Nonsense' is not a field that upstream may impute");
  }

  @Test
  void parse_imputedIdLabelOrIgnored_isInvalid() {
    for (String field : List.of("PassengerId", "TravelGroup", "Transported", "Name")) {
      assertThat(reasons(record().marked(field).parse())).as(field).hasSize(1);
    }
  }

  @Test
  void parse_imputedFieldAbsent_isMissingAndNotImputed() {
    RawRecord found = record().missing("Age").marked("Age").build();
    assertThat(found.imputedUpstream()).isZero();
  }

  @Test
  void parse_imputedField_keepsItsValueAndIsNotObserved() {
    RawRecord found = record().upstream("Age", 41).build();
    assertThat(found.number(AGE)).isEqualTo(41);
    int age = Passengers.DOMAIN.fieldIndex("Age").getAsInt();
    assertThat(found.observed() >>> age & 1).isZero();
    assertThat(found.present() >>> age & 1).isEqualTo(1);
  }

  @Test
  void parse_ignoredField_isNeverLookedAt() {
    assertThat(record().with("Name", 3).parse()).isInstanceOf(RawRecord.class);
  }

  @Test
  void parse_label_isKept() {
    assertThat(((RawRecord) record().with("Transported", true).parse()).label()).contains(true);
    assertThat(((RawRecord) record().parse()).label()).isEmpty();
  }

  @Test
  void group_missing_isTheRecordsOwnId() {
    assertThat(record().missing("TravelGroup").build().group()).isEqualTo("0001_01");
    assertThat(record().build().group()).isEqualTo("0001");
  }

  private static Parsed moment(Object value, boolean textual) {
    Domain domain = Document.read("d", """
        domain: d
        fields:
          - {name: Id, kind: text, role: id}
          - {name: At, kind: timestamp}
        """, Domain::read);
    Map<String, Object> values = new HashMap<>(Map.of("Id", "x"));
    values.put("At", value);
    RecordParser parser = new RecordParser(domain);
    return textual ? parser.textual(values::get, List.of()) : parser.typed(values::get, List.of());
  }

  private static Object millis(Parsed parsed) {
    return ((RawRecord) parsed).received(1).orElseThrow();
  }

  @Test
  void parse_timestamp_isEpochMillisecondsDayOrInstant() {
    assertThat(millis(moment(86_400_000L, false))).isEqualTo(86_400_000L);
    assertThat(millis(moment("1970-01-02", false))).isEqualTo(86_400_000L);
    assertThat(millis(moment("1970-01-02T00:00:00.001Z", false))).isEqualTo(86_400_001L);
    assertThat(millis(moment("1970-01-02T01:00:00+01:00", false))).isEqualTo(86_400_000L);
    assertThat(millis(moment("86400000", true))).isEqualTo(86_400_000L);
    assertThat(millis(moment("1234567890", true))).isEqualTo(1_234_567_890L);
  }

  @Test
  void parse_wrongTimestamp_isInvalid() {
    assertThat(reasons(moment("1970-02-30", false))).hasSize(1);
    assertThat(reasons(moment("yesterday", true))).hasSize(1);
    assertThat(reasons(moment("86400000", false))).hasSize(1);
    assertThat(reasons(moment("+1000000000-12-31T23:59:59Z", false))).hasSize(1);
  }

  @Test
  void parse_fractionOfMillisecond_isInvalid() {
    assertThat(reasons(moment(1.5, false)))
        .containsExactly("At '1.5' must be a moment: whole epoch milliseconds, or ISO 8601");
  }
}
