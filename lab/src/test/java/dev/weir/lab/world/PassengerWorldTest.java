package dev.weir.lab.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The world has the shares it promises, and its label follows the probabilities it states. */
class PassengerWorldTest {
  private static final List<Passenger> ROWS = PassengerWorld.rows(20_000, 20_240_601L);
  private static final Slices SLICES = new Slices(ROWS);

  @Test
  void rows_sameSeed_areEqual() {
    assertThat(PassengerWorld.rows(2_000, 5)).isEqualTo(PassengerWorld.rows(2_000, 5));
  }

  @Test
  void rows_neighbouringSeeds_shareNoPassenger() {
    List<List<String>> one =
        PassengerWorld.rows(2_000, 5).stream().map(Passenger::cells).toList();
    List<List<String>> other =
        PassengerWorld.rows(2_000, 6).stream().map(Passenger::cells).toList();

    assertThat(one).doesNotContainAnyElementsOf(other);
  }

  @Test
  void rows_countZero_isEmpty() {
    assertThat(PassengerWorld.rows(0, 1)).isEmpty();
  }

  @Test
  void rows_negativeCount_saysWhatToAskFor() {
    assertThatThrownBy(() -> PassengerWorld.rows(-1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count -1 is negative; ask for 0 rows or more");
  }

  @Test
  void rows_ids_countGroupsAndPlacesWithoutGap() {
    String before = "0000_01";
    for (Passenger row : ROWS) {
      int group = group(row.id());
      int place = place(row.id());
      if (group == group(before)) {
        assertThat(place).as(row.id()).isEqualTo(place(before) + 1);
      } else {
        assertThat(place).as(row.id()).isEqualTo(1);
        assertThat(group).as(row.id()).isEqualTo(group(before) + 1);
      }
      assertThat(place).isBetween(1, 8);
      before = row.id();
    }
    assertThat(ROWS.get(0).id()).isEqualTo("0001_01");
  }

  @Test
  void rows_beyondGroup9999_growADigit() {
    assertThat(ROWS).extracting(Passenger::id).contains("9999_01", "10000_01");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void rows_anySeed_haveTheCanaries(long seed) {
    assertThat(PassengerWorld.rows(600, seed))
        .extracting(Passenger::id)
        .contains("0237_01", "0239_01", "0241_01", "0243_01", "0244_01", "0244_02");
  }

  @Test
  void groups_oneMember_are78Percent() {
    Map<Integer, Integer> sizes = new HashMap<>();
    ROWS.forEach(row -> sizes.merge(group(row.id()), 1, Integer::sum));
    long single = sizes.values().stream().filter(size -> size == 1).count();

    assertThat((double) single / sizes.size()).isCloseTo(0.776, within(0.015));
    assertThat(sizes).containsValue(8);
  }

  @Test
  void groups_members_sharePlanetDeckAndSide() {
    Map<Integer, Passenger> firsts = new HashMap<>();
    for (Passenger row : ROWS) {
      Passenger first = firsts.putIfAbsent(group(row.id()), row);
      if (first == null) {
        continue;
      }
      if (observed(first, "HomePlanet") && observed(row, "HomePlanet")) {
        assertThat(row.cell("HomePlanet")).as(row.id()).isEqualTo(first.cell("HomePlanet"));
      }
      if (observed(first, "Cabin") && observed(row, "Cabin")) {
        String[] cabin = row.cell("Cabin").split("/");
        assertThat(first.cell("Cabin")).as(row.id()).startsWith(cabin[0]).endsWith(cabin[2]);
      }
    }
  }

  @Test
  void cells_missing_areAboutTwoPercentInEveryColumn() {
    for (String field : Passenger.FIELDS) {
      assertThat(share(row -> row.cell(field).isEmpty())).as(field).isBetween(0.017, 0.028);
    }
  }

  @Test
  void cells_present_areInRange() {
    for (Passenger row : ROWS) {
      if (!row.cell("Age").isEmpty()) {
        assertThat(Integer.parseInt(row.cell("Age"))).isBetween(0, 79);
      }
      for (String channel : Passenger.CHANNELS) {
        if (!row.cell(channel).isEmpty()) {
          assertThat(Integer.parseInt(row.cell(channel))).isBetween(0, 60_000);
        }
      }
      assertThat(row.cell("CryoSleep")).isIn("True", "False", "");
      assertThat(row.cell("VIP")).isIn("True", "False", "");
      assertThat(row.cell("HomePlanet")).isIn("Earth", "Europa", "Mars", "");
      assertThat(row.cell("Destination")).isIn("TRAPPIST-1e", "55 Cancri e", "PSO J318.5-22", "");
      assertThat(row.cell("Cabin")).matches("([A-GT]/\\d{1,4}/[PS])?");
      assertThat(row.cell("Name")).matches("([A-Z][a-z]+ [A-Z][a-z]+)?");
    }
  }

  @Test
  void cells_asleep_neverSpend() {
    assertThat(ROWS.stream()
            .filter(row -> row.cell("CryoSleep").equals("True") && Slices.sum(row) > 0))
        .isEmpty();
  }

  @Test
  void cells_children_neverSpend() {
    assertThat(ROWS.stream()
            .filter(row -> observed(row, "Age")
                && Integer.parseInt(row.cell("Age")) < 13
                && Slices.sum(row) > 0))
        .isEmpty();
  }

  @Test
  void cells_planets_differInDeckAndChannel() {
    Predicate<Passenger> earth =
        row -> observed(row, "HomePlanet") && row.cell("HomePlanet").equals("Earth");
    Predicate<Passenger> europa =
        row -> observed(row, "HomePlanet") && row.cell("HomePlanet").equals("Europa");

    assertThat(share(earth)).isBetween(0.48, 0.58);
    assertThat(share(europa)).isBetween(0.19, 0.29);
    assertThat(share(earth.and(row -> row.cell("Cabin").startsWith("G")))).isBetween(0.24, 0.34);
    assertThat(share(europa.and(row -> row.cell("Cabin").startsWith("G")))).isZero();
    assertThat(mean(europa, "FoodCourt")).isGreaterThan(4 * mean(earth, "FoodCourt"));
  }

  @Test
  void slices_all_haveRealisticShares() {
    assertThat(share(SLICES::zeroSpendVector)).isBetween(0.38, 0.46);
    assertThat(share(SLICES::cryoAllZero)).isBetween(0.31, 0.38);
    assertThat(share(SLICES::allSpendMissing)).isBetween(0.003, 0.009);
    assertThat(share(SLICES::allSpendImputedZero)).isBetween(0.0008, 0.004);
    assertThat(share(SLICES::missingContext)).isBetween(0.06, 0.08);
    assertThat(share(SLICES::superDominant)).isBetween(0.13, 0.19);
    assertThat(share(SLICES::multiHighSpend)).isBetween(0.004, 0.012);
    assertThat(share(SLICES::outlier)).isBetween(0.006, 0.012);
  }

  @Test
  void imputed_fields_areFewAndCarryUpstreamsValue() {
    assertThat(share(row -> !row.imputed().isEmpty())).isBetween(0.02, 0.04);
    assertThat(share(row -> row.imputed().stream().anyMatch(Passenger.CHANNELS::contains)))
        .isBetween(0.01, 0.02);
    for (Passenger row : ROWS) {
      for (String field : row.imputed()) {
        assertThat(row.cell(field)).as(field).isIn("Earth", "TRAPPIST-1e", "False", "27", "0");
      }
      assertThat(row.imputed()).doesNotContain("Cabin", "Name");
    }
  }

  @Test
  void label_baseRate_isAboutOneHalf() {
    assertThat(share(Passenger::transported)).isCloseTo(0.505, within(0.02));
  }

  @Test
  void label_inBinsOfTrueProbability_isCalibrated() {
    for (int bin = 0; bin < 20; bin++) {
      double low = bin / 20.0;
      List<Passenger> rows = ROWS.stream()
          .filter(row -> row.trueProbability() >= low && row.trueProbability() < low + 0.05)
          .toList();
      double expected = rows.stream().mapToDouble(Passenger::trueProbability).sum();
      double variance = rows.stream()
          .mapToDouble(row -> row.trueProbability() * (1 - row.trueProbability()))
          .sum();

      assertThat(rows).as("bin from %s", low).hasSizeGreaterThan(100);
      assertThat((double) rows.stream().filter(Passenger::transported).count())
          .as("bin from %s", low)
          .isCloseTo(expected, within(3.5 * Math.sqrt(variance)));
    }
  }

  @Test
  void label_rankedByTrueProbability_hasTheAucOfAGoodModel() {
    List<Passenger> sorted = new ArrayList<>(ROWS);
    sorted.sort(Comparator.comparingDouble(Passenger::trueProbability));
    long falseBelow = 0;
    long pairs = 0;
    for (Passenger row : sorted) {
      if (row.transported()) {
        pairs += falseBelow;
      } else {
        falseBelow++;
      }
    }

    assertThat((double) pairs / ((sorted.size() - falseBelow) * falseBelow)).isBetween(0.90, 0.925);
  }

  private static int group(String id) {
    return Integer.parseInt(id.substring(0, id.indexOf('_')));
  }

  private static int place(String id) {
    return Integer.parseInt(id.substring(id.indexOf('_') + 1));
  }

  private static boolean observed(Passenger row, String field) {
    return Slices.observed(row, field);
  }

  private static double share(Predicate<Passenger> condition) {
    return (double) ROWS.stream().filter(condition).count() / ROWS.size();
  }

  private static double mean(Predicate<Passenger> condition, String channel) {
    return ROWS.stream()
        .filter(condition.and(row -> observed(row, channel)))
        .mapToInt(row -> Integer.parseInt(row.cell(channel)))
        .average()
        .orElseThrow();
  }
}
