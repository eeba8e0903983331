package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialTest {
  /* Counted by hand: 3 of 4 at a fair coin are (4 + 1) / 16; 2 of 3 at 1/4 are (3·3 + 1) / 64. */
  @ParameterizedTest
  @CsvSource({
    "4, 3, 0.5, 0.3125",
    "4, 4, 0.5, 0.0625",
    "4, 1, 0.5, 0.9375",
    "3, 2, 0.25, 0.15625",
    "3, 3, 0.25, 0.015625",
    "14, 13, 0.5, 0.00091552734375",
    "5, 0, 0.3, 1",
    "5, -1, 0.3, 1",
    "5, 6, 0.3, 0",
    "5, 1, 0, 0",
    "5, 5, 1, 1",
    "5, 6, 1, 0",
  })
  void upperTail_isTheProbabilityOfSoManyOrMore(int n, int k, double rate, double expected) {
    assertThat(Binomial.upperTail(n, k, rate)).isCloseTo(expected, within(1e-14));
  }
}
