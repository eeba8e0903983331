package dev.weir.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClusterQualityTest {
  private static final double[][] PAIRS = {{0}, {1}, {10}, {11}};

  @Test
  void silhouettes_twoPairs_compareWithinToNearest() {
    // Row 0: a = 1, b = (10 + 11)/2 = 10.5; row 1: a = 1, b = 9.5; mirrored.
    assertThat(ClusterQuality.silhouettes(PAIRS, new int[] {7, 7, -2, -2}).orElseThrow())
        .containsExactly(
            new double[] {9.5 / 10.5, 8.5 / 9.5, 8.5 / 9.5, 9.5 / 10.5}, within(1e-15));
  }

  @Test
  void silhouettes_rowAlone_isZero() {
    assertThat(ClusterQuality.silhouettes(PAIRS, new int[] {0, 0, 0, 1}).orElseThrow()[3])
        .isZero();
  }

  @Test
  void silhouettes_allPointsTheSame_areZero() {
    assertThat(ClusterQuality.silhouette(new double[4][2], new int[] {0, 0, 1, 1}))
        .hasValue(0);
  }

  @Test
  void silhouette_oneLabelOrAllDifferent_isEmpty() {
    assertThat(ClusterQuality.silhouette(PAIRS, new int[4])).isEmpty();
    assertThat(ClusterQuality.silhouette(PAIRS, new int[] {0, 1, 2, 3})).isEmpty();
    assertThat(ClusterQuality.silhouette(new double[0][], new int[0])).isEmpty();
  }

  @Test
  void neighbourPurity_oneNeighbour_isTheNearest() {
    assertThat(ClusterQuality.neighbourPurity(PAIRS, new int[] {0, 0, 0, 1}, 1)).hasValue(0.5);
    assertThat(ClusterQuality.neighbourPurities(PAIRS, new int[] {0, 0, 0, 1}, 1))
        .containsExactly(1.0, 1.0, 0.0, 0.0);
  }

  @Test
  void neighbourPurity_equalDistances_takeTheEarlierRow() {
    // Row 1 lies midway between row 0 (same label) and row 2.
    assertThat(ClusterQuality.neighbourPurities(
            new double[][] {{0}, {1}, {2}}, new int[] {5, 5, 6}, 1))
        .containsExactly(1.0, 1.0, 0.0);
  }

  @Test
  void neighbourPurity_duplicatePoint_isANeighbourAndSelfIsNot() {
    assertThat(ClusterQuality.neighbourPurities(
            new double[][] {{0}, {0}, {9}}, new int[] {0, 1, 0}, 1))
        .containsExactly(0.0, 0.0, 1.0);
  }

  @Test
  void neighbourPurity_fewerThanTwoRows_isEmpty() {
    assertThat(ClusterQuality.neighbourPurity(new double[][] {{1}}, new int[1], 5))
        .isEmpty();
  }

  @Test
  void clusters_illegalInput_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterQuality.silhouette(new double[][] {{1}, {1, 2}}, new int[2]))
        .withMessageContaining("point 1 has 2 coordinates");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterQuality.silhouette(new double[][] {{1}, {Double.NaN}}, new int[2]))
        .withMessageContaining("point 1 coordinate[0] NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterQuality.neighbourPurity(PAIRS, new int[4], 0))
        .withMessageContaining("neighbours 0");
  }
}
