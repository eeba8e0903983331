package dev.weir.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PointBiserialTest {

  @Test
  void of_threeRows_hasTheArcTangentLaw() {
    // r = 0.5·√3; with 1 degree of freedom (Cauchy) t = r/√(1 - r²) = √3 and p = 1 - 2/π·atan √3 =
    // 1/3.
    PointBiserial found = PointBiserial.of(
            new boolean[] {false, false, true}, new double[] {1, 2, 3})
        .orElseThrow();
    assertThat(found.correlation()).isCloseTo(Math.sqrt(3) / 2, within(1e-15));
    assertThat(found.probability()).isCloseTo(1.0 / 3, within(1e-14));
  }

  @Test
  void of_fourRows_hasProbabilityOneMinusR() {
    // With 2 degrees of freedom p = 1 - |r|, from the closed form of the t distribution.
    PointBiserial found = PointBiserial.of(
            new boolean[] {false, true, false, true}, new double[] {4, 1, 3, 3})
        .orElseThrow();
    assertThat(found.correlation()).isNegative();
    assertThat(found.probability()).isCloseTo(1 - Math.abs(found.correlation()), within(1e-14));
  }

  @Test
  void of_twoRows_isPerfectAndProvesNothing() {
    PointBiserial found =
        PointBiserial.of(new boolean[] {false, true}, new double[] {1, 2}).orElseThrow();
    assertThat(found.correlation()).isCloseTo(1, within(1e-15));
    assertThat(found.probability()).isEqualTo(1);
  }

  @Test
  void of_noCorrelation_hasProbabilityOne() {
    assertThat(
            PointBiserial.of(new boolean[] {false, false, true, true}, new double[] {1, 2, 1, 2}))
        .contains(new PointBiserial(0, 1));
  }

  @Test
  void of_constantVariable_isEmpty() {
    assertThat(PointBiserial.of(new boolean[] {true, true}, new double[] {1, 2}))
        .isEmpty();
    assertThat(PointBiserial.of(new boolean[] {true, false, true}, new double[] {0.1, 0.1, 0.1}))
        .isEmpty();
    assertThat(PointBiserial.of(new boolean[0], new double[0])).isEmpty();
  }

  @Test
  void of_illegalInput_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PointBiserial.of(new boolean[2], new double[] {1, Double.NaN}))
        .withMessageContaining("value[1] NaN");
  }

  @Test
  void twoSided_manyRows_approachesTheNormalLaw() {
    // r = 1.959964/√n at n = 10⁶: p = 0.05 but for terms of order 1/n.
    assertThat(StudentTest.twoSided(1.959963984540054 / 1000, 999_998))
        .isCloseTo(0.05, within(1e-5));
  }

  @Test
  void twoSided_strongCorrelation_keepsItsSmallness() {
    // Two degrees of freedom more multiply p by about 1 - r² = 0.01.
    double ratio =
        StudentTest.twoSided(Math.sqrt(0.99), 102) / StudentTest.twoSided(Math.sqrt(0.99), 100);
    assertThat(ratio).isCloseTo(0.01, within(1e-4));
    assertThat(StudentTest.twoSided(Math.sqrt(0.99), 100)).isPositive().isLessThan(1e-90);
  }
}
