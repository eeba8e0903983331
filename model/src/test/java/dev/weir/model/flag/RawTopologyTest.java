package dev.weir.model.flag;

import static dev.weir.model.Passengers.evidence;
import static dev.weir.model.Passengers.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.Passengers;
import dev.weir.model.Passengers.Builder;
import dev.weir.model.reference.SumDistribution;
import org.junit.jupiter.api.Test;

/** The numbers of gate.md §3 that describe the observed channels, and the record's gaps. */
class RawTopologyTest {
  private static RawTopology topology(Builder passenger) {
    return evidence(passenger.build()).topology();
  }

  @Test
  void of_plainRecord_describesIt() {
    RawTopology found = topology(record());
    assertThat(found.observedCount()).isEqualTo(5);
    assertThat(found.sum()).isEqualTo(150);
    assertThat(found.topChannel()).isEqualTo(4);
    assertThat(found.topValue()).isEqualTo(50);
    assertThat(found.topShare()).isEqualTo(50 / 150.0);
    assertThat(found.topThreeSum()).isEqualTo(120);
  }

  @Test
  void of_nothingObserved_hasNoTopAndNoPercentile() {
    RawTopology found = topology(record().withoutSpending());
    assertThat(found.observedCount()).isZero();
    assertThat(found.sum()).isZero();
    assertThat(found.topChannel()).isEqualTo(-1);
    assertThat(found.topValue()).isNaN();
    assertThat(found.topShare()).isZero();
    assertThat(found.topThreeSum()).isZero();
    assertThat(found.entropy()).isZero();
    assertThat(found.sumShare()).isNaN();
  }

  @Test
  void of_valuesImputedUpstream_leavesThemOut() {
    RawTopology found = topology(record().upstream("VRDeck", 900));
    assertThat(found.observedCount()).isEqualTo(4);
    assertThat(found.topValue()).isEqualTo(40);
  }

  @Test
  void topChannel_ties_firstInDeclaredOrder() {
    assertThat(topology(record().spending(1, 7, 7, 7, 1)).topChannel()).isEqualTo(1);
    assertThat(topology(record().spending(0, 0, 0, 0, 0)).topChannel()).isZero();
  }

  @Test
  void topChannel_firstChannelMissing_firstObserved() {
    assertThat(topology(record().spending(9, 0, 0, 0, 0).missing("RoomService")).topChannel())
        .isEqualTo(1);
  }

  @Test
  void topThreeSum_anyOrder_addsThreeLargest() {
    assertThat(topology(record().spending(5, 4, 3, 2, 1)).topThreeSum()).isEqualTo(12);
    assertThat(topology(record().spending(3, 1, 5, 2, 4)).topThreeSum()).isEqualTo(12);
    assertThat(topology(record().spending(5, 5, 5, 5, 1)).topThreeSum()).isEqualTo(15);
  }

  @Test
  void topThreeSum_fewerThanThree_addsThemAll() {
    var passenger = record().withoutSpending().with("Spa", 4).with("VRDeck", 3);
    assertThat(topology(passenger).topThreeSum()).isEqualTo(7);
  }

  @Test
  void topShare_sumUpToTolerance_isZero() {
    assertThat(topology(record().spending(1e-6, 0, 0, 0, 0)).topShare()).isZero();
    assertThat(topology(record().spending(2e-6, 0, 0, 0, 0)).topShare()).isEqualTo(1);
  }

  @Test
  void entropy_equalShares_isLogOfTheirNumber() {
    assertThat(topology(record().spending(3, 3, 3, 3, 0)).entropy())
        .isCloseTo(Math.log(4), within(1e-12));
  }

  @Test
  void entropy_oneChannelOrNone_isZero() {
    assertThat(topology(record().spending(3, 0, 0, 0, 0)).entropy()).isZero();
    assertThat(topology(record().spending(0, 0, 0, 0, 0)).entropy()).isZero();
  }

  @Test
  void sumShare_ties_countAsUpTo() {
    assertThat(topology(record().spending(0, 0, 0, 0, 0)).sumShare()).isEqualTo(0.25);
    assertThat(topology(record().spending(99, 0, 0, 0, 0)).sumShare()).isEqualTo(0.25);
    assertThat(topology(record().spending(100, 0, 0, 0, 0)).sumShare()).isEqualTo(0.5);
    assertThat(topology(record().spending(400, 0, 0, 0, 0)).sumShare()).isEqualTo(1);
  }

  @Test
  void sumShare_noTrainingSums_isNan() {
    assertThat(new SumDistribution(new double[0]).shareUpTo(3)).isNaN();
  }

  @Test
  void missingBitmap_anyField_setsItsPositionInDeclaredOrder() {
    String[] order = {
      "HomePlanet",
      "CryoSleep",
      "Cabin",
      "Destination",
      "Age",
      "VIP",
      "RoomService",
      "FoodCourt",
      "ShoppingMall",
      "Spa",
      "VRDeck",
      "GroupSize"
    };
    for (int i = 0; i < order.length; i++) {
      assertThat(evidence(record().missing(order[i]).build()).missing())
          .as(order[i])
          .isEqualTo(1L << i);
    }
  }

  @Test
  void missingBitmap_groupLabelAndIgnored_doNotCount() {
    var passenger = record().missing("TravelGroup", "Name", "Transported").build();
    assertThat(evidence(passenger).missingCount()).isZero();
  }

  @Test
  void imputedCount_valueImputedUpstream_isNotMissing() {
    var found = evidence(record().upstream("Spa", 1).missing("Age").build());
    assertThat(found.missingCount()).isEqualTo(1);
    assertThat(found.imputedCount()).isEqualTo(1);
  }

  @Test
  void imputedCount_absentFieldMarked_isMissingInstead() {
    var found = evidence(record().missing("Age").marked("Age").build());
    assertThat(found.missingCount()).isEqualTo(1);
    assertThat(found.imputedCount()).isZero();
  }

  @Test
  void fragility_trueFlags_sumsTheirWeights() {
    assertThat(evidence(record().missing("Cabin").build()).fragility()).isEqualTo(0.25);
    assertThat(evidence(record().build()).fragility()).isZero();
  }

  @Test
  void fragility_manyFlags_isClampedToOne() {
    var passenger = record()
        .with("Destination", "Pluto")
        .with("CryoSleep", true)
        .missing("Cabin")
        .spending(0, 0, 0, 0, 0)
        .marked(Passengers.CHANNELS.toArray(String[]::new))
        .build();
    assertThat(Passengers.flags(passenger))
        .contains("cryo_allzero", "imputed_zero_all", "missing_context", "unknown_category");
    assertThat(evidence(passenger).fragility()).isEqualTo(1);
  }
}
