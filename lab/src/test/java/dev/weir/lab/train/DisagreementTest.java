package dev.weir.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DisagreementTest {
  private static final int ROWS = 1_000;

  /** Rows 0 to 899 have no flag, the others one; p is .5 everywhere, so that bands part nothing. */
  private final long[] truths =
      IntStream.range(0, ROWS).mapToLong(row -> row < 900 ? 0 : 1).toArray();

  private final double[] p = new double[ROWS];

  DisagreementTest() {
    Arrays.fill(p, 0.5);
  }

  @Test
  void ratio_membersDifferMoreInOneCell_isOfThatCell() {
    Disagreement real = Disagreement.of(truths, p, apart(row -> row < 900 ? 1 : 3));
    Disagreement world = world(real, apart(row -> 0.5));

    assertThat(real.ratio(world, 0, 0.5)).isCloseTo(2, within(1e-6));
    assertThat(real.ratio(world, 950, 0.5)).isCloseTo(6, within(1e-6));
  }

  @Test
  void ratio_realRowsInOtherBands_areToldApart() {
    double[] spread =
        IntStream.range(0, ROWS).mapToDouble(row -> row % 2 == 0 ? 0.1 : 0.9).toArray();
    Disagreement real = Disagreement.of(new long[ROWS], spread, apart(row -> row % 2 == 0 ? 1 : 2));
    Disagreement world = real.empty();
    Margins margins = apart(row -> 1);
    for (int row = 0; row < ROWS; row++) {
      world.add(row, spread[row], margins, row);
    }

    assertThat(real.ratio(world, 0, 0.1)).isCloseTo(1, within(1e-6));
    assertThat(real.ratio(world, 0, 0.9)).isCloseTo(2, within(1e-6));
  }

  @Test
  void ratio_cellOfFewRealRows_isThatOfAllRows() {
    truths[999] = 2;
    Disagreement real = Disagreement.of(truths, p, apart(row -> row == 999 ? 100 : 1));
    Disagreement world = world(real, apart(row -> 1));

    // The root of the mean square of 999 times 1 and once 100.
    assertThat(real.ratio(world, 999, 0.5)).isCloseTo(Math.sqrt(10.999), within(1e-5));
  }

  @Test
  void ratio_rowsWithoutRealProbability_countInNeither() {
    Arrays.fill(p, 0, 450, Double.NaN);
    Disagreement real = Disagreement.of(truths, p, apart(row -> row < 450 ? 50 : 1));
    Disagreement world = world(real, apart(row -> row < 450 ? 70 : 1));

    assertThat(real.ratio(world, 500, 0.5)).isCloseTo(1, within(1e-6));
  }

  @Test
  void ratio_worldWhereNobodyDiffers_isOne() {
    Disagreement real = Disagreement.of(truths, p, apart(row -> 1));

    assertThat(real.ratio(world(real, apart(row -> 0)), 0, 0.5)).isEqualTo(1);
  }

  private static Disagreement world(Disagreement real, Margins margins) {
    Disagreement world = real.empty();
    for (int row = 0; row < ROWS; row++) {
      world.add(row, 0.5, margins, row);
    }
    return world;
  }

  /** Margins of two members that are so far apart. */
  private static Margins apart(IntToDoubleFunction distance) {
    float[][] margins = new float[2][ROWS];
    for (int row = 0; row < ROWS; row++) {
      margins[1][row] = (float) distance.applyAsDouble(row);
    }
    return new Margins(margins);
  }
}
