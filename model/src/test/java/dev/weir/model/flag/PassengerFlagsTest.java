package dev.weir.model.flag;

import static dev.weir.model.Passengers.flags;
import static dev.weir.model.Passengers.record;
import static dev.weir.model.Passengers.unknownFlags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Passengers;
import org.junit.jupiter.api.Test;

/** Every flag of the shipped passenger domain, as gate.md §3 defines it. */
class PassengerFlagsTest {
  private static final double TOLERANCE = 1e-6;

  @Test
  void flags_plainRecord_none() {
    assertThat(flags(record().build())).isEmpty();
    assertThat(unknownFlags(record().build())).isEmpty();
  }

  @Test
  void zeroSpendVector_explicitZeros_true() {
    assertThat(flags(record().spending(0, 0, 0, 0, 0).build()))
        .containsExactly("zero_spend_vector");
  }

  @Test
  void zeroSpendVector_negativeZero_countsAsZero() {
    assertThat(flags(record().spending(-0.0, 0, 0, 0, 0).build()))
        .containsExactly("zero_spend_vector");
  }

  @Test
  void zeroSpendVector_toleranceExactly_true() {
    assertThat(flags(record().spending(TOLERANCE, 0, 0, 0, 0).build()))
        .contains("zero_spend_vector");
  }

  @Test
  void zeroSpendVector_oneUlpAboveTolerance_false() {
    assertThat(flags(record().spending(Math.nextUp(TOLERANCE), 0, 0, 0, 0).build()))
        .doesNotContain("zero_spend_vector");
  }

  @Test
  void zeroSpendVector_oneZeroAmongMissing_true() {
    assertThat(flags(record().withoutSpending().with("Spa", 0).build()))
        .containsExactly("zero_spend_vector");
  }

  @Test
  void zeroSpendVector_nothingObserved_unknown() {
    var passenger = record().withoutSpending().build();
    assertThat(flags(passenger)).doesNotContain("zero_spend_vector");
    assertThat(unknownFlags(passenger)).contains("zero_spend_vector");
  }

  @Test
  void allSpendNan_missing_trueAndNeverUnknown() {
    assertThat(flags(record().withoutSpending().build())).contains("all_spend_nan");
    assertThat(unknownFlags(record().missing("Spa").build())).doesNotContain("all_spend_nan");
  }

  @Test
  void allSpendNan_everyValueImputedUpstream_true() {
    var passenger = record();
    Passengers.CHANNELS.forEach(channel -> passenger.upstream(channel, 7));
    assertThat(flags(passenger.build())).contains("all_spend_nan");
  }

  @Test
  void cryoAllzero_cryoAndZeros_true() {
    assertThat(flags(record().with("CryoSleep", true).spending(0, 0, 0, 0, 0).build()))
        .containsExactly("zero_spend_vector", "cryo_allzero");
  }

  @Test
  void cryoAllzero_cryoAndNothingObserved_unknown() {
    var passenger = record().with("CryoSleep", true).withoutSpending().build();
    assertThat(flags(passenger)).doesNotContain("cryo_allzero");
    assertThat(unknownFlags(passenger)).contains("cryo_allzero");
  }

  @Test
  void cryoAllzero_cryoMissingAndZeros_unknown() {
    assertThat(
            unknownFlags(record().missing("CryoSleep").spending(0, 0, 0, 0, 0).build()))
        .containsExactly("cryo_allzero");
  }

  @Test
  void cryoAllzero_awakeAndChannelsMissing_false() {
    var passenger = record().withoutSpending().build();
    assertThat(flags(passenger)).doesNotContain("cryo_allzero");
    assertThat(unknownFlags(passenger)).doesNotContain("cryo_allzero");
  }

  @Test
  void cryoAllzero_somethingSpentAndTheRestMissing_false() {
    var passenger =
        record().with("CryoSleep", true).withoutSpending().with("Spa", 3).build();
    assertThat(flags(passenger)).doesNotContain("cryo_allzero");
    assertThat(unknownFlags(passenger)).doesNotContain("cryo_allzero");
  }

  @Test
  void imputedZeroAll_ruleFillsZeros_true() {
    var passenger =
        record().with("HomePlanet", "Europa").with("CryoSleep", true).withoutSpending();
    assertThat(flags(passenger.build())).contains("imputed_zero_all");
  }

  @Test
  void imputedZeroAll_medianOfItsPlanetIsZero_true() {
    assertThat(flags(record().withoutSpending().build())).contains("imputed_zero_all");
  }

  @Test
  void imputedZeroAll_medianOfItsPlanetIsNotZero_false() {
    assertThat(flags(record().with("HomePlanet", "Europa").withoutSpending().build()))
        .doesNotContain("imputed_zero_all");
  }

  @Test
  void imputedZeroAll_upstreamSaysZero_true() {
    var passenger = record().with("HomePlanet", "Europa");
    Passengers.CHANNELS.forEach(channel -> passenger.upstream(channel, 0));
    assertThat(flags(passenger.build())).contains("imputed_zero_all", "zero_spend_vector");
  }

  @Test
  void imputedZeroAll_upstreamSaysMore_false() {
    assertThat(flags(record().withoutSpending().upstream("Spa", 5).build()))
        .doesNotContain("imputed_zero_all");
  }

  @Test
  void imputedZeroAll_oneZeroObserved_false() {
    assertThat(flags(record().withoutSpending().with("Spa", 0).build()))
        .doesNotContain("imputed_zero_all");
  }

  @Test
  void missingContext_anyOfThreeMissing_true() {
    for (String field : new String[] {"CryoSleep", "Cabin", "HomePlanet"}) {
      assertThat(flags(record().missing(field).build())).as(field).contains("missing_context");
    }
  }

  @Test
  void missingContext_otherFieldMissing_false() {
    assertThat(flags(record().missing("Destination").build())).doesNotContain("missing_context");
  }

  @Test
  void missingContext_imputedUpstream_true() {
    assertThat(flags(record().upstream("HomePlanet", "Earth").build()))
        .containsExactly("missing_context");
  }

  @Test
  void superDominant_shareExactly_true() {
    assertThat(flags(record().spending(95, 5, 0, 0, 0).build())).contains("super_dominant");
  }

  @Test
  void superDominant_shareJustUnder_false() {
    assertThat(flags(record().spending(94.9, 5.1, 0, 0, 0).build()))
        .doesNotContain("super_dominant");
  }

  @Test
  void superDominant_oneChannelObserved_unknown() {
    var passenger = record().withoutSpending().with("Spa", 100).build();
    assertThat(flags(passenger)).doesNotContain("super_dominant");
    assertThat(unknownFlags(passenger)).contains("super_dominant");
  }

  @Test
  void superDominant_sumUpToTolerance_false() {
    assertThat(flags(record().spending(TOLERANCE, 0, 0, 0, 0).build()))
        .doesNotContain("super_dominant");
  }

  @Test
  void multiHighSpend_marksExactly_false() {
    assertThat(flags(record().spending(951, 951, 300, 300, 300).build()))
        .doesNotContain("multi_high_spend");
  }

  @Test
  void multiHighSpend_twoOneUlpAbove_true() {
    double above = Math.nextUp(951.0);
    assertThat(flags(record().spending(above, above, 300, 300, 300).build()))
        .containsExactly("multi_high_spend");
  }

  @Test
  void multiHighSpend_oneAboveAndOneMissing_unknown() {
    var passenger = record().spending(960, 300, 300, 300, 300).missing("Spa").build();
    assertThat(flags(passenger)).doesNotContain("multi_high_spend");
    assertThat(unknownFlags(passenger)).contains("multi_high_spend");
  }

  @Test
  void multiHighSpend_oneAboveAndChannelWithoutMarkMissing_false() {
    var passenger = record().spending(960, 300, 300, 300, 300).missing("VRDeck").build();
    assertThat(unknownFlags(passenger)).doesNotContain("multi_high_spend");
  }

  @Test
  void perChannelOutlier_markExactly_false() {
    assertThat(flags(record().spending(996, 300, 300, 300, 300).build()))
        .doesNotContain("per_channel_outlier");
  }

  @Test
  void perChannelOutlier_oneUlpAbove_true() {
    assertThat(flags(record().spending(Math.nextUp(996.0), 300, 300, 300, 300).build()))
        .containsExactly("per_channel_outlier");
  }

  @Test
  void perChannelOutlier_channelWithoutMark_false() {
    assertThat(flags(record().spending(10, 20, 30, 40, 1e12).build()))
        .doesNotContain("per_channel_outlier");
  }

  @Test
  void unknownCategory_anyPartOfCabin_true() {
    assertThat(flags(record().with("Cabin", "Z/12/P").build())).containsExactly("unknown_category");
    assertThat(flags(record().with("Cabin", "F/12/Z").build())).containsExactly("unknown_category");
  }

  @Test
  void unknownCategory_cabinNumberNeverSeen_false() {
    assertThat(flags(record().with("Cabin", "F/987654/P").build())).isEmpty();
  }

  @Test
  void unknownCategory_otherCase_true() {
    assertThat(flags(record().with("HomePlanet", "earth").build()))
        .containsExactly("unknown_category");
  }

  @Test
  void unknownCategory_missing_unknown() {
    assertThat(unknownFlags(record().missing("Destination").build()))
        .containsExactly("unknown_category");
  }

  @Test
  void unknownCategory_neverSeenAndImputedUpstream_true() {
    assertThat(flags(record().upstream("Destination", "Pluto").build()))
        .containsExactly("unknown_category");
  }

  @Test
  void flag_trueOfObservedValuesOnly_true() {
    assertThat(flags(record().spending(0, 0, 0, 0, 0).upstream("VRDeck", 9).build()))
        .contains("zero_spend_vector");
  }

  @Test
  void flag_trueOfReceivedValuesOnly_true() {
    assertThat(flags(record().spending(95, 5, 0, 0, 0).marked("RoomService").build()))
        .contains("super_dominant");
  }

  @Test
  void reading_flagBothTrueAndUnknown_isRefused() {
    assertThatThrownBy(() -> new FlagReading(0b11, 0b10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void truth_eachBit_readsItsFlag() {
    FlagReading reading = new FlagReading(0b001, 0b010);
    assertThat(reading.truth(0)).isEqualTo(Truth.TRUE);
    assertThat(reading.truth(1)).isEqualTo(Truth.UNKNOWN);
    assertThat(reading.truth(2)).isEqualTo(Truth.FALSE);
  }
}
