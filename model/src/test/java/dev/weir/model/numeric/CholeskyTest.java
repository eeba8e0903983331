package dev.weir.model.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CholeskyTest {

  @Test
  void solve_positiveDefinite_isExactToRounding() {
    // [4 2; 2 3]·[1; 2] = [8; 8]; the upper triangle is not read.
    double[] x = Cholesky.solve(new double[][] {{4, Double.NaN}, {2, 3}}, new double[] {8, 8});
    assertThat(x).containsExactly(new double[] {1, 2}, within(1e-14));
  }

  @Test
  void solve_singular_stillGivesASolution() {
    double[] x = Cholesky.solve(new double[][] {{1, 0}, {1, 1}}, new double[] {2, 2});
    assertThat(x[0] + x[1]).isCloseTo(2, within(1e-6));
  }

  @Test
  void factor_positiveDefinite_isTheLowerTriangle() {
    double[][] matrix = {{4, Double.NaN}, {2, 5}};
    Cholesky.factor(matrix);
    assertThat(matrix[0][0]).isEqualTo(2);
    assertThat(matrix[1]).containsExactly(1, 2);
  }

  @Test
  void solveTransposed_factor_givesWhatItsTransposeMaps() {
    // [2 1; 0 2]·[3; 4] = [10; 8].
    assertThat(Cholesky.solveTransposed(new double[][] {{2, 0}, {1, 2}}, new double[] {10, 8}))
        .containsExactly(3, 4);
  }

  @Test
  void solve_nothing_isNothing() {
    assertThat(Cholesky.solve(new double[0][], new double[0])).isEmpty();
  }
}
