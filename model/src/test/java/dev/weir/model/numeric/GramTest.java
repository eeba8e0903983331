package dev.weir.model.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GramTest {

  @Test
  void lower_moreRowsThanABlock_isTheWeightedSumOfProducts() {
    Gram gram = new Gram(2);
    // Σ over i = 1 to 5 of (1/i)·[i, i²]·[i, i²]ᵀ: Σ i = 15, Σ i² = 55, Σ i³ = 225.
    for (int i = 1; i <= 5; i++) {
      gram.add(new double[] {i, i * i}, 1.0 / i);
    }

    assertThat(gram.lower()[0]).containsExactly(new double[] {15}, within(1e-12));
    assertThat(gram.lower()[1]).containsExactly(new double[] {55, 225}, within(1e-12));
  }

  @Test
  void lower_readTwice_staysTheSame() {
    Gram gram = new Gram(1);
    gram.add(new double[] {3}, 2);

    assertThat(gram.lower()[0][0]).isEqualTo(18);
    assertThat(gram.lower()[0][0]).isEqualTo(18);
  }
}
