package dev.weir.lab.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slices that are there are found and confirmed; what chance makes is not. */
class SliceMinerTest {
  private static final int PLANTED = 3;

  /**
   * Finds over many worlds.
   *
   * @param recall share of planted slices of which some true discovery covers at least half
   * @param falseDiscoveryRate mean share of confirmed slices that have fewer than half of their rows in any planted one
   */
  private record Score(double recall, double falseDiscoveryRate, double confirmed) {
    static Score of(int worlds, int rows, FoundSlice.Lift lift) {
      double recalled = 0;
      double falseShares = 0;
      double confirmed = 0;
      for (int seed = 1; seed <= worlds; seed++) {
        PlantedWorld world = PlantedWorld.of(rows, PLANTED, seed);
        List<FoundSlice> found = new SliceMiner(
                world.rows(), world.conditions(), SliceMiner.Settings.of(rows))
            .mine(lift).stream().filter(FoundSlice::isConfirmed).toList();
        boolean[] isRecalled = new boolean[PLANTED];
        int untrue = 0;
        for (FoundSlice slice : found) {
          boolean[] inside = world.rowsOf(slice);
          int size = PlantedWorld.overlap(inside, inside);
          boolean isTrue = false;
          for (int k = 0; k < PLANTED; k++) {
            boolean[] planted = world.planted().get(k);
            int both = PlantedWorld.overlap(inside, planted);
            if (2 * both >= size) {
              isTrue = true;
              isRecalled[k] |= 2 * both >= PlantedWorld.overlap(planted, planted);
            }
          }
          untrue += isTrue ? 0 : 1;
        }
        for (boolean one : isRecalled) {
          recalled += one ? 1 : 0;
        }
        falseShares += found.isEmpty() ? 0 : untrue / (double) found.size();
        confirmed += found.size();
      }
      return new Score(recalled / (worlds * PLANTED), falseShares / worlds, confirmed / worlds);
    }
  }

  @Test
  void mine_plantedSlices_areFoundAndHardlyAnythingElse() {
    Score score = Score.of(4, 30_000, FoundSlice.Lift.EXCESS);

    // Goal of 100 seeds: .8 and .1; 12 slices and 4 shares scatter around that.
    assertThat(score.recall()).isGreaterThanOrEqualTo(0.75);
    assertThat(score.falseDiscoveryRate()).isLessThanOrEqualTo(0.15);
  }

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({"6000, 0.0, 0.3", "15000, 0.0, 0.3", "30000, 0.8, 0.1", "60000, 0.8, 0.1"})
  void mine_hundredWorlds_meetsTheGoalWhereRowsSuffice(int rows, double recall, double untrue) {
    Score score = Score.of(100, rows, FoundSlice.Lift.EXCESS);
    System.out.printf(
        Locale.ROOT,
        "slices of 2 %%, 10 points: %,d rows, 100 worlds: recall %.3f, false discovery rate %.3f, confirmed %.2f a world%n",
        rows,
        score.recall(),
        score.falseDiscoveryRate(),
        score.confirmed());

    assertThat(score.recall()).isGreaterThanOrEqualTo(recall);
    assertThat(score.falseDiscoveryRate()).isLessThanOrEqualTo(untrue);
  }

  @Test
  void mine_errorsThatConfidenceExpects_areNoExcess() {
    PlantedWorld world = PlantedWorld.of(6_000, 0, 8);
    SliceMiner miner =
        new SliceMiner(world.rows(), world.conditions(), SliceMiner.Settings.of(6_000));

    assertThat(miner.mine(FoundSlice.Lift.EXCESS)).noneMatch(FoundSlice::isConfirmed);
    // What confidence knows is there all the same.
    assertThat(miner.mine(FoundSlice.Lift.ERROR)).anyMatch(FoundSlice::isConfirmed);
  }

  /* 1 + 1/2 + 1/3 = 11/6; over 3, times 1, 2, 3. */
  @Test
  void weighted_threeOfThem_growWithTheirPlace() {
    assertThat(SliceMiner.weighted(List.of(0.018, 0.018, 0.018)))
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1, Double.class)
        .containsExactly(0.011, 0.022, 0.033);
  }

  @Test
  void stepUp_smallestTimesAllOverItsNumber_neverAboveALaterOne() {
    assertThat(SliceMiner.stepUp(List.of(0.04, 0.01, 0.035)))
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1, Double.class)
        .containsExactly(0.04, 0.03, 0.04);
  }

  @Test
  void hypergeometric_fourOfFive_isTheSumOfTwoTerms() {
    // 20 rows, 8 wrong, 5 drawn: (C(8,4)·12 + C(8,5)) / C(20,5) = (840 + 56) / 15,504.
    assertThat(Tails.hypergeometric(20, 8, 5, 4)).isCloseTo(896 / 15_504.0, within(1e-12));
    assertThat(Tails.hypergeometric(20, 8, 5, 0)).isCloseTo(1, within(1e-12));
  }

  @Test
  void poissonBinomial_twoOfThree_isTheSumOfFourTerms() {
    // .1 .2 .3: .1·.2·.7 + .1·.8·.3 + .9·.2·.3 + .1·.2·.3
    double[] expected = {0.1, 0.2, 0.3};

    assertThat(Tails.poissonBinomial(expected, 2)).isCloseTo(0.098, within(1e-15));
    assertThat(Tails.poissonBinomial(expected, 3)).isCloseTo(0.006, within(1e-15));
    assertThat(Tails.poissonBinomial(expected, 0)).isEqualTo(1);
  }

  @Test
  void poissonBinomial_manyRows_isTheNormalTail() {
    double[] expected = new double[2_500];
    Arrays.fill(expected, 0.5);

    // 50 above 1,250 are two deviations; half a record is .02 of one.
    assertThat(Tails.poissonBinomial(expected, 1_300)).isCloseTo(Tails.normal(1.98), within(1e-4));
  }

  /* z = 3 with four times the variance is z = 1.5. */
  @Test
  void widened_fourTimesTheVariance_halvesZ() {
    assertThat(Tails.widened(Tails.normal(3), 4)).isCloseTo(Tails.normal(1.5), within(1e-12));
    assertThat(Tails.widened(0.7, 4)).isEqualTo(0.7);
  }

  /* Pairs that err together: ρ = 1; a slice of both of each pair varies twice as much, one of each once. */
  @Test
  void designEffect_pairsThatErrTogether_isTwo() {
    int n = 400;
    boolean[] wrong = new boolean[n];
    double[] expected = new double[n];
    int[] group = new int[n];
    for (int row = 0; row < n; row++) {
      wrong[row] = row / 2 % 2 == 0;
      expected[row] = 0.5;
      group[row] = row / 2;
    }
    SliceRows rows = SliceRows.split(wrong, expected, group, 1);
    double correlation = rows.correlation(row -> wrong[row] ? 1 : -1);
    long[] both = Condition.none(n);
    long[] first = Condition.none(n);
    for (int row = 0; row < 100; row++) {
      Condition.add(both, row);
      Condition.add(first, 2 * row);
    }

    assertThat(correlation).isEqualTo(1);
    assertThat(rows.designEffect(both, row -> 0.5, correlation)).isEqualTo(2);
    assertThat(rows.designEffect(first, row -> 0.5, correlation)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "1.959963984540054, 0.025",
    "-1.959963984540054, 0.975",
    "3.090232306167813, 0.001",
    "5.997807015007687, 1e-9"
  })
  void normal_quantiles_giveTheirTail(double z, double tail) {
    assertThat(Tails.normal(z)).isCloseTo(tail, within(1e-12 + 1e-9 * tail));
  }
}
